/// The one page of all reports.
enum PageTemplate {
  /// The markup. What stands in triple braces was escaped by `HTML.escaped`, which looks at scalars: the template engine
  /// looks at characters, and so misses a quotation mark with an accent. Double braces hold what this room chooses.
  static let markup = """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <title>{{{title}}}</title>
    <style>{{{style}}}</style>
    </head>
    <body>
    <main>
    <h1>{{{title}}}</h1>
    <dl>{{#facts}}<dt>{{{name}}}</dt><dd>{{{value}}}</dd>{{/facts}}</dl>
    {{#hasContents}}<nav aria-label="Contents"><ol>{{#sections}}<li><a href="#section-{{number}}">{{{heading}}}</a></li>{{/sections}}</ol></nav>{{/hasContents}}
    {{#sections}}
    <section id="section-{{number}}">
    <h2 id="heading-{{number}}">{{{heading}}}</h2>
    {{#note}}<p>{{{.}}}</p>{{/note}}
    <div class="body">
    {{#charts}}<div class="chart">{{{.}}}</div>{{/charts}}
    <div class="table">
    {{#filter}}<p class="filter" hidden><label>Show only rows with <input type="search" autocomplete="off"></label> <output></output></p>{{/filter}}
    <table aria-labelledby="heading-{{number}}">
    <thead><tr>{{#head}}<th scope="col" class="{{kind}}">{{{text}}}</th>{{/head}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr>{{#first}}<th scope="row" class="{{kind}}">{{{text}}}</th>{{/first}}{{#cells}}<td class="{{kind}}">{{{text}}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody>
    </table>
    </div>
    </div>
    </section>
    {{/sections}}
    </main>
    <script>{{{script}}}</script>
    </body>
    </html>

    """

  static let style = """
    :root { color-scheme: light dark; --paper: #ffffff; --ink: #1b1f24; --muted: #57606a; --line: #d0d7de;
      --accent: #1f5fae; --second: #b35900; }
    @media (prefers-color-scheme: dark) { :root { --paper: #14171b; --ink: #e6eaef; --muted: #9aa4b0; --line: #3a424c;
      --accent: #7db4f5; --second: #f0a45d; } }
    body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
    main { max-width: 72rem; margin: 0 auto; padding: 1.5rem; }
    h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .4rem; }
    p { color: var(--muted); margin: .3rem 0 .8rem; max-width: 60rem; }
    dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1.2rem; } dt { color: var(--muted); }
    dd { margin: 0; overflow-wrap: anywhere; }
    nav ol { columns: 18rem; column-gap: 2rem; padding-left: 1.6rem; } a { color: var(--accent); }
    .table, .chart { overflow-x: auto; max-width: 100%; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
    th, td { padding: .25rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
    thead th { border-bottom: 2px solid var(--ink); } tbody th { font-weight: inherit; max-width: 18rem; }
    th.words, td.words { overflow-wrap: break-word; } th.number, td.number { text-align: right; white-space: nowrap; }
    .body { display: flex; flex-wrap: wrap; gap: .4rem 2.4rem; align-items: flex-start; }
    svg { display: block; margin: .4rem 0 .6rem; max-width: 100%; height: auto; }
    svg text { fill: var(--ink); font: 12px system-ui, sans-serif; }
    svg .muted { fill: var(--muted); } svg .title { font-weight: 600; } svg .paper { fill: var(--paper); }
    svg .grid { stroke: var(--line); } svg .axis { stroke: var(--muted); fill: none; }
    svg .line { stroke: var(--accent); stroke-width: 2; fill: none; }
    svg .second { stroke: var(--second); } svg .third { stroke: var(--ink); }
    svg .whisker { stroke: var(--ink); stroke-width: 1.5; }
    svg .area { fill: var(--accent); } svg .dot { fill: var(--accent); stroke: var(--paper); }
    svg .pale { fill: var(--accent); fill-opacity: .25; } svg .bar { fill: var(--accent); fill-opacity: .6; }
    input { font: inherit; padding: .2rem .4rem; background: var(--paper); color: var(--ink); border: 1px solid var(--line); }
    @media print { :root { --paper: #ffffff; --ink: #000000; --muted: #444444; --line: #bbbbbb; --accent: #1f5fae;
      --second: #b35900; } main { max-width: none; padding: 0; } nav, .filter { display: none; }
      svg { min-width: 0 !important; } .table, .chart { overflow: visible; }
      section, svg, tr { break-inside: avoid; } section:has(tr:nth-child(30)) { break-inside: auto; } h2 { break-after: avoid; } }
    """

  /// Reveals the filters and makes them work; without it every row is shown.
  static let script = """
    for (const box of document.querySelectorAll(".filter")) {
      const rows = [...box.parentElement.querySelectorAll("tbody tr")];
      const input = box.querySelector("input"), output = box.querySelector("output");
      const show = () => {
        const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
        let shown = 0;
        for (const row of rows) {
          const text = row.textContent.toLowerCase();
          row.hidden = !words.every(word => text.includes(word));
          shown += row.hidden ? 0 : 1;
        }
        output.value = shown + " of " + rows.length;
      };
      input.addEventListener("input", show);
      box.hidden = false;
      show();
    }
    """
}
