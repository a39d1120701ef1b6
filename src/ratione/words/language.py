"""The language of all words: gettext catalogues, English where there is none.

`N_` marks a sentence for extraction where it is stored; `_` translates it where it is shown. The language is a context
variable, so that one process (a web server) can answer in several at once.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

DOMAIN = "ratione"
SOURCE = "en"
FOLDER = Path(__file__).parent / "locale"


def N_(text: str) -> str:
    """Mark a sentence for translation; returns it as it is."""
    return text


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == SOURCE:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, FOLDER, [code])


_current: ContextVar[tuple[str, gettext.NullTranslations] | None] = ContextVar("language", default=None)


def available() -> list[str]:
    """The codes of the languages with a catalogue, English first."""
    return [SOURCE, *sorted(p.parent.parent.name for p in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))]


def code() -> str:
    """The code of the language in use."""
    current = _current.get()
    return current[0] if current else SOURCE


def _(text: str) -> str:
    """The sentence in the language in use."""
    current = _current.get()
    return current[1].gettext(text) if current and text else text


@contextmanager
def language(name: str, catalogue: gettext.NullTranslations | None = None) -> Iterator[None]:
    """Use a language inside a `with` block. Raises FileNotFoundError where it has no catalogue."""
    token = _current.set((name, catalogue or _catalogue(name)))
    try:
        yield
    finally:
        _current.reset(token)
