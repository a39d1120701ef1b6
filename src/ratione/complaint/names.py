"""Names of States and places: what was written, and the code that it is. A near miss is suggested, never taken."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from ratione.law import DATA
from ratione.registry.facts import DataError, Problem, State, read_states

_SUBDIVISION = re.compile(r"([A-Z]{2})-[A-Z0-9]{1,3}(?![A-Za-z0-9])")
_ALPHA_3 = re.compile(r"[A-Z]{3}(?![^\W_])")
_ALPHA_2 = re.compile(r"[A-Z]{2}(?=\s*(?:[,;:(/–—]|-\s|\Z))")
_HEAD = re.compile(r"\s*(?:[,;:(/–—]|\s-\s)")


def fold(text: str) -> str:
    """A name without case, accents, double spaces and kinds of apostrophe, to compare it with another."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


class StateNames:
    """Codes, names and aliases of States, past States and dependent territories."""

    def __init__(self, states: Mapping[str, State]) -> None:
        self.states = states
        self._alpha2 = {s.alpha2: s.code for s in states.values() if s.alpha2}
        self._names: dict[str, str] = {}
        for state in states.values():
            for name in (state.name, *state.aliases):
                self._names.setdefault(fold(name), state.code)
        self._names |= {fold(code): code for code in states}

    def find(self, text: str) -> str | None:
        """The alpha-3 code of an exact code, name or alias, whatever its case; None for anything else."""
        return self._names.get(fold(text))

    def territory(self, code: str) -> str:
        """The State to which a dependent territory belongs; empty for a State."""
        return self.states[code].part_of

    def suggest(self, text: str) -> str | None:
        """The codes and names that a near miss may have meant, as `COD (Democratic ...) or COG (Congo)`."""
        from rapidfuzz import fuzz, process

        wanted = fold(text)
        found = [self._alpha2[text.strip().upper()]] if text.strip().upper() in self._alpha2 else []
        if len(wanted) > 3:
            near = process.extract(wanted, list(self._names), scorer=fuzz.ratio, score_cutoff=75.0, limit=3)
            found += [self._names[name] for name, score, _ in near if score > near[0][1] - 10]
            found += [code for name, code in self._names.items() if wanted in name.split()]
        return " or ".join(f"{code} ({self.states[code].name})" for code in list(dict.fromkeys(found))[:3]) or None

    def place(self, text: str) -> str | None:
        """The code of a place: `UA-43`, `UKR`, `UA`, a name, or free text that begins with one (`Cyprus (north)`).

        A name at the beginning counts only before a comma, bracket or the like: `Niger Delta` is not in Niger, and
        nothing can be said of it. A subdivision keeps its own code; everything else becomes alpha-3. Where what follows
        names a part of that State, the place is that part: `Ukraine, Crimea`.
        """
        text = text.strip()
        head, *more = _HEAD.split(text)
        whole = self._place(text, head)
        parts = (self.find(part.strip(" )")) for part in more)
        return next((part for part in parts if part and self.states[part].part_of == whole), whole)

    def _place(self, text: str, head: str) -> str | None:
        """The code of a place by its beginning."""
        if head in self.states:
            return head
        if (inside := _SUBDIVISION.match(text)) and inside[1] in self._alpha2:
            return inside[0]
        if (long := _ALPHA_3.match(text)) and long[0] in self.states and (long[0] == text or not text.isupper()):
            return long[0]
        if (short := _ALPHA_2.match(text)) and short[0] in self._alpha2:
            return self._alpha2[short[0]]
        return self.find(text) or self.find(head)


@cache
def state_names() -> StateNames:
    """The names of the package's own `data/states.csv`, read once. Raises DataError if the file is broken."""
    problems: list[Problem] = []
    states = read_states("states.csv", (DATA / "states.csv").read_text("utf-8"), problems)
    if problems:
        raise DataError(problems)
    return StateNames(states)
