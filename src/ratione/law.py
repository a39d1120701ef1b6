"""The tables of law that are data: rights, neighbours, same matter, presumptions, authorities."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

DATA = files("ratione") / "data"


@dataclass(frozen=True, slots=True)
class Authority:
    """A rule's source. `kind`: treaty, case, rules, decision, general_comment, registry_note, author.

    `checked`: ISO day on which it was read in a source; empty: from knowledge, not re-checked.
    """

    id: str
    kind: str
    cite: str
    paragraphs: str = ""
    application: str = ""
    decided: str = ""
    checked: str = ""


class Rights:
    """Plain rights and the articles that can carry them (data/rights.csv, law.md C.3)."""

    def __init__(self, rows: Iterable[Mapping[str, str]], neighbours: Iterable[Mapping[str, str]]) -> None:
        self.labels: dict[str, str] = {}
        self.articles: dict[str, tuple[str, ...]] = {}
        self.names: dict[str, str] = {}
        self.plain: dict[str, tuple[str, ...]] = {}
        for row in rows:
            right, article = row["right_id"], f"{row['instrument']}:{row['article']}"
            self.labels[right] = row["label"]
            self.names.setdefault(article, row["short_name"])
            self.articles[right] = (*self.articles.get(right, ()), article)
            self.plain[article] = (*self.plain.get(article, ()), right)
        self.instruments = frozenset(article.split(":")[0] for article in self.plain)
        self.neighbours: dict[str, tuple[str, ...]] = {}
        for row in neighbours:
            self.neighbours[row["right_id"]] = (*self.neighbours.get(row["right_id"], ()), row["article"])

    def known(self, text: str) -> bool:
        """Whether `text` is a plain right, an article of a known instrument, or such an instrument."""
        return text in self.articles or text.split(":")[0] in self.instruments

    def match(self, article: str) -> str | None:
        """The article of the table that carries this one; sub-paragraphs are taken off until one does (law.md C)."""
        while article not in self.plain:
            if not article.endswith(")"):
                return None
            article = article[: article.rindex("(")]
        return article

    def rights_of(self, article: str) -> tuple[str, ...]:
        """The plain rights that an article can carry."""
        row = self.match(article)
        return self.plain[row] if row else ()


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text("utf-8").splitlines()))


@cache
def rights() -> Rights:
    """The table of rights, read once."""
    return Rights(_rows("rights.csv"), _rows("neighbours.csv"))


#: Statuses of another procedure by the letter of the matrix (law.md D.4; U7 for the last two).
STATUS_LETTERS = {
    "pending": "P",
    "decided_merits": "D",
    "rejected_after_some_look_at_merits": "D",
    "rejected_formal": "F",
    "withdrawn_before_decision": "W",
    "rejected_without_reasons": "R",
    "discontinued": "X",
}


class Matrix:
    """Which procedure elsewhere bars which forum (data/same_matter.csv, law.md D.4)."""

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.cells: dict[tuple[str, str], dict[str, str]] = {}
        self.others: set[tuple[str, str]] = set()
        for row in rows:
            letters = {k: row[k] for k in "PDFWRX"}
            self.others |= {(row["want"], forum) for forum in row["other"].split(";") if row["other_person"] == "J"}
            for forum in row["other"].split(";"):
                self.cells[row["want"], forum] = letters
        self.wants = frozenset(want for want, _ in self.cells)

    def letter(self, want: str, other: str, status: str | None) -> frozenset[str]:
        """What a procedure does: B bars, o leaves free, J a matter of judgment; several where the status is unknown."""
        letters = self.cells.get((want, other)) or self.cells[want, "*"]
        return frozenset(letters.values()) if status is None else frozenset(letters[STATUS_LETTERS[status]])

    def other_person(self, want: str, other: str) -> bool:
        """Whether even a procedure of another complainant is to be weighed (union and members, law.md B.1.9)."""
        return (want, other) in self.others

    def can_bar(self, want: str) -> bool:
        """Whether any procedure elsewhere can matter to this forum."""
        return any(set(letters.values()) != {"o"} for (row, _), letters in self.cells.items() if row == want)

    def counts(self, other: str) -> bool:
        """Whether it is a procedure of international investigation or settlement for a UN committee (law.md U7)."""
        return "B" in self.letter("HRC", other, "pending")


@cache
def bodies() -> Mapping[str, str]:
    """The code of each body by its full names and those of its forerunners (data/bodies.csv, law.md D.4, B.1.9)."""
    return {row["name"]: row["code"] for row in _rows("bodies.csv")}


@cache
def matrix() -> Matrix:
    """The same-matter matrix, read once."""
    return Matrix(_rows("same_matter.csv"))


@cache
def presumptions() -> Mapping[str, str]:
    """What is taken for granted where nothing is stated: fact -> value (data/presumptions.toml, law.md A.6)."""
    return {k: v["value"] for k, v in tomllib.loads((DATA / "presumptions.toml").read_text("utf-8")).items()}


@cache
def authorities() -> Mapping[str, Authority]:
    """Every authority by id; one file per forum or family."""
    found: dict[str, Authority] = {}
    for file in sorted((DATA / "authorities").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        for id_, record in tomllib.loads(file.read_text("utf-8")).items():
            if id_ in found:
                raise ValueError(f"{file.name}: authority {id_} stands twice")
            found[id_] = Authority(id_, **record)
    return found
