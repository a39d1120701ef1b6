"""The law as far as it speaks before anything is told of a complaint but the State."""

from __future__ import annotations

from dataclasses import replace

from ratione.rules import All, Any, Case, Elsewhere, Extended, Fact, Fixed, Forum, InTime, Not, Rule, Say, unknown, walk

_OPEN = unknown("fact_needed", "facts")


def before_facts(forum: Forum) -> Forum:
    """A forum that fails a complaint for good only where no fact that may still be told could change that.

    Whatever a fact decides is unknown here, also where a fact that is not told has an answer; so is what is failed only
    for now.
    """
    return replace(forum, tests=tuple(replace(t, rule=_rule(t.rule)) for t in forum.tests if t.blocking))


def _rule(rule: Rule) -> Rule:
    if isinstance(rule, All | Any):
        return type(rule)(tuple(_rule(part) for part in rule.rules))
    if isinstance(rule, Case):
        return Case(tuple((_rule(when), _rule(then)) for when, then in rule.when), _rule(rule.default))
    if isinstance(rule, Not):
        return Not(_rule(rule.rule), _OPEN if rule.otherwise.for_now else rule.otherwise)
    told = isinstance(rule, Elsewhere | Extended | InTime) or (isinstance(rule, Fact) and rule.name != "respondent")
    if told or any(isinstance(node, Say) and node.for_now for node in walk(rule)):
        return Fixed(_OPEN)
    return rule
