"""Values in words, pages, and that all visible text can be translated."""

import gettext
import io
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from ratione import law
from ratione.assess.verdict import Assessor
from ratione.complaint.model import Complaint
from ratione.complaint.read import from_mapping, read_all
from ratione.days import Interval, exactly, parse
from ratione.fora import FORA
from ratione.out.summary import Summary
from ratione.registry import Registry
from ratione.words import bodies, explain, extract, page, strategy
from ratione.words import format as fmt
from ratione.words import verdict as say
from ratione.words.document import Document, Heading, Items, Pairs, Table, Text, Tree, as_html, as_markdown, as_text
from ratione.words.format import Words
from ratione.words.language import code, language
from ratione.words.messages import MESSAGES

ROOT = Path(__file__).parents[2]
REGISTRY = Registry.load()
ON = date(2022, 11, 22)
COMPLAINTS = {c.id: c for c in read_all(ROOT / "examples/docket.csv")[0]}


# ---- values ----------------------------------------------------------------------------------------------------------
def test_days_carry_their_weekday() -> None:
    assert fmt.day(date(2023, 2, 20)) == "20 February 2023 (Monday)"
    assert fmt.day(None) == "not known"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022-09-15", "15 September 2022 (Thursday)"),
        ("2022-09", "September 2022"),
        ("2022", "some day in 2022"),
        ("2022-09-01/2022-09-15", "some day from 1 September 2022 (Thursday) to 15 September 2022 (Thursday)"),
        ("2022-09-01/", "some day from 1 September 2022 (Thursday) on"),
        ("/2022-09-15", "some day up to 15 September 2022 (Thursday)"),
        ("/", "not known"),
    ],
)
def test_spans(text: str, words: str) -> None:
    assert fmt.span(parse(text)) == words


@pytest.mark.parametrize(
    ("last", "words"),
    [
        ("2022-11-24", "2 days left"),
        ("2022-11-23", "tomorrow is the last day"),
        ("2022-11-22", "today is the last day"),
        ("2022-11-21", "passed yesterday"),
        ("2022-11-20", "passed 2 days ago"),
    ],
)
def test_days_left(last: str, words: str) -> None:
    assert fmt.days_apart(ON, date.fromisoformat(last)) == words


def test_names() -> None:
    words = Words(REGISTRY)
    assert words.state("RUS") == "Russia"
    assert words.instrument("ECHR") == "ECHR (European Convention on Human Rights)"
    assert words.instrument("ICCPR") == "ICCPR"
    assert fmt.article("ECHR-P1:1") == f"ECHR-P1 Art 1 ({law.rights().names['ECHR-P1:1']})"
    assert fmt.forum("CED/CED-31").endswith("(CED/CED-31)")
    assert words.asked("acts[1].place") == "act 2: Where did it happen (country, territory or region)?"
    assert words.asked("registry:RUS/CRC-OPIC") == "Is Russia bound by CRC-OPIC? The registry does not tell."


def test_other_languages_format_days_and_states() -> None:
    with language("fr", gettext.NullTranslations()):
        assert code() == "fr"
        assert fmt.day(date(2023, 2, 20)) == "20 février 2023 (lundi)"
        assert Words(REGISTRY).state("DEU") == "Allemagne"
    assert code() == "en"


def test_a_catalogue_is_read_from_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    from ratione.words import language as module

    catalogue = Catalog(locale="de")
    catalogue.add("not known", "nicht bekannt")
    target = tmp_path / "de" / "LC_MESSAGES" / "ratione.mo"
    target.parent.mkdir(parents=True)
    with target.open("wb") as file:
        write_mo(file, catalogue)
    monkeypatch.setattr(module, "FOLDER", tmp_path)
    assert module.available() == ["en", "de"]
    with module.language("de"):
        assert fmt.day(None) == "nicht bekannt"


