"""The names of what rules read, by the rows at which it is told."""

from __future__ import annotations

#: What hangs on the article.
BY_TARGET = frozenset({"right", "article", "article.base", "article.instrument"})
OF_SLOT = frozenset({"remedies", "procedures"})
OF_ACT = frozenset(
    {
        *("act.first", "act.from", "act.last", "released_or_convicted_on", "act.kind", "act.ongoing"),
        *("act.attributable", "act.country", "act.place", "place", "territory"),
    }
)
#: What hangs on the end of an act, or of its covered part.
OF_TERM = frozenset({"act.to", "act.covered_to", "act.cut", "knowledge", "ineffective_known", "detention_regime_ended"})
DECISION = (
    "decision.taken", "decision.served", "decision.available", "decision", "decision.exhausted", "decision.earliest"
)  # fmt: skip
#: Days by name; everything else that a rule reads is a fact.
DAYS = frozenset(
    {
        *DECISION,
        *("act", "act.first", "act.from", "act.last", "act.to", "act.covered_to", "filed", "hereafter"),
        *("knowledge", "ineffective_known", "detention_regime_ended", "released_or_convicted_on", "other.ended"),
    }
)
#: What law.md A.6 takes for granted, each with the bit of its place here.
PRESUMED = (
    "place", "applicant.victim", "applicant.identity", "act.kind", "act.attributable", "procedures", "lodged",
    "final_decision.taken",
)  # fmt: skip
