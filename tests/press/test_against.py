"""Claims held against the registry."""

import csv
from dataclasses import replace
from typing import Any

import pytest

from ratione.press import read
from ratione.press.model import Event
from ratione.registry.facts import COLUMNS
from ratione.registry.snapshot import Registry


def _one(registry: Registry, text: str, published: str | None, **more: Any) -> Event:
    (event,) = read(text, published, registry=registry, **more).events
    return event


ICC = "International Criminal Court"
PACE_2014 = "RUS/PACE/suspended/2014-04-10"
ANSWERS = [
    (
        "Russia was expelled from the Council of Europe on 16 March 2022.",
        "2022-03-17", "confirmed", "RUS/COE/expelled/2022-03-16",
    ),
    ("Russia has left the Council of Europe.", "2022-03-15", "premature", "RUS/COE/notice_of_withdrawal/2022-03-15"),
    ("Russia has left the Council of Europe.", "2022-03-20", "confirmed", "RUS/COE/expelled/2022-03-16"),
    (f"Burundi has left the {ICC}.", "2016-11-02", "premature", "BDI/ROME/denounced/2016-10-27"),
    (f"Burundi has left the {ICC}.", "2017-11-02", "confirmed", "BDI/ROME/denounced/2016-10-27"),
    (f"Kenya has left the {ICC}.", "2016-11-02", "contradicted", None),
    ("The Council of Europe suspended Russia in April 2014.", "2014-04-11", "confirmed", PACE_2014),
    (
        f"Hungary deposited its notice of withdrawal from the {ICC} on 2 June 2025.",
        "2025-06-03", "confirmed", "HUN/ROME/notice_of_withdrawal/2025-06-02",
    ),
    ("The United States pulled out of UNESCO.", "2018-01-01", "out_of_scope", None),
    ("Britain could leave the European Convention on Human Rights.", "2025-01-01", "out_of_scope", None),
    (
        f"Norway deposited its notice of withdrawal from the {ICC} on 20 November 2026.",
        "2026-11-21", "new", None,
    ),
    ("Somalia was admitted to the East African Community on Friday.", "2023-11-24", "premature", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published", "answer", "fact"), ANSWERS)
def test_answers(registry: Registry, text: str, published: str, answer: str, fact: str | None) -> None:
    event = _one(registry, text, published)
    assert event.against_registry == answer, event
    if fact:
        assert event.fact == fact


def test_a_contradiction_says_what_is_true(registry: Registry) -> None:
    event = _one(registry, "Russia was expelled from the Council of Europe on 20 April 2022.", "2022-04-21")
    assert event.against_registry == "contradicted"
    assert event.fact == "RUS/COE/expelled/2022-03-16"
    assert "2022-03-16" in event.note


def test_what_became_of_a_notice(registry: Registry) -> None:
    text = "Hungary deposited its notice of withdrawal from the International Criminal Court on 2 June 2025."
    assert "revoked on 2026-05-29" in _one(registry, text, "2025-06-03").note


def test_a_new_event_proposes_a_line_of_the_registry(registry: Registry) -> None:
    text = "Norway deposited its notice of withdrawal from the International Criminal Court on 20 November 2026."
    event = _one(registry, text, "2026-11-21", url="https://news.example/norway")
    assert event.proposal
    row = dict(zip(COLUMNS, next(csv.reader([event.proposal])), strict=True))
    assert row["id"] == "NOR/ROME/notice_of_withdrawal/2026-11-20"
    assert row["effect_date"] == "2027-11-20"
    assert row["basis"] == "computed"
    assert row["confidence"] == "low"
    assert row["source"] == "press-news-example-2026-11-21"


def test_consequence_is_asked_for_what_is_new_or_announced_only(registry: Registry) -> None:
    asked: list[Event] = []

    def consequence(event: Event) -> dict[str, str]:
        asked.append(replace(event))
        return {"asked": event.body}

    text = (
        "Norway deposited its notice of withdrawal from the International Criminal Court on Friday. "
        "Russia was expelled from the Council of Europe on 16 March 2022. Kenya could leave the African Union."
    )
    reading = read(text, "2026-11-21", registry=registry, consequence=consequence)
    assert [(e.body, e.date) for e in asked] == [("ROME", "2026-11-20")]
    assert [e.consequence for e in reading.events if e.consequence] == [{"asked": "ROME"}]


@pytest.mark.parametrize(
    ("published", "answer", "words"),
    [("2022-03-15", "contradicted", "2022-09-16"), ("2023-03-15", "confirmed", "did not bind")],
)
def test_loss_of_a_court(registry: Registry, published: str, answer: str, words: str) -> None:
    text = (
        "Russia has quit the Council of Europe, its foreign ministry said. "
        "The exit from the Council of Europe will prevent Russian citizens from taking cases to the Court."
    )
    claims = [s for s in read(text, published, registry=registry).statements if s.claim]
    assert [s.against_registry for s in claims] == [answer]
    assert words in claims[0].note


PHRASES = {
    "expelled": "{state} was expelled from the {body} on {day}.",
    "suspended": "{state} was suspended from the {body} on {day}.",
    "notice_of_withdrawal": "{state} deposited its notice of withdrawal from the {body} on {day}.",
    "withdrawal_revoked": "{state} revoked its withdrawal from the {body} on {day}.",
    "ratified": "{state} ratified the {body} on {day}.",
    "acceded": "{state} acceded to the {body} on {day}.",
}
BODIES = {
    "COE": "Council of Europe",
    "ROME": "Rome Statute",
    "AU": "African Union",
    "OAS": "Organization of American States",
    "ICCPR-OP1": "Optional Protocol to the International Covenant on Civil and Political Rights",
}


def test_what_the_registry_holds_is_read_and_confirmed(registry: Registry) -> None:
    """A report that tells exactly what the registry holds, on the same day, is read so and confirmed."""
    seen = 0
    for fact in registry.facts.values():
        day = fact.act_date
        if fact.instrument not in BODIES or fact.event not in PHRASES or day is None or fact.territory:
            continue
        name, body = registry.states[fact.state].name, BODIES[fact.instrument]
        text = PHRASES[fact.event].format(state=name, body=body, day=f"{day.day} {day:%B} {day.year}")
        events = read(text, day, registry=registry, lang="en").events
        found = [(e.state, e.event, e.against_registry) for e in events]
        assert found == [(fact.state, fact.event, "confirmed")], text
        seen += 1
    assert seen > 250