# ---- all visible text can be translated ------------------------------------------------------------------------------
class Pseudo(gettext.NullTranslations):
    """Puts every sentence that passes through into brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"


def texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        match block:
            case Heading(text, _) | Text(text):
                yield text
            case Items(items):
                yield from items
            case Tree(lines):
                yield from (text for _, text in lines)
            case Pairs(rows):
                yield from (cell for row in rows for cell in row)
            case Table(caption, head, rows):
                yield from (caption, *head, *(cell for row in rows for cell in row))


def outside(text: str) -> str:
    """What of a text did not pass through."""
    while "⟦" in text:
        text, before = re.sub(r"⟦[^⟦⟧]*⟧", "", text), text
        assert text != before, before
    return text


#: What is never translated: codes, ids, citations, and what the user wrote.
CITED = {part for a in law.authorities().values() for part in (a.cite, a.paragraphs, a.application) if part}
CITED |= {claim for forum in FORA for test in forum.tests for claim in test.claims}
CODE = re.compile(r"[A-Z][A-Za-z0-9-]*(?:[:/.][A-Za-z0-9().:_-]+)*|[\d\s,.;:()/§+-]+")


def untranslated(document: Document, complaint: Complaint | None = None) -> set[str]:
    own = {complaint.id, *(a.place_text or "" for a in complaint.acts)} if complaint else set()
    found = set()
    for text in texts(document):
        rest = outside(text)
        for exempt in sorted({*own, *CITED} - {""}, key=len, reverse=True):
            rest = rest.replace(exempt, "")
        rest = CODE.sub("", rest)
        rest = re.sub(r"\b[a-z-]+\b(?= v\.)", "", rest)
        if rest.strip():
            found.add(f"{text!r} leaves {rest!r}")
    return found


@pytest.mark.parametrize("name", sorted(COMPLAINTS))
def test_pages_pass_through_gettext(name: str) -> None:
    assessor = Assessor(REGISTRY, ON)
    complaint = COMPLAINTS[name]
    with language("en", Pseudo()):
        verdicts = assessor.assess(complaint)
        for document in (
            page.pages(assessor, complaint, verdicts),
            page.pages(assessor, complaint, verdicts, everything=True),
        ):
            assert not untranslated(document, complaint)


def test_the_summary_passes_through_gettext() -> None:
    assessor = Assessor(REGISTRY, ON)
    with language("en", Pseudo()):
        summary = Summary(assessor)
        for complaint in COMPLAINTS.values():
            summary.add(complaint, assessor.assess(complaint))
        rest = {t for t in untranslated(summary.document()) if not any(i in t for i in COMPLAINTS)}
    assert not rest


@pytest.mark.parametrize("forum", FORA, ids=lambda f: f.key)
def test_bodies_pass_through_gettext(forum: object) -> None:
    with language("en", Pseudo()):
        assert not untranslated(bodies.body(Words(REGISTRY), forum))  # type: ignore[arg-type]


def test_an_explanation_passes_through_gettext() -> None:
    assessor = Assessor(REGISTRY, ON)
    complaint = COMPLAINTS["moscow"]
    with language("en", Pseudo()):
        document = explain.explanation(assessor, complaint, assessor.assess(complaint))
        kept = Document([b for b in document.blocks if not (isinstance(b, Items) and "confidence" in b.items[0])])
        assert not untranslated(kept, complaint)


def test_every_sentence_can_be_extracted(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", "-k", "N_"]
    made = tmp_path / "ratione.pot"
    subprocess.run([*command, "-o", str(made), "."], cwd=ROOT, check=True)
    from babel.messages.pofile import read_po

    found = {message.id for message in read_po(io.StringIO(made.read_text("utf-8")))}
    assert set(MESSAGES.values()) <= found
    assert {text for text, _ in extract.bodies()} <= found
    assert set(law.rights().labels.values()) <= found
    assert {s.name for s in REGISTRY.states.values()} <= found


# ---- documents -------------------------------------------------------------------------------------------------------
SAMPLE = Document()
SAMPLE.add(
    Heading("Title <b>", 1),
    Text("One & two. " * 20),
    Heading("Part"),
    Pairs((("label", "value " * 30),)),
    Items(("first *", "second")),
    Tree(((0, "if"), (1, "then"), (1, "or"), (0, "else"))),
    Table("caption", ("a", "b"), (("1", "x|y"),)),
    Pairs(()),
    Items(()),
)


def test_text_keeps_to_its_width() -> None:
    text = as_text(SAMPLE, 60)
    assert all(len(line) <= 60 for line in text.splitlines())
    assert "    - then" in text
    assert "label  value" in text


def test_markup_is_escaped() -> None:
    assert "Title \\<b\\>" in as_markdown(SAMPLE)
    assert "x\\|y" in as_markdown(SAMPLE)
    page_ = as_html(SAMPLE, "en")
    assert "<title>Title &lt;b&gt;</title>" in page_
    assert "<ul><li>if<ul><li>then</li><li>or</li></ul></li><li>else</li></ul>" in page_.replace("\n", "")
    assert "One &amp; two." in page_


# ---- in which order to choose ----------------------------------------------------------------------------------------
def doors(name: str) -> dict[tuple[str, str], tuple[bool, bool]]:
    assessor = Assessor(REGISTRY, ON)
    complaint = COMPLAINTS[name]
    found = strategy.doors(assessor, complaint, assessor.assess(complaint))
    return {(d.first, d.then): (d.pending, d.decided) for d in found}


def test_one_way_doors() -> None:
    found = doors("moscow")
    assert found["HRC", "ECTHR"] == (True, True)  # any committee first closes Strasbourg (law.md D.5 4b)
    assert found["WGAD", "ECTHR"] == (True, True)  # Peraldi (4c)
    assert found["ECTHR", "HRC"] == (True, False)  # Russia has no reservation on past examination (4e)
    assert not any(first == "SP" for first, _ in found)


def advice(complaint: Complaint, on: date = ON, registry: Registry = REGISTRY) -> str:
    assessor = Assessor(registry, on)
    return " ".join(strategy.advice(assessor, complaint, assessor.assess(complaint)))


def test_advice_names_danger_clocks_and_expiry() -> None:
    from dataclasses import replace

    moscow = COMPLAINTS["moscow"]
    assert "If life or limb is in danger now" in advice(moscow)
    danger = replace(moscow, facts={**moscow.facts, "imminent_irreparable_harm": "yes"})
    assert "There is imminent danger" in advice(danger)
    safe = replace(moscow, facts={**moscow.facts, "imminent_irreparable_harm": "no"})
    assert "danger" not in advice(safe)
    assert "Shortest time first: ECTHR 20 February 2023 (Monday), HRC" in advice(moscow)
    known = date(2022, 12, 5)
    belarus = replace(COMPLAINTS["belarus"], days={k: v for k, v in COMPLAINTS["belarus"].days.items()
                                                  if not k.startswith("lodged")})  # fmt: skip
    served = replace(belarus, days={k: exactly(date(2022, 12, 4)) for k in belarus.days})
    told = advice(served, known, REGISTRY.as_known_on(known))
    assert "HRC: the State's acceptance ends; file by 7 February 2023 (Tuesday)" in told


def test_verdicts_are_sorted_by_last_day() -> None:
    assessor = Assessor(REGISTRY, ON)
    found = strategy.by_last_day(assessor.assess(COMPLAINTS["moscow"]))
    days = [v.last_day for v in found]
    dated = [d for d in days if d]
    assert dated == sorted(dated)
    assert days[: len(dated)] == dated


@pytest.mark.parametrize("make", [page.pages, explain.explanation])
def test_partly_known_days_never_print_none(make: Callable[..., Document]) -> None:
    assessor = Assessor(REGISTRY, ON)
    for complaint in COMPLAINTS.values():
        vague = Complaint(complaint.id, complaint.respondent, rights=complaint.rights, acts=complaint.acts,
                          days={"final_decision.taken": Interval(date(2021, 1, 1), date(2021, 12, 31))})  # fmt: skip
        text = as_text(make(assessor, vague, assessor.assess(vague)))
        assert "None" not in text
        assert "0001" not in text
        assert "9999" not in text


@pytest.mark.parametrize("instrument", sorted(law.rights().instruments))
def test_an_article_of_any_instrument_can_be_told_to_every_body(instrument: str) -> None:
    article = next(a for a in law.rights().plain if a.startswith(f"{instrument}:"))
    facts = {"status": "decided_merits", "same_person": True, "same_facts": True, "same_rights": False}
    procedures = [{"forum": forum, **facts} for forum in ("ECTHR", "HRC", "IACHR", "AFCTHPR")]
    found, refusals = from_mapping(
        {"id": "x", "respondent": ["FRA", "BEN"], "rights": [article], "other_procedures": procedures, "from": "2020"}
    )
    assert found
    assert not refusals
    words = Words(REGISTRY)
    for verdict in Assessor(REGISTRY, date(2026, 11, 24)).assess(found):
        for test in verdict.tests:
            assert re.search(r"[^.?][.?]\Z", say.text(words, verdict, test))
