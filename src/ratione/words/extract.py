"""Sentences for translators that stand in tables, not in code: names of bodies, filing data, rights, States, words.

Babel calls `tables` for each file that babel.cfg gives to it; the marked sentences of the code come from Babel itself.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from ratione.complaint import model

Message = tuple[int, str, str, list[str]]
#: Columns of tables that people read.
COLUMNS = {
    "rights.csv": ("label", "short_name"),
    "states.csv": ("name",),
    "channels.csv": ("name", "gist", "effect_elsewhere"),
}


def tables(fileobj: BinaryIO, keywords: Any, comment_tags: Any, options: Mapping[str, str]) -> Iterator[Message]:
    """The texts of one table (a CSV or instruments.toml), or of all bodies (fora/__init__.py)."""
    name = getattr(fileobj, "name", "").rsplit("/", 1)[-1]
    if name == "__init__.py":
        yield from ((0, "", text, [why]) for text, why in bodies())
        return
    text = fileobj.read().decode()
    if name == "instruments.toml":
        for code, record in tomllib.loads(text).items():
            yield 0, "", record["short"], [code]
        return
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        yield from ((line, "", row[column], [name]) for column in COLUMNS[name] if row[column])


def bodies() -> Iterator[tuple[str, str]]:
    """Names and filing data of the bodies, and the words of closed lists."""
    from ratione.fora import FORA
    from ratione.registry.facts import CONFIDENCES, EVENTS
    from ratione.words.format import NAMES

    for forum in FORA:
        filing = forum.filing
        for text in (forum.name, filing.form, filing.place, filing.language, filing.interim, filing.final):
            if text:
                yield text, forum.key
    yield from ((name, key) for key, name in NAMES.items())
    lists = [*model.FACTS.values(), model.ACT_KINDS, model.CONTROLS, model.REMEDIES, model.STATUSES]
    for word in dict.fromkeys([*(w for words in lists for w in words), *EVENTS, *CONFIDENCES]):
        yield word.replace("_", " "), "word"
    for name in (*model.FACTS, *model.DAYS, *model.CODES):
        yield name.replace("_", " ").replace(".", " "), "input"
