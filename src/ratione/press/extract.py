"""From bytes to text: encodings, HTML, addresses. The only place of the reading that may touch the network."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

BIGGEST = 12_000_000  # bytes of a file or page; more is refused
TIMEOUT = 20  # seconds for an address


class Unreadable(ValueError):
    """The input cannot be read; the message says why and what is accepted."""


@dataclass(frozen=True, slots=True)
class Page:
    """The article of a page. `published` is an ISO day, or empty where the page does not tell."""

    text: str
    title: str = ""
    published: str = ""
    language: str = ""


def decode(data: bytes, charset: str = "") -> tuple[str, str]:
    """The text of some bytes and the name of the encoding that was found.

    Tried in turn: a byte-order mark, the charset given, UTF-8, and then a guess (with `charset-normalizer` where the
    extra `press` is installed, else Windows-1252). Binary data is decoded with replacement signs, so that the check of
    the text refuses it.
    """
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(name, "replace"), name
    for name in (charset, "utf-8"):
        if name:
            try:
                return data.decode(name), name
            except (UnicodeDecodeError, LookupError):
                continue
    if data.count(0) > len(data) // 50:
        return data[:20_000].decode("latin-1").replace("\0", "\x00"), "binary"
    name = _guess(data[:200_000])
    return data.decode(name, "replace"), name


def _guess(sample: bytes) -> str:
    try:
        from charset_normalizer import from_bytes
    except ImportError:
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best else "cp1252"


def is_html(text: str) -> bool:
    """Whether a text looks like a page and not like plain words."""
    head = text[:4000].lower()
    return (
        bool(re.search(r"<!doctype html|<html[\s>]|<body[\s>]|<article[\s>]", head))
        or len(re.findall(r"</?(?:p|div|a|span|br|h\d)\b", head)) > 5
    )


def from_html(page: str, url: str = "") -> Page:
    """The article of a page: its words, headline and day.

    With the extra `press`, trafilatura finds the article; without it (or where it finds none) all visible words of the
    page are taken, paragraphs kept.
    """
    found = _article(page, url)
    if found is not None and len(found.text) > 80:
        return found
    text, title = _visible(page)
    return Page(text, title, _day_of(page))


def _article(page: str, url: str) -> Page | None:
    try:
        import trafilatura
    except ImportError:
        return None
    try:
        tree = trafilatura.load_html(page)
        if tree is None:
            return None
        text = trafilatura.extract(tree, url=url or None, include_comments=False, include_tables=False, fast=True)
    except Exception:  # a broken page must not stop the reading; the plain way is tried next
        return None
    if not text:
        return None
    title = re.search(r"<title[^>]*>(.*?)</title>", page, re.I | re.S) or re.search(
        r"<h1[^>]*>(.*?)</h1>", page, re.I | re.S
    )
    language = re.search(r"<html[^>]*\blang=[\"']?([a-z]{2})", page[:4000], re.I)
    return Page(
        re.sub(r"\n", "\n\n", str(text)),
        html.unescape(re.sub(r"<[^>]+>", "", title[1])).strip() if title else "",
        _day_of(page),
        language[1].lower() if language else "",
    )


def _day_of(page: str) -> str:
    """The day of publication as the page's own metadata tell it."""
    for pattern in (
        r"(?:article:published_time|datePublished|pubdate|DC\.date\.issued|\"date\")[\"']?\s*(?:content=|:)\s*[\"'](\d{4}-\d{2}-\d{2})",
        r"content=[\"'](\d{4}-\d{2}-\d{2})[^\"']*[\"'][^>]*(?:published_time|datePublished|pubdate)",
        r"<time[^>]*datetime=[\"'](\d{4}-\d{2}-\d{2})",
    ):
        if hit := re.search(pattern, page[:300_000], re.I):
            return hit[1]
    return ""


SKIP = frozenset(("noscript", "nav", "footer", "header", "form", "aside", "svg", "template"))
RAW = frozenset(("script", "style", "title", "textarea"))  # no tags inside but their own end
BLOCKS = frozenset(
    ("p", "div", "br", "li", "h1", "h2", "h3", "h4", "article", "section", "tr", "blockquote", "main", "td")
)
_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)[^<>]*>?|<!--|<![^<>]*>?")


def _visible(page: str) -> tuple[str, str]:
    """The words that a page shows, an empty line between its blocks, and its title.

    One pass without looking back, so that no page takes longer than its length; unclosed tags close at the end.
    """
    words: list[str] = []
    title: list[str] = []
    hidden, raw, at = 0, "", 0
    comments = "-->" in page
    for tag in _TAG.finditer(page):
        if tag.start() < at:
            continue
        name = (tag["name"] or "").lower()
        if raw:
            if not (tag["close"] and name == raw):
                continue
            if raw == "title" and not title:
                title.append(page[at : tag.start()])
            raw, at = "", tag.end()
            continue
        if not hidden:
            words.append(page[at : tag.start()])
        at = tag.end()
        if tag.group().startswith("<!--"):
            end = page.find("-->", at) if comments else -1
            comments = comments and end >= 0
            at = end + 3 if end >= 0 else at
        elif name in RAW and not tag["close"]:
            raw = name
        elif name in SKIP:
            hidden = max(0, hidden + (-1 if tag["close"] else 1))
        if name in BLOCKS:
            words.append("\n\n")
    if not raw and not hidden:
        words.append(page[at:])
    text = html.unescape("".join(words))
    return re.sub(r"[ \t]*\n\s*\n\s*", "\n\n", text).strip(), html.unescape("".join(title)).strip()


def fetch(url: str, timeout: float = TIMEOUT) -> tuple[bytes, str]:
    """The bytes behind an http(s) address and the charset that its server names.

    Raises Unreadable where the address is not http(s), does not answer in time, answers with an error, or sends more
    than 12 MB.
    """
    from urllib.error import HTTPError, URLError
    from urllib.request import Request, urlopen

    if not re.match(r"https?://", url):
        raise Unreadable(f"{url!r} is no http(s) address")
    try:
        with urlopen(Request(url, headers={"User-Agent": "ratione"}), timeout=timeout) as answer:
            kind = answer.headers.get_content_type()
            if not (
                kind.startswith("text/")
                or kind in ("application/xhtml+xml", "application/json", "application/xml", "application/octet-stream")
            ):
                raise Unreadable(f"{url} is {kind}; accepted are text and HTML")
            data = answer.read(BIGGEST + 1)
            charset = answer.headers.get_content_charset() or ""
    except HTTPError as error:
        raise Unreadable(f"{url} answered {error.code}") from None
    except (URLError, TimeoutError, OSError) as error:
        raise Unreadable(f"{url} cannot be reached: {getattr(error, 'reason', None) or error}") from None
    if len(data) > BIGGEST:
        raise Unreadable(f"{url} is larger than {BIGGEST // 1_000_000} MB")
    return data, charset
