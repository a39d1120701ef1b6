"""Random complaints as mappings, and random fora built from the kinds of rule."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from ratione import law
from ratione import rules as r
from ratione.complaint.model import ACT_KINDS, CONTROLS, FACTS, REMEDIES, STATUSES, Complaint
from ratione.complaint.read import from_mapping

#: States with an end, a doubt, a reservation, a territory or a neighbour in the registry, some of them often.
STATES = [
    *["RUS"] * 6,
    *("UKR", "TUR", "DEU", "FRA", "GBR", "POL", "HUN", "GRC", "BRA", "COL", "VEN", "NIC", "TTO", "KEN", "TZA", "RWA"),
    *("NGA", "CIV", "BEN", "TUN", "MAR", "USA", "CHN", "IND", "BLR", "GEO", "MDA", "CYP", "AUS", "ZAF", "JAM", "HND"),
    *("EGY", "JPN", "SEN", "CMR", "NER", "BFA", "MLI", "ESP", "AND", "CZE", "SRB", "XKX", "PSE", "VAT"),
]
PLACES = [
    "UA-43", "UA-09", "MD-SN", "GE-AB", "Ukraine", "UKR", "RUS", "RU-MOW", "somewhere", "GBR", "JEY", "GIB", "ABW",
    "GRL", "Cyprus (north)", "TUR", "NCL", "COL", "KEN", "SYR",
]  # fmt: skip
FORA = ["ECTHR", "HRC", "CAT", "CERD", "WGAD", "SP", "IACHR", "ACHPR", "ECOWASCCJ", "UNESCO", "An ombudsman", "ILOCFA"]
RIGHTS = list(law.rights().articles)
ARTICLES = list(law.rights().plain)
_DAYS = ("knowledge", "remedy_ineffective_known", "released_or_convicted_on", "detention_regime_ended")


def day(rng: Random, since: int = 1950) -> str:
    """A day, a month, a year, an open interval, or an end of the calendar."""
    kind = rng.random()
    found = date(since, 1, 1) + timedelta(rng.randrange((date(2026, 12, 1) - date(since, 1, 1)).days))
    if kind < 0.15:
        return found.isoformat()[:7]
    if kind < 0.25:
        return found.isoformat()[:4]
    if kind < 0.28:
        return f"{found}/"
    if kind < 0.31:
        return f"/{found}"
    return rng.choice(["0001-01-01", "9999-12-31", "0001", "9999"]) if kind < 0.33 else found.isoformat()


def mapping(rng: Random, number: int) -> dict[str, Any]:
    """One complaint; everything in it may be unknown."""
    found: dict[str, Any] = {"id": str(number)}

    def maybe(into: dict[str, Any], key: str, share: float, make: Callable[[], Any]) -> None:
        if rng.random() < share:
            into[key] = make()

    two = rng.random() < 0.1
    found["respondent"] = rng.sample(sorted(set(STATES)), 2) if two else [rng.choice(STATES)]
    since = rng.choice([1950, 1990, 2005, 2015, 2020, 2022])
    found["acts"] = [_act(rng, since, maybe) for _ in range(rng.choice([0, 1, 1, 1, 1, 2, 3]))]
    maybe(found, "rights", 0.92, lambda: [_right(rng) for _ in range(rng.choice([1, 1, 2, 2, 3, 4]))])
    maybe(found, "remedies", 0.8, lambda: _remedies(rng, found.get("rights")))
    decision: dict[str, Any] = {}
    for key, share in (("taken", 0.5), ("served", 0.5), ("available", 0.1)):
        maybe(decision, key, share, lambda: day(rng, since))
    maybe(decision, "service_required", 0.2, lambda: rng.choice([True, False]))
    applicant: dict[str, Any] = {}
    for key in ("kind", "victim", "identity"):
        words = FACTS[f"applicant.{key}"]
        maybe(applicant, key, 0.5, lambda words=words: rng.choice(words) if rng.random() < 0.5 else words[0])
    maybe(applicant, "nationality", 0.3, lambda: [rng.choice(STATES)])
    found |= {"final_decision": decision} if decision else {}
    found |= {"applicant": applicant} if applicant else {}
    maybe(found, "accused", 0.1, lambda: {"nationality": rng.sample(sorted(set(STATES)), rng.choice([1, 2]))})
    maybe(found, "residence", 0.1, lambda: [rng.choice(["KEN", "TZA", "RUS", "UGA"])])
    for key, words in FACTS.items():
        if "." not in key:
            maybe(found, key, 0.15, lambda words=words: rng.choice(words))
    for key in _DAYS:
        maybe(found, key, 0.12, lambda: day(rng, since))
    lodged: dict[str, Any] = {}
    maybe(lodged, "sent", 0.5, lambda: day(rng, 2015))
    maybe(lodged, "received", 0.25, lambda: day(rng, 2018))
    found |= {"lodged": lodged} if lodged else {}
    maybe(found, "other_procedures", 0.4, lambda: [_procedure(rng, found, maybe) for _ in range(rng.choice([0, 1, 2]))])
    return found


def _right(rng: Random) -> str:
    return rng.choice(RIGHTS if rng.random() < 0.8 else ARTICLES)


def _act(rng: Random, since: int, maybe: Callable[..., None]) -> dict[str, Any]:
    act: dict[str, Any] = {}
    maybe(act, "from", 0.9, lambda: day(rng, since))
    maybe(act, "to", 0.6, lambda: day(rng, max(since, 2010)) if rng.random() < 0.7 else act.get("from", "2021"))
    maybe(act, "kind", 0.4, lambda: rng.choice(ACT_KINDS))
    maybe(act, "ongoing", 0.2, lambda: rng.choice([True, False]))
    maybe(act, "place", 0.4, lambda: rng.choice(PLACES))
    maybe(act, "control", 0.2, lambda: rng.choice(CONTROLS))
    maybe(act, "attributable", 0.2, lambda: rng.choice([True, False]))
    return act


def _remedies(rng: Random, rights: list[str] | None) -> Any:
    if rng.random() < 0.8 or not rights:
        return rng.choice(REMEDIES)
    return {right: rng.choice(REMEDIES) for right in rights if rng.random() < 0.7}


def _procedure(rng: Random, complaint: dict[str, Any], maybe: Callable[..., None]) -> dict[str, Any]:
    found: dict[str, Any] = {"forum": rng.choice(FORA)}
    maybe(found, "status", 0.8, lambda: rng.choice(STATUSES))
    maybe(found, "ended", 0.5, lambda: day(rng, 2015))
    for key in ("same_person", "same_facts", "same_rights"):
        maybe(found, key, 0.7, lambda: rng.random() < 0.8)
    maybe(found, "by_third_party", 0.1, lambda: rng.random() < 0.5)
    maybe(found, "rights", 0.3, lambda: [rng.choice(complaint.get("rights") or RIGHTS)])
    return found


def complaints(seed: int, n: int) -> list[Complaint]:
    """Random complaints that can be read."""
    rng, found = Random(seed), list[Complaint]()
    while len(found) < n:
        complaint, _ = from_mapping(mapping(rng, len(found)))
        if complaint is not None:
            found.append(complaint)
    return found


# ---- fora ------------------------------------------------------------------------------------------------------------
class Fora:
    """Draws fora whose rules are put together at random from the kinds."""

    instruments = ("ECHR", "ECHR-P1", "ICCPR", "ICCPR-OP1", "ACHR", "ACHPR", "CERD-14", "UDHR")
    facts = ("remedies", "place", "act.kind", "act.ongoing", "act.cut", "applicant.kind", "applicant.victim", "right",
             "article", "article.base", "article.instrument", "respondent", "act.country", "other.used",
             "decision.told", "redress", "residence:KEN", "accused.nationality.any")  # fmt: skip
    days = ("act", "act.first", "filed", "decision.taken", "decision", "hereafter", "act.to", "knowledge")
    starts = ("decision", "decision.served", "act.to", "act.first", "knowledge", "ineffective_known", "other.ended",
              "detention_regime_ended", "released_or_convicted_on", "act.covered_to")  # fmt: skip

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def forum(self, code: str) -> r.Forum:
        """A forum with a few tests."""
        rng = self.rng
        heads = ("ratione_personae", "ratione_materiae", "ratione_temporis", "time_limit")
        tests = tuple(
            r.Test(f"{code}.{n}", rng.choice(heads), self.rule(3, rng.random() < 0.4), (), (),
                   blocking=n == 0 or rng.random() < 0.9)
            for n in range(rng.choice([2, 3, 4]))
        )  # fmt: skip
        own = tuple(rng.sample(("ECHR", "ECHR-P1", "ICCPR", "ACHR", "UDHR"), 2))
        return r.Forum(code, code, own, tests, r.Filing("", "", "", "", "", ()), received=rng.random() < 0.3)

    def say(self) -> r.Say:
        """Any outcome."""
        return self.rng.choice(
            (r.met(), r.failed("no"), r.judgment("doubt"), r.unknown("gap", "x"), r.not_yet("early", "some_event"),
             r.not_yet("early", "other_event"))
        )  # fmt: skip

    def rule(self, depth: int, clock: bool) -> r.Rule:
        """Any expression; with clocks among its parts only where `clock`."""
        rng = self.rng
        if depth and rng.random() < 0.75:
            parts = tuple(self.rule(depth - 1, clock) for _ in range(rng.choice([2, 2, 3])))
            kind = rng.randrange(4)
            if kind == 0:
                return r.All(parts)
            if kind == 1:
                return r.Any(parts)
            if kind == 2:
                return r.Case(((self.rule(depth - 1, False), parts[0]),), parts[1])
            return r.Not(parts[0], self.say())
        if clock and rng.random() < 0.5:
            return self.in_time()
        return self.leaf()

    def leaf(self) -> r.Rule:
        """One of the kinds that hold no other."""
        rng = self.rng
        instrument = rng.choice((*self.instruments, "$right"))
        day_ = rng.choice(self.days)
        since, until = sorted(date(rng.randrange(1951, 2026), 5, 1) for _ in range(2))
        few = rng.choice((r.failed("few"), r.not_yet("few", "some_event")))
        say = self.say()
        return rng.choice(
            (
                lambda: r.Bound(instrument, day_, self.say(), edge=((0, r.judgment("edge")),) * rng.choice([0, 1]),
                                of=rng.choice(["respondent", "act.country", "residence"]),
                                contested=rng.choice([None, r.met()])),
                lambda: r.Begun(instrument, day_, self.say(), months=rng.choice([0, 0, 12]), days=rng.choice([0, 9])),
                lambda: r.Extended(rng.choice(("ECHR", "ICCPR")), day_, otherwise=self.say()),
                lambda: r.Reserved(instrument, rng.choice(("temporal", "rights_excluded", "petition", "territory")),
                                   rng.choice(("act", "filed")), self.say()),
                lambda: r.AtLeast(rng.choice(("ICCPR-OP1", "ACHR-62")), rng.choice((3, 40)), few),
                lambda: r.Between(day_, rng.choice([None, since]), rng.choice([None, until]), self.say()),
                self.fact,
                lambda: r.Covers(("ECHR", "ICCPR"), {"ECHR:13": self.say(), "ICCPR": self.say()}, self.say()),
                lambda: r.Elsewhere(rng.choice(("ECTHR", "HRC", "CAT", "IACHR")), other_rights=rng.choice([None, say])),
                lambda: r.Fixed(self.say()),
            )
        )()  # fmt: skip

    def fact(self) -> r.Fact:
        """A fact, some of its words told apart."""
        name, rng = self.rng.choice(self.facts), self.rng
        words = {"right": RIGHTS, "article": ARTICLES, "article.base": ARTICLES, "respondent": STATES,
                 "article.instrument": list(self.instruments), "act.country": STATES}.get(name)  # fmt: skip
        words = words or ["yes", "no", "exhausted", "pending", "own_territory", "abroad", "continuing", "direct", "ngo"]
        says = {word: self.say() for word in rng.sample(sorted(set(words)), min(5, len(set(words))))}
        return r.Fact(name, {**says, **({"*": self.say()} if rng.random() < 0.7 else {})},
                      rng.choice([None, None, self.say()]))  # fmt: skip

    def in_time(self) -> r.InTime:
        """A clock with one to three start events."""
        rng = self.rng
        window = (r.Suspension(date(2020, 3, 16), date(2020, 6, 15), months=3, only_months=6),)
        starts = tuple(
            r.Start(rng.choice(self.starts), "", rng.choice([None, self.fact(), self.fact()]),
                    by=rng.choice([(), (), ("decision.taken",)]), later=n > 0 and rng.random() < 0.3,
                    months=rng.choice([None, None, 12]))
            for n in range(rng.choice([1, 2, 3]))
        )  # fmt: skip
        versions = rng.choice([(r.Version(None, 6),), (r.Version(None, 6), r.Version(date(2022, 2, 1), 4))])
        clock = r.Clock(starts, versions, "send", rng.choice([(), window]), rng.random() < 0.2, rng.random() < 0.3)
        return r.InTime(clock, self.say(), self.say())
