"""docs/coverage.md: every place of Part B of docs/law.md with the tests that claim it, and those that nobody claims.

    python -m ratione.out.coverage docs/law.md docs/coverage.md

A place is a numbered heading (`B.1.5`), a rule common to the UN committees (`U6`), or a sub-heading of a section
(`B.4 Time-limit`). Basis needs no test; other grounds, interim measures, form and place, and what follows a decision
are what the notes and the filing data of a body say.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from ratione.fora import FORA
from ratione.rules import Forum

_HEADING = re.compile(r"#{2,3} (B\.\d+(?:\.\d+)?) (.+)")
_COMMON = re.compile(r"- \*\*(U\d+) (.+?)\.?\*\*")
_SUB = re.compile(r"\*\*([A-Z][A-Za-z, /-]+?)(?: \([a-z]+\))?\.\*\*")
#: Sub-headings of law.md A.5, in its order; `Final, follow-up` is also written `Final`.
SUBS = (
    "Basis", "Who", "Against", "Territory", "Time of facts", "Rights", "Remedies", "Time-limit", "Same matter",
    "Other grounds", "Interim", "Form and place", "Final",
)  # fmt: skip
NO_TEST = {
    "Basis": "the authorities of the tests",
    "Other grounds": "notes of the body",
    "Interim": "filing data",
    "Form and place": "filing data",
    "Final": "filing data",
}
#: The numbered headings of B.1 that need no test, by the same reasons; the UN committees' likewise.
NUMBERED = {
    "B.1.1": "Basis", "B.1.10": "Other grounds", "B.1.11": "Interim", "B.1.12": "Form and place", "B.1.13": "Final",
    "U8": "Other grounds", "U9": "Interim", "U10": "Form and place", "U11": "Final",
}  # fmt: skip
#: Sections that say nothing of their own: their parts do, or they only order the tests.
FRAMES = frozenset({"B.1", "B.1.14", "B.2"})
CHANNELS = "B.30"


def places(law: str) -> dict[str, str]:
    """The places of Part B in order, each with its title."""
    part = law.split("\n# Part B.", 1)[1].split("\n# Part C.", 1)[0]
    found: dict[str, str] = {}
    section = ""
    for line in part.splitlines():
        if heading := _HEADING.match(line):
            section = heading[1]
            if section not in FRAMES:
                found[section] = heading[2]
        elif common := _COMMON.match(line):
            found[common[1]] = common[2]
        elif section not in FRAMES and section.count(".") == 1:
            for sub in _SUB.findall(line):
                names = [name.strip() for name in re.split(r"[/,]", sub)]
                found |= {f"{section} {name}": name for name in names if name in SUBS}
    parents = {place.split(" ")[0] for place in found if " " in place}
    return {place: title for place, title in found.items() if place not in parents}


def claimed(place: str, fora: Iterable[Forum] = FORA) -> list[str]:
    """The ids of the tests that claim a place or a point below it; a claim of a whole section claims its parts."""
    section = place.split(" ")[0]
    whole = {place, section} if " " in place else {place}
    return [t.id for f in fora for t in f.tests if any(c in whole or c.startswith(f"{place}.") for c in t.claims)]


def free(place: str) -> str:
    """Why a place needs no test; empty where it needs one."""
    if place == CHANNELS:
        return "data/channels.csv"
    name = place.partition(" ")[2] or NUMBERED.get(place, "")
    return NO_TEST.get(name, "")


def unclaimed(law: str) -> list[str]:
    """The places that need a test and have none."""
    return [place for place in places(law) if not claimed(place) and not free(place)]


def coverage(law: str) -> str:
    """The whole page."""
    rows = [f"| {place} | {title} | {', '.join(claimed(place)) or free(place) or '**nobody**'} |"
            for place, title in places(law).items()]  # fmt: skip
    missing = unclaimed(law)
    told = "Nobody claims: " + ", ".join(missing) + "." if missing else "Every place that needs a test has one."
    return "\n".join(
        [
            "# Which test claims which rule",
            "",
            "Made by `python -m ratione.out.coverage docs/law.md docs/coverage.md`; a test holds it equal to the",
            "tables. Places are those of Part B of [law.md](law.md). `ratione forum CODE` prints each test in words.",
            "",
            told,
            "",
            "| place | what | tests |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    Path(sys.argv[2]).write_text(coverage(Path(sys.argv[1]).read_text("utf-8")), "utf-8")
