"""A body in words: what it is, its rules beside their places in law.md, its clocks, how to reach it."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache

from ratione import law
from ratione.rules import Forum
from ratione.words import format as fmt
from ratione.words import labels
from ratione.words.document import Document, Heading, Items, Pairs, Table, Text, Tree
from ratione.words.explain import filing_rows
from ratione.words.format import Words
from ratione.words.language import _
from ratione.words.rules import lines


@cache
def channels() -> tuple[dict[str, str], ...]:
    """The channels without a verdict of their own (data/channels.csv, law.md B.30)."""
    return tuple(csv.DictReader((law.DATA / "channels.csv").read_text("utf-8").splitlines()))


def all_bodies(fora: Sequence[Forum]) -> Document:
    """Every body in one line, and the channels without a verdict."""
    document = Document()
    rows = [(f.key, _(f.name), _("binding") if f.binding else _("not binding"), str(len(f.tests))) for f in fora]
    document.add(Table(_("Bodies"), (_("code"), _("name"), _("decisions"), _("tests")), tuple(rows)))
    found = tuple(_("{name}: {gist}").format(name=_(c["name"]), gist=_(c["gist"])) for c in channels())
    document.add(Heading(_("Channels without a verdict of their own")), Items(found))
    return document


def body(words: Words, forum: Forum) -> Document:
    """One body: every rule in words, from the objects that are evaluated."""
    document = Document()
    document.add(Heading(fmt.forum(forum.key), 1), Pairs(tuple(_head(words, forum))))
    for test in forum.tests:
        document.add(Heading(_("{test} ({id})").format(test=_title(test.id, test.head), id=test.id)))
        rows = [
            (_("Head"), _(labels.HEADS[test.head])),
            (_("Authority"), fmt.listed(fmt.authority(law.authorities()[a]) for a in test.authority)),
            (_("Legal reference"), ", ".join(test.claims)),
            (_("Checked"), _("a source states the point") if test.verified else _("from knowledge, not re-checked")),
        ]
        if not test.blocking:
            rows.append((_("Weight"), _("a note: it never closes the way")))
        document.add(Pairs(tuple(rows)), Tree(tuple(lines(test.rule))))
    document.add(Heading(_("To bear in mind")), Items(tuple(words.notes(forum))))
    document.add(Heading(_("Filing")), Pairs(tuple(filing_rows(forum.filing))))
    beside = [c for c in channels() if forum.code in c["effect_elsewhere"]]
    if beside:
        document.add(Text(_("See also: {names}").format(names=fmt.listed(_(c["name"]) for c in beside))))
    return document


def _title(id_: str, head: str) -> str:
    return _(labels.TESTS.get(id_.split(".")[1]) or labels.HEADS[head])


def _head(words: Words, forum: Forum) -> list[tuple[str, str]]:
    day = _("the day on which it arrives") if forum.received else _("the day on which it is sent")
    rows = [
        (_("Hears"), ", ".join(words.instrument(i) for i in forum.instruments)),
        (_("Decisions"), _("binding on the State") if forum.binding else _("not binding")),
        (_("Day of filing"), day),
    ]
    if forum.facts_by:
        rows.append((_("Facts while bound by"), words.instrument(forum.facts_by)))
    return rows
