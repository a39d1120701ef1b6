"""JSON and JSON Lines: text to values, each with the line on which it begins. A broken one does not stop the others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from ratione.complaint.fields import sound

_BLANK = re.compile(r"[ \t\n\r]*")
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True, slots=True)
class Broken:
    """Text that is no value; the reason says where and why, and quotes nothing."""

    reason: str


class _Decoder:
    """The standard decoder, which also tells of names that stand twice in one object."""

    def __init__(self) -> None:
        self.twice: list[str] = []
        self._decoder = json.JSONDecoder(object_pairs_hook=self._object, parse_constant=lambda _: None)

    def _object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            self.twice += {name for name in names if names.count(name) > 1}
        return found

    def decode(self, text: str, start: int) -> tuple[object, int]:
        """The value that begins at `start` and where it ends. Raises ValueError with a reason that quotes nothing."""
        self.twice.clear()
        try:
            value, end = self._decoder.raw_decode(text, start)
        except json.JSONDecodeError as error:
            raise ValueError(f"not JSON: {error.msg}, line {error.lineno}, character {error.colno}") from None
        except RecursionError:
            raise ValueError("nested too deeply") from None
        except ValueError:
            raise ValueError("a number with too many digits") from None
        if self.twice:
            return Broken(f"{', '.join(sorted(set(self.twice)))[:80]} stands twice in one object"), end
        if _HALF.search(text, start, end) and not _writable(value):
            return Broken("holds half a character (a lone surrogate)"), end
        return value, end


def _writable(value: object) -> bool:
    return sound(json.dumps(value, ensure_ascii=False))


def values(source: TextIO, lines: bool) -> Iterator[tuple[int, object]]:
    """Every complaint in the text with its line: one object, an array of them, or one a line (read as it streams).

    `lines`: the name of the file promises one a line; what the text is decides all the same.
    """
    number, first = 1, source.readline()
    while first and not first.strip():
        number, first = number + 1, source.readline()
    if not first:
        return
    alone = _line(first)
    rest = "" if isinstance(alone, dict) else source.read()
    if isinstance(alone, dict) or (rest.strip() and not isinstance(alone, Broken)):
        yield number, alone
        yield from _lines(iter(source if not rest else rest.splitlines(keepends=True)), number + 1)
        return
    text = first + rest
    start = _skip(text, 0)
    if text[start] == "[":
        yield from _array(text, start, number)
    elif _is_lines(text, lines):
        yield from _lines(iter(text.splitlines(keepends=True)), number)
    else:
        yield from _documents(text, start, number)


def _is_lines(text: str, promised: bool) -> bool:
    """Whether a text whose first line is no object of its own is still one object a line, the first one broken."""
    try:
        _Decoder().decode(text, _skip(text, 0))
    except ValueError:
        told = [line for line in text.splitlines() if line.strip()]
        return promised or (len(told) > 1 and all(line.lstrip().startswith("{") for line in told))
    return False


def _line(line: str) -> object:
    """The value of one line."""
    if not sound(line):
        return Broken("not UTF-8; save the file as UTF-8")
    try:
        value, end = _Decoder().decode(line, _skip(line, 0))
    except ValueError as error:
        return Broken(str(error).replace("line 1, ", ""))
    if _skip(line, end) < len(line):
        return Broken(f"more than one value on the line, the second from character {end + 1}")
    return value


def _lines(lines: Iterator[str], number: int) -> Iterator[tuple[int, object]]:
    for line in lines:
        if line.strip():
            yield number, _line(line)
        number += 1


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _documents(text: str, at: int, number: int) -> Iterator[tuple[int, object]]:
    """One object after another, each over as many lines as it likes."""
    decoder, before = _Decoder(), 0
    while at < len(text):
        number, before = number + text.count("\n", before, at), at
        try:
            value, at = decoder.decode(text, at)
        except ValueError as error:
            yield number, Broken(str(error))
            return
        yield number, value
        at = _skip(text, at)


def _array(text: str, at: int, number: int) -> Iterator[tuple[int, object]]:
    """The members of an array. After a broken one, reading goes on where a line begins as the first member did."""
    decoder, before, at = _Decoder(), 0, _skip(text, at + 1)
    indent = text[text.rfind("\n", 0, at) + 1 : at]
    again = re.compile(rf"\n{'' if indent.strip() else indent}(?=\{{)")
    while text[at : at + 1] != "]":
        number, before = number + text.count("\n", before, at), at
        reason = ""
        try:
            value, at = decoder.decode(text, at)
            yield number, value
            at = _skip(text, at)
            if text[at : at + 1] not in (",", "]"):
                reason = "not JSON: a comma, or the end of the list, is missing after the object that begins here"
        except ValueError as error:
            reason = str(error)
        if not reason:
            at = _skip(text, at + 1) if text[at] == "," else at
            continue
        found = again.search(text, before + 1)
        yield number, Broken(reason if found else f"{reason}; nothing after it could be read")
        if not found:
            return
        at = found.end()
