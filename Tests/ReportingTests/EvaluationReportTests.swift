import Corpus
import Evaluation
import Foundation
import Reporting
import Testing

@Suite("EvaluationReport")
struct EvaluationReportTests {
  func report(_ predictions: Predictions = inventedPredictions()) throws -> EvaluationReport {
    let configuration = Assessment.Configuration(bootstrap: Bootstrap(resamples: 200), slices: ["publisher", "length"])
    return EvaluationReport(
      title: "Evaluation", facts: [.init("Model", "stance"), .init("Data set", "dev_1.jsonl")],
      assessment: try Assessment(of: predictions, configuration: configuration))
  }

  func parsed(_ report: EvaluationReport) throws -> JSONValue { try JSONValue(Array(report.json.utf8).span) }

  @Test("the terminal report aligns facts and tables and names the label without support")
  func text() throws {
    let text = try report().text()
    #expect(text.hasPrefix("Evaluation\nModel     stance\nData set  dev_1.jsonl\n"))
    #expect(text.contains("Without support, counted in the macro averages with 0: none."))
    #expect(text.contains("\nfavor                 3        2     0\n"))
    #expect(text.contains("\nnone           0   0   0   0"))
    #expect(!text.contains("\u{1B}"))
    #expect(try report().text(colored: true).contains("\u{1B}[1mEvaluation\u{1B}[0m"))
  }

