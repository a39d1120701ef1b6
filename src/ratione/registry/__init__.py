"""Who is bound by what, when, and as known on which day."""

from ratione.registry.facts import DataError, Fact, Problem, Source, State
from ratione.registry.periods import Answer, Bound, End, Period, Segment
from ratione.registry.snapshot import Parties, Party, Registry
from ratione.registry.terms import Instrument

__all__ = [
    "Answer",
    "Bound",
    "DataError",
    "End",
    "Fact",
    "Instrument",
    "Parties",
    "Party",
    "Period",
    "Problem",
    "Registry",
    "Segment",
    "Source",
    "State",
]
