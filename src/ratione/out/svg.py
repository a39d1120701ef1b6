"""Binding periods as SVG, readable without colour and by a screen reader: a timeline, and what a supposed act does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape

from ratione import days
from ratione.registry.periods import Answer, Segment

ROW, LEFT, RIGHT, TOP, WIDTH = 24, 130, 20, 56, 900
STYLES = {
    Answer.YES: ("bound", "#1f5f8b"),
    Answer.CONTESTED: ("contested", "url(#contested)"),
    Answer.UNKNOWN: ("unknown", "url(#unknown)"),
}

_HEAD = """<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" viewBox="0 0 {w} {h}" \
width="{w}" height="{h}" font-family="sans-serif" font-size="12">
<title id="title">{title}</title>
<desc id="desc">{desc}</desc>
<defs>
<pattern id="contested" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
<rect width="6" height="6" fill="#fff"/><rect width="3" height="6" fill="#1f5f8b"/></pattern>
<pattern id="unknown" width="6" height="6" patternUnits="userSpaceOnUse">\
<rect width="6" height="6" fill="#fff"/><circle cx="3" cy="3" r="1.5" fill="#555"/></pattern>
</defs>
<rect width="{w}" height="{h}" fill="#fff"/>
<text x="8" y="20" font-size="15" font-weight="bold">{title}</text>
"""


def timeline(title: str, rows: Sequence[tuple[str, Sequence[Segment]]], on: date, last: date) -> str:
    """Bars for each label: full where bound, striped where contested, dotted where unknown, from the first start on.

    `on` is marked by a line; the picture ends with the year after `last`.
    """
    begun = [s.first for _, chain in rows for s in chain if s.first > days.FIRST]
    first = date(min([*begun, on]).year, 1, 1)
    end = date(max([last, on, *begun]).year + 1, 12, 31)
    span = (end - first).days

    def x(day: date) -> float:
        inside = min(max(day, first), end)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (inside - first).days / span, 1)

    height = TOP + ROW * len(rows) + 44
    parts = [_HEAD.format(w=WIDTH, h=height, title=escape(title), desc=escape(_words(rows)))]
    parts += _years(first, end, x, TOP + ROW * len(rows))
    for n, (label, chain) in enumerate(rows):
        y = TOP + ROW * n
        parts.append(f'<text x="8" y="{y + 14}">{escape(label)}</text>')
        for segment, after in zip(chain, [*chain[1:], None], strict=True):
            if segment.answer in STYLES:
                word, fill = STYLES[segment.answer]
                left, right = x(segment.first), x(after.first if after else end)
                about = escape(f"{label}: {word} {_span(segment, after)}")
                parts.append(
                    f'<rect x="{left}" y="{y + 3}" width="{max(right - left, 1):.1f}" height="{ROW - 8}" '
                    f'fill="{fill}" stroke="#1f5f8b"><title>{about}</title></rect>'
                )
    parts.append(f'<line x1="{x(on)}" x2="{x(on)}" y1="{TOP - 6}" y2="{TOP + ROW * len(rows)}" stroke="#b00020"/>')
    parts.append(_legend(height - 12, on))
    return "\n".join([*parts, "</svg>", ""])


def _years(first: date, end: date, x: Callable[[date], float], bottom: int) -> list[str]:
    step = max(1, (end.year - first.year) // 12)
    found = []
    for year in range(first.year, end.year + 1, step):
        place = x(date(year, 1, 1))
        found.append(f'<line x1="{place}" x2="{place}" y1="{TOP - 6}" y2="{bottom}" stroke="#ddd"/>')
        found.append(f'<text x="{place}" y="{TOP - 10}" font-size="10" text-anchor="middle">{year}</text>')
    return found


def _span(segment: Segment, after: Segment | None) -> str:
    start = "since an unknown day" if segment.first == days.FIRST else f"from {segment.first}"
    return start + (f" to {days.day_before(after.first)}" if after else "")


def _words(rows: Sequence[tuple[str, Sequence[Segment]]]) -> str:
    """The same picture in words."""
    found = []
    for label, chain in rows:
        spans = [
            f"{STYLES[s.answer][0]} {_span(s, a)}"
            for s, a in zip(chain, [*chain[1:], None], strict=True)
            if s.answer in STYLES
        ]
        found.append(f"{label}: {', '.join(spans) or 'never bound'}.")
    return " ".join(found)


def _patterns(y: int) -> str:
    """What each filling of a bar means."""
    found, place = [], LEFT
    for word, fill in STYLES.values():
        found.append(f'<rect x="{place}" y="{y - 10}" width="14" height="10" fill="{fill}" stroke="#1f5f8b"/>')
        found.append(f'<text x="{place + 20}" y="{y}">{word}</text>')
        place += 110
    return "\n".join(found)


def _legend(y: int, on: date) -> str:
    return f'{_patterns(y)}\n<text x="{LEFT + 110 * len(STYLES)}" y="{y}" fill="#b00020">| {on}</text>'


PAIR = 34


def consequence(
    title: str,
    rows: Sequence[tuple[str, Sequence[Segment], Sequence[Segment]]],
    marks: Sequence[tuple[date, str]],
    words: tuple[str, str],
) -> str:
    """Two bars for each label, without and with what is supposed (`words` names the two), around the days of `marks`.

    Each mark is a numbered line; what it stands for is listed below the bars.
    """
    days_marked = sorted({day for day, _ in marks})
    first = date(days_marked[0].year - 1, 1, 1)
    end = date(days_marked[-1].year + 1, 12, 31)
    span = (end - first).days

    def x(day: date) -> float:
        inside = min(max(day, first), end)
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (inside - first).days / span, 1)

    bottom = TOP + PAIR * len(rows)
    height = bottom + 16 * (len(marks) + 3) + 12
    told = [f"{label}: {words[0]} {_within(before, first)}; {words[1]} {_within(after, first)}."
            for label, before, after in rows]  # fmt: skip
    listed = [f"{day}: {text}." for day, text in marks]
    parts = [_HEAD.format(w=WIDTH, h=height, title=escape(title), desc=escape(" ".join([*told, *listed])))]
    parts += _years(first, end, x, bottom)
    for n, (label, before, after) in enumerate(rows):
        y = TOP + PAIR * n
        parts.append(f'<text x="8" y="{y + 18}">{escape(label)}</text>')
        for chain, word, top in ((before, words[0], y + 3), (after, words[1], y + 17)):
            parts += _bar(f"{label}, {word}", chain, x, end, top)
    parts += _lines(marks, x, bottom)
    for n, (day, text) in enumerate(marks, 1):
        parts.append(f'<text x="{LEFT}" y="{bottom + 16 * (n + 1)}">{n}: {day} {escape(text)}</text>')
    parts.append(f'<text x="8" y="33">upper bar: {escape(words[0])}; lower bar: {escape(words[1])}</text>')
    parts.append(_patterns(height - 12))
    return "\n".join([*parts, "</svg>", ""])


def _lines(marks: Sequence[tuple[date, str]], x: Callable[[date], float], bottom: int) -> list[str]:
    """A line for each day of the marks, and below it their numbers, side by side where lines are close."""
    found = []
    groups: list[tuple[float, list[str]]] = []
    for n, (day, _) in enumerate(marks, 1):
        place = x(day)
        line = f'<line x1="{place}" x2="{place}" y1="{TOP - 6}" y2="{bottom}" stroke="#b00020"/>'
        if line not in found:
            found.append(line)
        if groups and place - groups[-1][0] < 10 + 9 * len(groups[-1][1]):
            groups[-1][1].append(str(n))
        else:
            groups.append((place, [str(n)]))
    for place, numbers in groups:
        text = ",".join(numbers)
        found.append(f'<text x="{place}" y="{bottom + 12}" font-size="10" fill="#b00020">{text}</text>')
    return found


def _bar(label: str, chain: Sequence[Segment], x: Callable[[date], float], end: date, top: int) -> list[str]:
    found = []
    for segment, after in zip(chain, [*chain[1:], None], strict=True):
        if segment.answer not in STYLES:
            continue
        left, right = x(segment.first), x(after.first if after else end)
        if right > left:
            word, fill = STYLES[segment.answer]
            about = escape(f"{label}: {word} {_span(segment, after)}")
            found.append(
                f'<rect x="{left}" y="{top}" width="{right - left:.1f}" height="11" fill="{fill}" '
                f'stroke="#1f5f8b"><title>{about}</title></rect>'
            )
    return found


def _within(chain: Sequence[Segment], first: date) -> str:
    """The part of a chain from a day on, in words."""
    spans = [
        f"{STYLES[s.answer][0]} {_span(s, a)}"
        for s, a in zip(chain, [*chain[1:], None], strict=True)
        if s.answer in STYLES and (a is None or a.first > first)
    ]
    return ", ".join(spans) or "not bound"