  @Test("that rows were read as articles is said in text and in JSON, that they were not in JSON alone")
  func readsArticles() throws {
    let alone = try report()
    #expect(try parsed(alone)["reads_articles"] == false && !alone.text().contains("context"))
    let together = EvaluationReport(title: "x", assessment: alone.assessment, readsArticles: true)
    #expect(try parsed(together)["reads_articles"] == true)
    #expect(
      together.text().contains("\ncontext  rows of one group that follow each other were read as sentences of one"))
  }

  @Test("as many errors are listed as are asked for")
  func errorCount() throws {
    func count(_ text: String) -> Int { text.split(separator: "\n").count { $0.contains("item-") } }
    let report = try report()
    #expect(count(report.text(errors: 2)) == 2 && count(report.text()) == 4)
    #expect(count(report.markdown(errors: 3)) == 3 && count(report.markdown) == 4)
  }

  @Test("errors stand with the surest first")
  func errors() throws {
    let lines = try report().text().split(separator: "\n").filter { $0.hasPrefix("item-") }
    #expect(lines.map { $0.prefix(6) } == ["item-2", "item-6", "item-8", "item-9"])
    #expect(lines[0].hasSuffix("against         0.700  Sentence 2 of the café in 東京."))
  }

  @Test("Markdown does not let data end a cell or become markup")
  func markdown() throws {
    let markdown = try report(inventedPredictions(texts: (1...9).map { "<b>*\($0)*</b> | [x](y)\nnext" })).markdown
    #expect(markdown.contains(#"&lt;b&gt;\*2\*&lt;/b&gt; \| \[x\](y) next |"#))
    #expect(markdown.contains(#"| C\|D | 1 |"#))
    #expect(markdown.contains(#"- Data set: dev\_1.jsonl"#))
  }

  @Test("LaTeX tables are booktabs and escape their cells")
  func latex() throws {
    let latex = try report().latex
    #expect(
      latex.contains("\\begin{tabular}{lrrr}\n  \\toprule\n  Label & Precision & Recall & F1 \\\\\n  \\midrule\n"))
    #expect(latex.contains("95 \\% bootstrap"))
    #expect(latex.contains("true \\textbackslash{} predicted & favor & against & none \\\\"))
  }

  @Test("JSON has the same fields with probabilities and without")
  func json() throws {
    let full = try parsed(report())
    let bare = try parsed(
      EvaluationReport(
        title: "Evaluation",
        assessment: Assessment(
          of: Predictions(labels: ["a", "b"], ids: ["1"], gold: [0], predicted: [0]),
          configuration: .init(bootstrap: nil))))
    guard case .object(let fields) = full, case .object(let bareFields) = bare else {
      Issue.record("a report is an object")
      return
    }
    #expect(fields.keys.sorted() == bareFields.keys.sorted())
    #expect(full["metrics"]?["accuracy"]?["value"]?.number == 5.0 / 9)
    #expect(full["metrics"]?["accuracy"]?["bca"]?.array?.count == 2)
    #expect(full["metrics"]?["fnc_score"]?["value"] == .null)
    #expect(bare["metrics"]?["log_loss"] == ["value": .null, "percentile": .null, "bca": .null])
    #expect(full["labels"]?.array?.map { $0["support"]?.integer } == [5, 4, 0])
    #expect(full["confusion_matrix"]?["counts"] == [[3, 2, 0], [2, 2, 0], [0, 0, 0]])
    #expect(
      full["slices"]?.array?.first?["parts"]?.array?.map { $0["value"]?.string } == ["B", "A", "C|D"])
    #expect(bare["errors"] == [])
  }

  @Test("HTML needs nothing from elsewhere, and shows data as text")
  func html() throws {
    let predictions = inventedPredictions(texts: (1...9).map { "<script>alert(\($0))</script> & \"quoted\"" })
    let html = try report(predictions).html
    #expect(html.hasPrefix("<!DOCTYPE html>"))
    #expect(
      !html.contains("http://") && !html.contains("https://") && !html.contains("src=") && !html.contains("@import"))
    #expect(html.contains("&lt;script&gt;alert(2)&lt;/script&gt; &amp; &quot;quoted&quot;"))
    #expect(html.components(separatedBy: "<script>").count == 2)
    #expect(html.contains("<p class=\"filter\" hidden>"))
    #expect(html.contains("prefers-color-scheme: dark") && html.contains("@media print"))
  }

  @Test("every chart says in words what it shows, and labels cannot break out of it")
  func charts() throws {
    let labels = ["fa\"vor\u{301}", "\"\u{301} onload=\"x", "<none>"]
    let invented = inventedPredictions()
    let html = try report(
      Predictions(
        labels: labels, ids: invented.ids, gold: invented.gold, predicted: invented.predicted,
        probabilities: invented.probabilities, attributes: invented.attributes, texts: invented.texts)
    ).html
    let charts = html.components(separatedBy: "<svg role=\"img\"").dropFirst()
    // Bars, ROC, precision–recall, heat map, reliability, coverage–risk, two slices.
    #expect(charts.count == 8)
    for chart in charts {
      let words = chart.components(separatedBy: "aria-label=\"").dropFirst().first?.prefix { $0 != "\"" }
      #expect(words.map { $0.count > 20 } == true)
    }
    // By scalars: Swift takes a quotation mark with an accent for another character.
    let brokenOut = Array(html.unicodeScalars).contains(Array("\"\u{301} onload".unicodeScalars))
    #expect(!brokenOut)
    #expect(html.contains("Rows: true, columns: predicted. On 5 of 9 items both are the same."))
  }

  @Test("with many labels each has curves of its own, and the confusion matrix small cells without shares")
  func manyLabels() throws {
    let labels = (0..<12).map { "label \($0)" }
    let gold = (0..<240).map { $0 % 12 }
    let predictions = Predictions(
      labels: labels, ids: gold.indices.map(String.init), gold: gold, predicted: gold.map { ($0 * 5) % 12 },
      probabilities: gold.indices.flatMap { item in labels.indices.map { Float((item * 7 + $0 * 3) % 13) / 78 } })
    let html = EvaluationReport(
      title: "x", assessment: try Assessment(of: predictions, configuration: .init(bootstrap: nil))
    ).html
    func chart(_ title: String) throws -> Substring {
      try #require(html.components(separatedBy: "<svg role=\"img\"").first { $0.contains("<title>\(title)</title>") })
        .prefix { _ in true }
    }
    for title in ["ROC curves", "Precision and recall"] {
      #expect(try chart(title).components(separatedBy: "class=\"line\"").count == 13)
    }
    #expect(try !chart("Confusion matrix").contains(" %<"))
    #expect(try chart("Confusion matrix").components(separatedBy: "<rect").count == 145)
  }

  @Test("a slice of very many parts shows its largest in text and all of them in HTML and JSON")
  func manyParts() throws {
    let invented = inventedPredictions()
    let many = Predictions(
      labels: invented.labels, ids: (0..<90).map(String.init), gold: (0..<90).map { $0 % 3 },
      predicted: (0..<90).map { $0 % 2 }, attributes: ["section": (0..<90).map { "section \($0 % 30)" }])
    let report = EvaluationReport(
      title: "x", assessment: try Assessment(of: many, configuration: .init(bootstrap: nil, slices: ["section"])))
    for text in [report.text(), report.markdown, report.latex] {
      #expect(text.contains("The 20 largest of 30 parts"))
      #expect(text.contains("section 26 ") && !text.contains("section 27"))
    }
    #expect(report.html.components(separatedBy: ">section 29<").count == 2)
    #expect(report.html.contains("30 of 30") == false && report.html.contains("class=\"filter\" hidden"))
  }

  @Test("both intervals of every metric stand in the summary, and one item has none")
  func intervals() throws {
    let text = try report().text()
    #expect(text.contains("200 resamples of 9 items"))
    let header = try #require(text.split(separator: "\n").first { $0.hasPrefix("Metric") })
    #expect(header.contains("BCa") && header.contains("Percentile"))
    let single = try report(inventedPredictions().selecting([0])).text()
    #expect(single.contains("Scores on 1 item\n") && single.contains("No intervals: these need two items or more"))
  }

  @Test("explanations of errors have a column where there are any")
  func explanations() throws {
    var assessment = try report().assessment
    assessment.errors[0].explanation = "“late” → against"
    let text = EvaluationReport(title: "x", assessment: assessment).text()
    #expect(text.contains("Because of") && text.contains("“late” → against"))
  }
}
