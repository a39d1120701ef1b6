"""The command on bodies: what they are and what they ask, from the tables that are evaluated."""

from __future__ import annotations

from dataclasses import asdict, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from ratione import days
from ratione.cli.assess import chosen_fora, in_language, language_option, put_document
from ratione.cli.common import format_options, open_registry, put_json, registry_option, stamp


@click.command()
@click.argument("name", metavar="[FORUM]", required=False)
@format_options("table", "json")
@language_option
@registry_option
def forum(name: str | None, form: str, as_json: bool, lang: str, path: Path | None) -> None:
    """All bodies, or what one FORUM is, asks, and how to reach it.

    The rules are printed from the objects that `assess` evaluates, beside the places of docs/law.md that they claim.

    \b
    Examples:
      ratione forum
      ratione forum ECTHR
      ratione forum CED/CED-31 --json
    """
    from ratione.words.bodies import all_bodies, body, channels
    from ratione.words.format import Words

    registry = open_registry(path)
    fora = chosen_fora([name] if name else [])
    with in_language(lang):
        if as_json or form == "json":
            record: dict[str, Any] = {"fora": [forum_record(f, full=name is not None) for f in fora]}
            if name is None:
                record["channels"] = list(channels())
            put_json({**stamp(registry, days.today()), **record})
        elif name is None:
            put_document(all_bodies(fora))
        else:
            for found in fora:
                put_document(body(Words(registry), found))


def forum_record(forum: Any, full: bool) -> dict[str, Any]:
    """A body as JSON; `full` with its tests, their rules as data and in words."""
    from ratione.words.rules import lines

    record: dict[str, Any] = {
        "code": forum.code,
        "route": forum.route,
        "name": forum.name,
        "instruments": list(forum.instruments),
        "facts_by": forum.facts_by,
        "received": forum.received,
        "binding": forum.binding,
        "notes": list(forum.notes),
        "filing": {k: _plain(v) for k, v in asdict(forum.filing).items()},
    }
    if full:
        record["tests"] = [
            {
                "id": t.id,
                "head": t.head,
                "also_called": t.also_called,
                "authority": list(t.authority),
                "claims": list(t.claims),
                "verified": t.verified,
                "blocking": t.blocking,
                "rule": _plain(t.rule),
                "words": [{"depth": depth, "text": text} for depth, text in lines(t.rule)],
            }
            for t in forum.tests
        ]
    return record


def _plain(value: Any) -> Any:
    """A rule as data: the name of its kind, and its fields."""
    if is_dataclass(value) and not isinstance(value, type):
        return {"kind": type(value).__name__, **{f.name: _plain(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value
