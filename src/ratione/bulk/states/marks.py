"""The fora whose verdicts can rest on facts of the registry that nobody verified, or that are contested.

The reference evaluator names the facts on which a verdict rests. In bulk a verdict is marked where its forum looks at
such a fact about the State on some day that counts: so wherever the reference evaluator names one, and now and then
where another fact decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from ratione import law
from ratione.assess import steps
from ratione.assess.scalar import day_rules
from ratione.bulk.arrays.calendar import FIRST, LAST, NEVER, number
from ratione.bulk.arrays.growing import Growing
from ratione.bulk.arrays.offsets import Lists, members, repeat
from ratione.bulk.facts.docket import Docket
from ratione.bulk.facts.profiles import Profiles
from ratione.bulk.facts.words import Words
from ratione.bulk.states.told import SHIFT
from ratione.days import Interval
from ratione.rules import Begun, Between, Bound, Extended, Forum

if TYPE_CHECKING:
    from ratione.registry import Fact, Registry

Array = Any
Span = tuple[Array, Array]
#: One mark: the day variable, the first day, the day after the last, bits.
Mark = tuple[str, int, int, int]
SECOND = 32  # from the bits for unverified facts to those for contested ones
_ACT, _FILED = range(2)
_OWN = ""  # beside the instruments: rules that name theirs, whatever the article


class Marks:
    """For each State and instrument the days on which fora look at such facts, as they are asked for."""

    def __init__(self, registry: Registry, fora: tuple[Forum, ...], words: Words, profiles: Profiles) -> None:
        self._registry, self._words, self._profiles = registry, words, profiles
        self._instruments = (_OWN, *sorted({*registry.instruments, *law.rights().instruments}))
        self._rules = [(1 << f, rule) for f, forum in enumerate(fora) for rule in _rules(forum)]
        self._named = sorted({rule.instrument for _, rule in self._rules} - {"$right"})
        self._hears = self._heard(fora)
        self._all = (1 << len(fora)) - 1
        #: The entries of all lines; by line the day of the last one, and its bits.
        self._keys, self._bits = Growing(np.int64), Growing(np.uint64)
        self._final, self._ends = Growing(np.int32), Growing(np.uint64)
        self._count = 0
        self._add([])  # line 0 has no marks
        #: By day variable, instrument and State: a line.
        self._lines = np.zeros((2, len(self._instruments), 0), np.int32)
        #: By State: whether it was looked at, whether there is any line; what counts where its dependent territories
        #: or, of other States than the respondent, it itself plays a part.
        self._done, self._any = np.zeros(0, bool), np.zeros(0, bool)
        self._abroad, self._others = np.zeros(0, np.uint64), np.zeros(0, np.uint64)
        self._rows: dict[tuple[str, ...] | None, int] = {}
        self._looks = [np.zeros(len(self._instruments), np.uint64)]
        self._kinds = np.zeros(0, np.int32)

    def of(self, docket: Docket, sent: Span, received: Span) -> Array:
        """By case: the fora as bits, for unverified facts and, `SECOND` bits further up, for contested ones.

        `sent`, `received`: the first and the last possible day of filing of each complaint, by the day that counts.
        """
        states = docket.respondent
        complaint = repeat(docket.respondent_start[1:] - docket.respondent_start[:-1])
        self._learn(np.flatnonzero(np.bincount(states)))
        found = self._beside(docket, complaint)
        at = np.flatnonzero(self._any.take(states))
        state, owner = states.take(at), complaint.take(at)
        filed = np.minimum(sent[0], received[0]).take(owner), np.maximum(sent[1], received[1]).take(owner)
        spans = _hull(docket, owner), filed
        kind, looks = self._kinds_of(docket.profile.take(owner)), np.array(self._looks)
        for n, variable in product(range(len(self._instruments)), (_ACT, _FILED)):
            lines = self._lines[variable, n]
            if not lines.any():
                continue
            line = lines.take(state)
            rows = np.flatnonzero((line > 0) & (looks[:, n].take(kind) > 0))
            first, last = (days.take(rows) for days in spans[variable])
            found[at[rows]] |= self._over(line.take(rows), first, last) & looks[:, n].take(kind.take(rows))
        return found

    def _over(self, line: Array, first: Array, last: Array) -> Array:
        """The bits of a line on any day from the first to the last."""
        final = self._final.array
        found = self._ends.array.take(line)
        rows = np.flatnonzero(first < final.take(line))  # mostly all is settled before the first day
        found[rows] = self._between(line.take(rows), first.take(rows), last.take(rows))
        return found

    def _between(self, line: Array, first: Array, last: Array) -> Array:
        keys, bits = self._keys.array, self._bits.array
        base = line.astype(np.int64) << SHIFT
        entry = keys.searchsorted(base + first, "right") - 1
        end = keys.searchsorted(base + last, "right") - 1
        found = bits[entry]
        rows = np.flatnonzero(entry < end)
        while len(rows):
            entry[rows] += 1
            found[rows] |= bits[entry[rows]]
            rows = rows[entry[rows] < end[rows]]
        return found

    # ---- what plays a part beside the respondent and its rights ---------------------------------------------------
    def _beside(self, docket: Docket, complaint: Array) -> Array:
        """Marks from the State's dependent territories, and from other States that a rule asks about."""
        words, acts = self._words, docket.acts
        found: Array = self._others.take(docket.respondent)
        places = np.flatnonzero(np.bincount(acts.place, minlength=1))
        country, dependent = np.zeros(len(words.places), np.int64), np.zeros(len(words.places), bool)
        for place in places.tolist():
            country[place], dependent[place] = words.country(place)
        self._learn(np.unique(country[places][country[places] > 0]))
        by_place = self._others.take(country) | np.where(dependent, self._abroad.take(country), np.uint64(0))
        by_place[0] = 0
        if by_place.any():
            rows, owner = members(docket.act_start, complaint)
            np.bitwise_or.at(found, owner, by_place.take(acts.place.take(rows)))
        for name in ("accused.nationality", "residence"):
            codes = docket.codes[name]
            for code in np.flatnonzero(np.bincount(codes, minlength=1))[1:].tolist():
                named = np.array(words.sets.values[code], np.int64)
                self._learn(named)
                found[(codes == code).take(complaint)] |= np.uint64(_or(self._others[named].tolist()))
        return found

    # ---- what the rights of a complaint look at -------------------------------------------------------------------
    def _heard(self, fora: tuple[Forum, ...]) -> dict[str, int]:
        found = dict.fromkeys(self._instruments, 0)
        for f, forum in enumerate(fora):
            for instrument in forum.instruments:
                found[instrument] = found.get(instrument, 0) | 1 << f
        return found

    def _kinds_of(self, profile: Array) -> Array:
        """For each profile the row of `_looks`."""
        keys, done = self._profiles.keys, len(self._kinds)
        if len(keys) > done:
            new = np.array([self._row(key[0]) for key in keys[done:]], np.int32)
            self._kinds = np.append(self._kinds, new)
        return self._kinds.take(profile)

    def _row(self, rights: tuple[str, ...] | None) -> int:
        found = self._rows.get(rights)
        if found is None:
            found = self._rows[rights] = len(self._looks)
            self._looks.append(self._look(rights or ()))
        return found

    def _look(self, rights: tuple[str, ...]) -> Array:
        """By instrument the fora that look at an article of it, as `assess.cells.targets` chooses them."""
        table = law.rights()
        own = [article for text in rights for article in table.articles.get(text, (text,))]
        near = [article for text in rights for article in table.neighbours.get(text, ())]
        found = dict.fromkeys(self._instruments, 0)
        found[_OWN] = self._all
        heard = 0
        for article in (*own, *near):
            instrument = article.partition(":")[0]
            found[instrument] = self._hears.get(instrument, 0)
            heard |= found[instrument]
        if own:
            found[own[0].partition(":")[0]] |= self._all & ~heard
        bits = [found[instrument] for instrument in self._instruments]
        return np.array([one | one << SECOND for one in bits], np.uint64)

    # ---- step functions -------------------------------------------------------------------------------------------
    def _learn(self, states: Array) -> None:
        """Work out the lines of States that were not looked at before."""
        size = len(self._words.states)
        if len(self._done) < size:
            more = size - len(self._done)
            self._lines = np.pad(self._lines, ((0, 0), (0, 0), (0, more)))
            self._done, self._any = (np.append(held, np.zeros(more, bool)) for held in (self._done, self._any))
            self._abroad, self._others = (
                np.append(held, np.zeros(more, np.uint64)) for held in (self._abroad, self._others)
            )
        for state in states[~self._done[states]].tolist():
            self._done[state] = True
            name = self._words.states.values[state]
            if name in self._registry.states:
                self._look_at(state, name)

    def _look_at(self, state: int, name: str) -> None:
        marked = {code for code in self._registry.instruments if self._is_marked(name, code)}
        for n, instrument in enumerate(self._instruments):
            if instrument in marked or (instrument == _OWN and not marked.isdisjoint(self._named)):
                found = list(self._marks(name, instrument, marked))
                for variable in (_ACT, _FILED):
                    own = [mark[1:] for mark in found if (mark[0] == "filed") == (variable == _FILED)]
                    self._lines[variable, n, state] = self._add(own) if own else 0
        self._any[state] = self._lines[:, :, state].any()
        for bit, rule in self._rules:
            if isinstance(rule, Extended):
                named = marked if rule.instrument == "$right" else marked & {rule.instrument}
                self._abroad[state] |= np.uint64(bit * (1 | 1 << SECOND) if named else 0)
            elif isinstance(rule, Bound | Begun) and rule.of != "respondent":
                for article in marked if rule.instrument == "$right" else marked & {rule.instrument}:
                    lines = steps.apart(rule, self._registry, name, article, "")
                    facts = (fact for line in lines for result in line.results for fact in result.facts)
                    self._others[state] |= np.uint64(bit * _together(facts))

    def _is_marked(self, state: str, instrument: str) -> bool:
        """Whether any fact that can decide about a State and an instrument is unverified or contested."""
        registry = self._registry
        held = (fact for segment in registry.timeline(state, instrument) for fact in segment.facts)
        return any(map(_bits, held)) or any(map(_bits, registry.facts_of(state, instrument)))

    def _marks(self, state: str, instrument: str, marked: set[str]) -> Iterator[Mark]:
        """When the rules on the respondent that look at articles of an instrument, or name one, rest on such facts."""
        for bit, rule in self._rules:
            if (rule.instrument == "$right") != (instrument != _OWN):
                continue
            if (instrument or rule.instrument) not in marked or getattr(rule, "of", "respondent") != "respondent":
                continue
            for line in steps.apart(rule, self._registry, state, instrument or None, ""):
                ends = [*line.firsts[1:], None]
                for first, end, result in zip(line.firsts, ends, line.results, strict=True):
                    facts = result.facts
                    if line.day == "filed" and isinstance(rule, Bound):
                        cap = steps.cap(line, Interval(first, first))
                        facts += cap.facts if cap else ()
                    if bits := bit * _together(facts):
                        whole = line.day != "filed" and not line.day.startswith("act")
                        yield line.day, FIRST if whole else number(first), NEVER if whole else number(end), bits

    def _add(self, marks: Iterable[tuple[int, int, int]]) -> int:
        """A line with the bits of these marks."""
        held = list(marks)
        line, self._count = self._count, self._count + 1
        days = sorted({FIRST, *(day for first, end, _ in held for day in (first, end) if day <= LAST)})
        bits = [_or(one for first, end, one in held if first <= day < end) for day in days]
        kept = [n for n in range(len(days)) if n == 0 or bits[n] != bits[n - 1]]
        self._keys.extend(line << SHIFT | days[n] for n in kept)
        self._bits.extend(bits[n] for n in kept)
        self._final.extend([days[kept[-1]]])
        self._ends.extend([bits[kept[-1]]])
        return line


def _rules(forum: Forum) -> Iterator[Any]:
    """The rules of a forum that look at the registry, but for the number of acceptances."""
    return (rule for rule in day_rules(forum) if not isinstance(rule, Between))


def _bits(fact: Fact) -> int:
    return (fact.confidence == "low") | (fact.status == "contested") << SECOND


def _together(facts: Iterable[Fact]) -> int:
    return _or(map(_bits, facts))


def _or(numbers: Iterable[int]) -> int:
    found = 0
    for one in numbers:
        found |= one
    return found


def _hull(docket: Docket, complaint: Array) -> Span:
    """The first and the last day on which an act of some complaints can have been; all days where none is told."""
    lists, acts = Lists(docket.act_start), docket.acts
    first = lists.least(acts.first.first, FIRST)
    last = -lists.least(-acts.last.last, -LAST)
    return first.take(complaint), last.take(complaint)
