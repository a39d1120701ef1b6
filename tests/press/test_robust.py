"""Empty, huge, binary, wrongly encoded, soup: a clear answer, no crash, time in proportion."""

import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ratione.press import read
from ratione.press.extract import Unreadable, decode, fetch, from_html, is_html
from ratione.press.find import LONGEST_SENTENCE, sentences
from ratione.press.lexicon import LANGUAGES, lexicon
from ratione.press.reader import LONGEST

EXPELLED = "Russia was expelled from the Council of Europe on 16 March 2022. "


@pytest.mark.parametrize("text", ["", "  \n\n ", "\x00\x01\x02" * 4000, "\ufffd" * 500])
def test_what_is_no_text_is_said_to_be_none(text: str) -> None:
    reading = read(text, "2022-03-15")
    assert reading.text_quality.verdict == "unreadable"
    assert reading.text_quality.note
    assert reading.events == []


def test_huge_is_cut_and_said() -> None:
    reading = read((EXPELLED * 200 + "\n\n" + "All quiet. " * 2_000), "2022-03-15")
    assert len(reading.events) == 1
    assert reading.text_quality.note == ""
    reading = read("a" * 10_000_000, "2022-03-15")
    assert str(LONGEST) in reading.text_quality.note


@pytest.mark.parametrize("piece", [EXPELLED, "Tolstoy said ", "Russia, ", "“", "1,234 people ", "<p>", "a"])
def test_time_grows_with_the_text_only(piece: str) -> None:
    """Eight times the text must not take more than about eight times as long; squares would take sixty-four."""

    def spent(size: int) -> float:
        text = (piece * (size // len(piece) + 1))[:size]
        begun = time.process_time()
        read(text, "2022-03-15")
        return time.process_time() - begun

    spent(5_000)
    assert spent(160_000) < 24 * spent(20_000) + 0.5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_encodings(encoding: str) -> None:
    text, found = decode(("Россия вышла из Совета Европы. Это решение было принято сегодня." * 3).encode(encoding))
    assert "Россия вышла" in text
    assert [(e.state, e.body, e.event) for e in read(text).events] == [("RUS", "COE", "left")]
    assert found


def test_binary_is_refused() -> None:
    text, encoding = decode(os.urandom(50_000) + bytes(20_000))
    assert read(text, encoding=encoding).text_quality.verdict == "unreadable"


def test_mojibake_is_reported_and_mended() -> None:
    pytest.importorskip("ftfy")
    broken = "Le Conseil de lâ€™Europe a réagi.".replace("réagi", "rÃ©agi")
    issues = [i for i in read(broken, lang="fr").text_quality.issues if i.kind == "mojibake"]
    assert {i.repaired for i in issues} == {"'", "é"} or {i.repaired for i in issues} == {"’", "é"}
    assert all(broken[slice(*i.span)] == i.original for i in issues)


PAGE = """<!doctype html><html lang="en"><head><title>Russia expelled</title>
<meta property="article:published_time" content="2022-03-16T10:00:00Z">
<script>var x = "Kenya left the ICC";</script></head><body><nav><a>Home</a></nav><article><h1>Russia expelled</h1>
<p>The Committee of Ministers met on Wednesday in Strasbourg to discuss
the matter at length, diplomats said.</p><p>Russia was expelled from the Council of Europe on Wednesday.</p>
<p>The decision had been expected by most of the forty-six members, who spoke of a dark day.</p></article>
<footer>Burundi left the International Criminal Court</footer></body></html>"""


def test_html(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_html(PAGE)
    assert not is_html(EXPELLED)
    for plain in (False, True):
        if plain:
            monkeypatch.setattr("ratione.press.extract._article", lambda page, url: None)
        page = from_html(PAGE)
        assert page.published == "2022-03-16"
        assert page.title == "Russia expelled"
        reading = read(page.text, page.published)
        assert [(e.state, e.event, e.date) for e in reading.events] == [("RUS", "expelled", "2022-03-16")]


@pytest.mark.parametrize(
    "soup", ["<div><p>" * 40_000, "<" * 50_000, "<p>Russia</p" * 5000, "<a href='" * 9000, "&#x;" * 9999]
)
def test_html_soup(soup: str) -> None:
    page = from_html(soup)
    assert read(page.text, "2022-03-15").events == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read(text: str) -> None:
    reading = read(text, "2022-03-15")
    for part in (reading.events, reading.statements, reading.figures, reading.acts):
        for item in part:
            assert 0 <= item.span[0] <= item.span[1] <= len(reading.text)
    json.dumps(reading.as_dict())


WORDS = [
    "Russia",
    "Mali's",
    "the",
    "Council of Europe",
    "ICC",
    "has",
    "left",
    "not",
    "will",
    "withdraw",
    "from",
    "suspended",
    "by",
    ",",
    "and",
    "expelled",
    "its",
    "withdrawal",
    "notice",
    "of",
    "said",
    "on Tuesday",
    "in 2014",
    "if",
    "threatens to",
    "quit",
    "it",
    ".",
    "delegation",
    "credentials",
    "rejected",
    "rejoined",
    "after",
    "declaration",
    "African Court",
    "“",
    "”",
    "\n\n",
    "which",
    "until",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_words_of_the_field_are_read(words: list[str]) -> None:
    reading = read(" ".join(words), "2022-03-15", lang="en")
    for event in reading.events:
        assert event.state in ("RUS", "MLI")
        assert 0 <= event.span[0] < event.span[1] <= len(reading.text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_cover_the_text_and_are_short(lang: str) -> None:
    text = EXPELLED * 30 + "x y " * 2000
    found = sentences(text, lexicon(lang))
    assert all(s.end - s.start <= LONGEST_SENTENCE for s in found)
    assert sum(len(text[s.start : s.end].split()) for s in found) == len(text.split())


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kinds = {"/page": ("text/html; charset=utf-8", PAGE.encode()), "/image": ("image/png", b"x")}
        if self.path == "/huge":
            kinds["/huge"] = ("text/plain", b"a" * 13_000_000)
        if self.path not in kinds:
            self.send_error(404)
            return
        kind, body = kinds[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def test_an_address_is_read(site: str) -> None:
    data, charset = fetch(f"{site}/page")
    assert charset == "utf-8"
    assert decode(data, charset)[0] == PAGE


@pytest.mark.parametrize(
    ("path", "words"),
    [("/image", "image/png"), ("/none", "404"), ("/huge", "larger than")],
    ids=["image", "none", "huge"],
)
def test_an_address_that_is_no_report(site: str, path: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        fetch(f"{site}{path}")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://x", "http://127.0.0.1:9/x"])
def test_an_address_that_does_not_answer(url: str) -> None:
    with pytest.raises(Unreadable):
        fetch(url, timeout=2)


def test_plain_text_and_pages_are_read_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("trafilatura", "ftfy", "charset_normalizer"):
        monkeypatch.setitem(sys.modules, name, None)
    assert read(EXPELLED + "rÃ©agi").text_quality.issues[0].repaired is None
    assert "expelled" in from_html(PAGE).text
    assert decode("Côte d'Ivoire a été suspendue".encode("cp1252")) == ("Côte d'Ivoire a été suspendue", "cp1252")
