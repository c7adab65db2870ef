"""A browser shows the reports: charts are drawn, nothing is loaded from elsewhere, the filter works, print has pages."""

import pathlib
import re
import shutil
import struct
import subprocess
import zlib

from common import WORK, runs, standpoint

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


def chromium(*arguments):
    """Runs the browser without a window."""
    done = subprocess.run(
        [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *arguments],
        text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def shades(path):
    """The number of different rows of pixels in a PNG: a page with something on it has many."""
    data = path.read_bytes()
    width = struct.unpack(">I", data[16:20])[0]
    packed, place = b"", 8
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place:place + 8])
        packed += data[place + 8:place + 8 + length] if kind == b"IDAT" else b""
        place += length + 12
    pixels, stride = zlib.decompress(packed), None
    for channels in (3, 4):
        stride = stride or (width * channels + 1 if len(zlib.decompress(packed)) % (width * channels + 1) == 0 else None)
    return len({pixels[start:start + stride] for start in range(0, len(pixels), stride)})


ids = [run["id"] for run in runs("evaluate")]
standpoint("compare", ids[0], ids[2], "--format", "html", "--output", WORK / "compare.html")
standpoint("runs", "list", "--format", "html", "--output", WORK / "runs.html")
standpoint("runs", "show", ids[0], "--format", "html", "--output", WORK / "run.html")
charts = {"strong": 6, "compare": 1, "runs": 0, "run": 1}
for name, least in charts.items():
    page = WORK / f"{name}.html"
    source = page.read_text()
    assert not re.search(r"(src|href)=\"(?!#)|https?://|@import", source), f"{name} refers to something outside"
    shown = chromium("--dump-dom", page.as_uri())
    drawn = re.findall(r"<svg role=\"img\"[^>]* aria-label=\"([^\"]+)\"", shown)
    assert len(drawn) >= least and all(len(words) > 20 for words in drawn), (name, drawn)
    # The script ran, and revealed the filter; without it the rows are there all the same.
    if 'class="filter"' in source:
        assert re.search(r'class="filter"(?! hidden)', shown), name
        plain = WORK / f"{name}-plain.html"
        plain.write_text(re.sub(r"<script>.*</script>", "", source, flags=re.DOTALL))
        shown = chromium("--dump-dom", plain.as_uri())
        assert shown.count("<tr>") == source.count("<tr>") and 'class="filter" hidden' in shown, name
    for scheme in ["light", "dark"]:
        picture = WORK / f"{name}-{scheme}.png"
        chromium(
            f"--blink-settings=preferredColorScheme={0 if scheme == 'dark' else 1}", "--window-size=1200,1600",
            f"--screenshot={picture}", page.as_uri())
        assert shades(picture) > 50, f"{name} is empty in {scheme}"
    chromium("--no-pdf-header-footer", f"--print-to-pdf={WORK / name}.pdf", page.as_uri())
    assert pathlib.Path(f"{WORK / name}.pdf").read_bytes().startswith(b"%PDF"), name
print(f"Chromium shows {len(charts)} reports, light, dark and in print")
