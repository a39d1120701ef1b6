"""A page as blocks, and its three forms: plain text, Markdown, HTML.

HTML is one file without scripts or links to anything outside, fit to print and to file; headings are nested, tables
have captions and header cells, colours meet WCAG AA contrast and never carry meaning alone.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH = 100
STEP = "  "


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Labels with what they say."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row names it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Nested sentences, each with its depth."""

    lines: tuple[tuple[int, str], ...]


Block = Heading | Text | Pairs | Items | Table | Tree


@dataclass(slots=True)
class Document:
    """Blocks in order."""

    blocks: list[Block] = field(default_factory=list)

    def add(self, *blocks: Block) -> None:
        """Append blocks; empty ones are left out."""
        for block in blocks:
            if (isinstance(block, Pairs) and not block.rows) or (isinstance(block, Items) and not block.items):
                continue
            self.blocks.append(block)


# ---- plain text ------------------------------------------------------------------------------------------------------
def as_text(document: Document, width: int = WIDTH, strong: Callable[[str], str] = str) -> str:
    """The page for a terminal, at most `width` columns wide; `strong` marks headings."""
    lines: list[str] = []
    inset = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            inset = "  " * max(block.level - 2, 0)
            lines += [""] if lines else []
            lines += [inset + strong(line) for line in textwrap.wrap(block.text, width - len(inset))]
            inset += "  " * (block.level > 1)
        else:
            lines += [inset + line if line else "" for line in _text_block(block, width - len(inset))]
    return "\n".join(lines) + "\n"


def _text_block(block: Block, width: int) -> list[str]:
    match block:
        case Text(text):
            return textwrap.wrap(text, width)
        case Items(items):
            return [
                line
                for item in items
                for line in textwrap.wrap(item, width, initial_indent="- ", subsequent_indent="  ")
            ]
        case Tree(nested):
            return [
                line
                for depth, text in nested
                for line in textwrap.wrap(
                    text, width, initial_indent=STEP * depth + "- ", subsequent_indent=STEP * depth + STEP
                )
            ]
        case Pairs(rows):
            column = max(len(label) for label, _ in rows) + 2
            lines, before = [], ""
            for label, text in rows:
                first = ("" if label == before else label).ljust(column)
                lines += textwrap.wrap(text, width, initial_indent=first, subsequent_indent=" " * column) or [label]
                before = label
            return lines
        case Table(caption, head, rows):
            widths = [max(map(len, cells)) for cells in zip(head, *rows, strict=True)]
            table = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in (head, *rows)]
            return [caption, *table]
        case _:
            raise TypeError(block)


# ---- Markdown --------------------------------------------------------------------------------------------------------
def as_markdown(document: Document) -> str:
    """The page as Markdown."""
    parts: list[str] = []
    for block in document.blocks:
        match block:
            case Heading(text, level):
                parts.append(f"{'#' * level} {_mark(text)}")
            case Text(text):
                parts.append(_mark(text))
            case Items(items):
                parts.append("\n".join(f"- {_mark(item)}" for item in items))
            case Tree(nested):
                parts.append("\n".join(f"{STEP * depth}- {_mark(text)}" for depth, text in nested))
            case Pairs(rows):
                parts.append("\n".join(f"- **{_mark(label)}**: {_mark(text)}" for label, text in rows))
            case Table(caption, head, rows):
                lines = [_row(head), _row(["---"] * len(head), str), *map(_row, rows)]
                parts.append(f"{_mark(caption)}\n\n" + "\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _mark(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>|#])", r"\\\1", " ".join(text.split()))


def _row(cells: Sequence[str], mark: Callable[[str], str] = _mark) -> str:
    return f"| {' | '.join(mark(c) for c in cells)} |"


# ---- HTML ------------------------------------------------------------------------------------------------------------
STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; border-top: 2px solid; padding-top: .75rem; margin-top: 2rem; }
h3 { font-size: 1.05rem; margin-bottom: .25rem; }
dl { display: grid; grid-template-columns: minmax(9rem, 1fr) 3fr; gap: .15rem 1rem; margin: .5rem 0; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: start; font-weight: 600; }
th, td { border: 1px solid; padding: .25rem .5rem; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
li { overflow-wrap: anywhere; }
@media print {
  body { max-width: none; margin: 0; font-size: 10pt; }
  h2, h3 { break-after: avoid; }
  tr, dl, li { break-inside: avoid; }
}
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .4rem; } }
"""


def as_html(document: Document, language: str) -> str:
    """The page as one HTML file."""
    title = next(block.text for block in document.blocks if isinstance(block, Heading))
    body = "\n".join(_html_block(block) for block in document.blocks)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        "</body>\n</html>\n"
    )


def _html_block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"<h{level}>{escape(text)}</h{level}>"
        case Text(text):
            return f"<p>{escape(text)}</p>"
        case Items(items):
            return "<ul>\n" + "\n".join(f"<li>{escape(item)}</li>" for item in items) + "\n</ul>"
        case Tree(nested):
            return _html_tree(nested)
        case Pairs(rows):
            pairs = "\n".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in rows)
            return f"<dl>\n{pairs}\n</dl>"
        case Table(caption, head, rows):
            top = "".join(f'<th scope="col">{escape(c)}</th>' for c in head)
            body = "\n".join(map(_html_row, rows))
            return (
                f"<table>\n<caption>{escape(caption)}</caption>\n<thead><tr>{top}</tr></thead>\n"
                f"<tbody>\n{body}\n</tbody>\n</table>"
            )


def _html_row(row: Sequence[str]) -> str:
    cells = "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
    return f'<tr><th scope="row">{escape(row[0])}</th>{cells}</tr>'


def _html_tree(nested: Sequence[tuple[int, str]]) -> str:
    parts: list[str] = []
    level = -1
    for depth, text in nested:
        if depth > level:
            parts += ["<ul><li>"] * (depth - level)
        else:
            parts += ["</li></ul>"] * (level - depth) + ["</li><li>"]
        parts.append(escape(text))
        level = depth
    return "".join([*parts, *(["</li></ul>"] * (level + 1))])
