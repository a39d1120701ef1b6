"""Pictures and pages in a real browser: drawn at all, nothing cut off, no text over text."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from ratione.cli import main

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1000,1400",
)
#: Lists text over text, and text outside the picture or wider than the page.
LOOK = """
<script>
const found = [];
const texts = [...document.querySelectorAll('svg text')].map(t => [t.textContent, t.getBoundingClientRect()]);
const frame = document.querySelector('svg')?.getBoundingClientRect();
for (const [i, [a, x]] of texts.entries()) {
  if (x.left < frame.left - 1 || x.right > frame.right + 1 || x.bottom > frame.bottom + 1) found.push('outside: ' + a);
  for (const [b, y] of texts.slice(i + 1))
    if (x.left < y.right - 1 && y.left < x.right - 1 && x.top < y.bottom - 3 && y.top < x.bottom - 3)
      found.push(a + ' over ' + b);
}
if (document.documentElement.scrollWidth > window.innerWidth) found.push('wider than the page');
const report = document.createElement('pre');
report.id = 'report';
report.textContent = JSON.stringify({texts: texts.length, words: document.body.innerText.length, found});
document.body.append(report);
</script>
"""


def look(chromium: str, page: str, folder: Path) -> dict[str, object]:
    """What the browser reports of a page."""
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    command = [chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri()]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    report = re.search(r'<pre id="report">(.*?)</pre>', shown, re.DOTALL)
    assert report, "the page did not run"
    found: dict[str, object] = json.loads(report[1].replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&"))
    return found


@pytest.mark.parametrize(
    "command",
    [
        "state RUS --on 2026-11-24",
        "state VEN --on 2026-11-24",
        "whatif RUS COE notice --on 2022-03-15",
        "whatif BLR ICCPR-OP1 notice --on 2022-11-08",
        "whatif VEN ACHR notice --on 2012-09-10",
    ],
)
def test_pictures(chromium: str, tmp_path: Path, command: str) -> None:
    target = tmp_path / "picture.svg"
    result = CliRunner().invoke(main, [*command.split(), "--svg", str(target)])
    assert result.exit_code == 0, result.output
    page = f"<!doctype html><meta charset=utf-8><body>{target.read_text('utf-8')}{LOOK}</body>"
    report = look(chromium, page, tmp_path)
    assert report["found"] == []
    assert int(str(report["texts"])) > 5


def test_an_explanation_as_a_page(chromium: str, tmp_path: Path) -> None:
    moscow = str(ROOT / "examples" / "moscow.json")
    result = CliRunner().invoke(main, ["explain", moscow, "--id", "moscow", "--format", "html", "--on", "2022-11-22"])
    assert result.exit_code == 0, result.output
    report = look(chromium, result.stdout.replace("</body>", LOOK + "</body>"), tmp_path)
    assert report["found"] == []
    assert int(str(report["words"])) > 3000
