"""Commands on who is bound by what: state, parties, instrument, and the registry's own keeping."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from ratione import days
from ratione.cli.common import (
    FOUND,
    asked_day,
    complete_instrument,
    complete_state,
    find_instrument,
    find_state,
    format_options,
    known_option,
    on_option,
    open_registry,
    put_csv,
    put_json,
    put_table,
    registry_option,
    stamp,
    stop,
)
from ratione.cli.propose import propose
from ratione.registry.facts import DataError
from ratione.registry.records import (
    Record,
    fact_record,
    instrument_record,
    parties_record,
    state_record,
)
from ratione.registry.snapshot import FORMATS, Registry

WHY = {
    "not_yet": "not bound before that day",
    "never_bound": "left before it was bound",
    "not_listed": "not in the list",
    "not_party": "known not to have accepted",
    "no_list": "no complete list, no row",
    "undated": "a party, since a day that is not known",
    "undated_end": "ended on a day that is not known",
    "running_notice": "a notice has run out; whether it took effect is not recorded",
    "contested": "contested: see the facts",
    "range": "the terms leave more than one end",
    "with_parent": "ends with the instrument it hangs on",
    "no_territory": "no act of its State for this territory",
    "predecessor": "its predecessor was bound, not this State itself",
    "not_in_force": "accepted; the procedure is not in force",
}


def _heading(text: str, registry: Registry, on: date) -> None:
    known = registry.known_on or days.today()
    click.echo(f"{text}, on {on}, as known on {known} (registry {registry.hash[:12]})\n")


def _mark(confidence: str | None) -> str:
    return "low: unverified" if confidence == "low" else confidence or ""


def _until(entry: Record) -> str:
    """The last day bound, or the range of last days."""
    if ends := entry["range"]:
        return f"{ends[0]['to']} .. {ends[-1]['to'] or 'no end'}"
    return entry["to"] or ""


def _remark(entry: Record) -> str:
    found = []
    past = entry["why"] == "running_notice" and entry["projected"]
    if entry["bound"] != "yes" and entry["why"] in WHY and not past:
        found.append(WHY[entry["why"]])
    if entry["bound"] == "yes" and entry["from"] is None:
        found.append("since a day that is not known")
    if entry["list_as_of"]:
        found.append(f"list of {entry['list_as_of']}")
    if entry["running_notice"]:
        found.append(f"leaving: {entry['notice']['fact'].split('/')[2]} of {entry['notice']['act_date']}, projected")
    elif entry["projected"]:
        found.append("projected from the terms")
    if entry["suspended"]:
        found.append("suspended, which ends nothing")
    return "; ".join(found)


def _ranges(entries: list[Record]) -> None:
    for entry in entries:
        for end in entry["range"]:
            click.echo(f"{entry['instrument']} to {end['to'] or 'no end'}: {end['reading']} ({end['authority']})")


@click.command()
@click.argument("name", metavar="STATE", shell_complete=complete_state)
@on_option
@known_option
@click.option("--sources", is_flag=True, help="Also every fact used, with its source.")
@click.option("--timeline", is_flag=True, help="Also every piece of time under each instrument.")
@click.option("--svg", type=click.Path(path_type=Path), help="Draw the timeline into this file.")
@format_options("table", "json", "csv")
@registry_option
def state(
    name: str,
    on: date | None,
    known: date | None,
    sources: bool,
    timeline: bool,
    svg: Path | None,
    form: str,
    as_json: bool,
    path: Path | None,
) -> None:
    """By what STATE is bound, from when, until when.

    STATE is a code or a name. `to` is the last day bound.

    \b
    Examples:
      ratione state RUS
      ratione state Russia --on 2022-09-15
      ratione state RUS --as-known-on 2022-03-15 --sources
      ratione state RUS --json --timeline
      ratione state RUS --svg russia.svg
    """
    registry = open_registry(path, known)
    code, day = find_state(registry, name), asked_day(on, known)
    record = state_record(registry, code, day, timeline)
    if sources:
        used = dict.fromkeys(f for entry in record["instruments"] for f in entry["facts"])
        record["sources"] = [fact_record(registry, registry.facts[f]) for f in used if f in registry.facts]
    if svg:
        _draw(registry, code, record["instruments"], day, svg)
    if as_json or form == "json":
        put_json({**stamp(registry, day), **record})
    elif form == "csv":
        head = ["state", "instrument", "bound", "from", "to", "effect", "projected", "confidence", "why", "facts"]
        rows = ([code, *(e[h] for h in head[1:-1]), ";".join(e["facts"])] for e in record["instruments"])
        put_csv(head, rows)
    else:
        _show_state(registry, record, day)


def _show_state(registry: Registry, record: Record, day: date) -> None:
    whose = f", by the acts of {registry.states[record['part_of']].name}" if record["part_of"] else ""
    _heading(f"{record['name']} ({record['state']}){whose}", registry, day)
    entries = record["instruments"]
    shown = [e for e in entries if e["periods"] or e["suspended"] or (e["facts"] and e["bound"] == "unknown")]
    head = ["instrument", "bound", "from", "to (last day)", "confidence", "remark"]
    put_table(
        head,
        ([e["instrument"], e["bound"], e["from"], _until(e), _mark(e["confidence"]), _remark(e)] for e in shown),
    )
    click.echo()
    _ranges(shown)
    rest = [e for e in entries if e not in shown]
    for bound, text in (("no", "Not bound"), ("unknown", "Not known")):
        for why in dict.fromkeys(e["why"] for e in rest if e["bound"] == bound):
            names = ", ".join(e["instrument"] for e in rest if e["bound"] == bound and e["why"] == why)
            click.echo(f"{text} ({WHY.get(why, why)}): {names}")
    if record["derogations"]:
        click.echo(f"Derogations running: {', '.join(record['derogations'])}")
    for entry in shown:
        for piece in entry.get("timeline", ()):
            since = piece["from"] or "always"
            basis = " ".join([piece["why"], *piece["facts"]]).strip()
            click.echo(f"{entry['instrument']:12} {since:10} {piece['bound']:9} {basis}")
    _show_sources(record.get("sources", ()))


def _show_sources(sources: Any) -> None:
    for fact in sources:
        source = fact["source"]
        click.echo(f"\n{fact['id']} [{_mark(fact['confidence'])}] effect {fact['effect_date'] or 'not known'}")
        click.echo(f"  {source['title']} {source['url']} {source['as_of']}".rstrip())
        if fact["note"]:
            click.echo(f"  {fact['note']}")


def _draw(registry: Registry, code: str, entries: list[Record], day: date, file: Path) -> None:
    from ratione.files import replaced
    from ratione.out.svg import timeline as drawing

    named = registry.states[code]
    whose, territory = (named.part_of, code) if named.part_of else (code, "")
    rows = [(e["instrument"], registry.timeline(whose, e["instrument"], territory)) for e in entries if e["periods"]]
    title = f"{named.name}: bound by what, as known on {registry.known_on or days.today()}"
    picture = drawing(title, rows, day, registry.known_on or days.today())
    try:
        replaced(file, lambda made: made.write_text(picture, "utf-8"))
    except OSError as error:
        stop(f"{file} cannot be written: {error.strerror or error}")
    click.echo(f"wrote {file}", err=True)


@click.command()
@click.argument("name", metavar="INSTRUMENT", shell_complete=complete_instrument)
@on_option
@known_option
@format_options("table", "json", "csv")
@registry_option
def parties(name: str, on: date | None, known: date | None, form: str, as_json: bool, path: Path | None) -> None:
    """Which States are bound by INSTRUMENT on a day.

    The count leaves out States of which it is contested or unknown; those are listed with that status.

    \b
    Examples:
      ratione parties ECHR --on 2022-09-15
      ratione parties ROME --json
      ratione parties ICCPR-OP1 --on 2023-02-08 --as-known-on 2022-12-01
    """
    registry = open_registry(path, known)
    code, day = find_instrument(registry, name), asked_day(on, known)
    record = parties_record(registry, code, day)
    head = ["state", "name", "from", "status", "confidence"]
    if as_json or form == "json":
        put_json({**stamp(registry, day), **record})
    elif form == "csv":
        put_csv([*head, "facts"], ([*(p[h] for h in head), ";".join(p["facts"])] for p in record["parties"]))
    else:
        _heading(f"Parties to {code}", registry, day)
        put_table(head, ([*(p[h] for h in head[:-1]), _mark(p["confidence"])] for p in record["parties"]))
        click.echo(
            f"\nbound: {record['count']}; contested: {record['contested']}; party since an unknown day: "
            f"{record['undated']}; deposited, not yet in force: {record['not_in_force']}"
        )
        listed = record["list"]
        complete = "complete" if listed["complete"] else "not complete: a State without a row may be bound"
        click.echo(f"the list is {complete}; seen up to {listed['as_of'] or 'an unknown day'} ({listed['basis']})")


@click.command()
@click.argument("name", metavar="INSTRUMENT", shell_complete=complete_instrument)
@on_option
@known_option
@format_options("table", "json")
@registry_option
def instrument(name: str, on: date | None, known: date | None, form: str, as_json: bool, path: Path | None) -> None:
    """The terms of INSTRUMENT, how many are bound, who left and who is leaving.

    \b
    Examples:
      ratione instrument ICCPR-OP1
      ratione instrument ECHR --json
    """
    registry = open_registry(path, known)
    code, day = find_instrument(registry, name), asked_day(on, known)
    record = instrument_record(registry, code, day)
    if as_json or form == "json":
        put_json({**stamp(registry, day), **record})
        return
    _heading(f"{code}: {record['terms']['name']}", registry, day)
    _show_terms(record["terms"])
    click.echo(f"bound: {record['count']}; contested: {record['contested']}; undated: {record['undated']}")
    for status in dict.fromkeys(p["status"] for p in record["parties"]):
        named = " ".join(p["state"] for p in record["parties"] if p["status"] == status)
        click.echo(f"{'parties' if status == 'undisputed' else status}: {named}")
    click.echo()
    rows = [[kind, s["state"], s["name"], s["to"], _mark(s["confidence"]), " ".join(s["facts"])]
            for kind in ("left", "leaving") for s in record[kind]]  # fmt: skip
    if rows:
        put_table(["", "state", "name", "last day", "confidence", "facts"], rows)


def _rule(terms: Record) -> str:
    """A rule of entry or exit in one line."""
    days_more, years = terms.get("plus_days"), terms.get("min_years")
    since = {"party": "as a party", "treaty": "of the treaty in force"}.get(terms.get("min_from", ""), "")
    parts = [
        terms["rule"],
        str(terms["n"] or ""),
        f"and {days_more} day{'' if days_more == 1 else 's'}" if days_more else "",
        f"not before {years} years {since}".rstrip() if years else "",
        f"({terms['authority']})" if terms["authority"] else "",
    ]
    return " ".join(filter(None, parts))


def _show_terms(terms: Record) -> None:
    entry, leave, listed = terms["entry"], terms["exit"], terms["list"]
    lines = [
        ("kind", terms["kind"]),
        ("depositary", terms["depositary"]),
        ("hangs on", ", ".join(filter(None, [terms["parent"], *(f["instrument"] for f in terms["follows"])]))),
        ("in force since", terms["in_force"]),
        ("entry", _rule(entry)),
        ("exit", _rule(leave)),
        ("complaint after the end on earlier facts", leave["earlier_facts"]),
        ("complaint pending at the end", leave["pending"]),
        ("on later facts", leave["later_facts"]),
        ("authority for these", leave["saved_authority"]),
        ("list complete", f"{'yes' if listed['complete'] else 'no'}, seen up to {listed['as_of'] or 'an unknown day'}"),
    ]
    for label, value in lines:
        if value:
            click.echo(f"{label}: {value}")


@click.group()
def registry() -> None:
    """Check, audit, compare and export the registry.

    \b
    Examples:
      ratione registry check
      ratione registry audit
    """


@registry.command()
@format_options("table", "json", "csv")
@registry_option
def check(form: str, as_json: bool, path: Path | None) -> None:
    """Every problem of the data, with file, line and reason; exit 1 if there is one.

    \b
    Examples:
      ratione registry check
      ratione registry check --registry my-registry/
      ratione registry check --json
    """
    from ratione.registry.lints import check as problems

    found = problems(path)
    if as_json or form == "json":
        put_json({**stamp(_readable(path), days.today()), "problems": [asdict(p) for p in found], "count": len(found)})
    elif form == "csv":
        put_csv(["file", "line", "reason"], ((p.file, p.line, p.reason) for p in found))
    else:
        for problem in found:
            click.echo(str(problem))
    click.echo(f"{len(found)} problem{'' if len(found) == 1 else 's'}", err=True)
    raise SystemExit(FOUND if found else 0)


def _readable(path: Path | None) -> Registry | None:
    try:
        return Registry.load(path)
    except DataError:
        return None


@registry.command()
@on_option
@format_options("table", "json", "csv")
@registry_option
def audit(on: date | None, form: str, as_json: bool, path: Path | None) -> None:
    """Per instrument: rows, unverified, contested, undated, and whether the list is complete.

    \b
    Examples:
      ratione registry audit
      ratione registry audit --json
    """
    from ratione.registry.lints import audit as table

    known = open_registry(path)
    day = asked_day(on, None)
    rows = [asdict(a) for a in table(known, day)]
    if as_json or form == "json":
        put_json({**stamp(known, day), "instruments": [{**r, "as_of": r["as_of"] and str(r["as_of"])} for r in rows]})
        return
    (put_csv if form == "csv" else put_table)(list(rows[0]), ([*r.values()] for r in rows))


@registry.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@format_options("table", "json")
@registry_option
def compare(file: Path, form: str, as_json: bool, path: Path | None) -> None:
    """What a newer table of facts would change: new, changed and missing rows, and which periods move.

    FILE is CSV with the columns state, instrument, event, act_date, effect_date, note, source_title, source_url,
    source_as_of, confidence. Exit 1 if anything differs.

    \b
    Examples:
      ratione registry compare newer.csv
    """
    from ratione.registry.comparing import compare as compared

    known = open_registry(path)
    try:
        record = compared(known, file.read_text("utf-8").removeprefix("\ufeff"), file.name)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        stop(f"{file.name}:{line}: is not UTF-8; accepted is UTF-8")
    except (DataError, OSError) as error:
        stop(str(error))
    if as_json or form == "json":
        put_json({**stamp(known, days.today()), **record})
    else:
        for kind in ("new", "changed", "missing"):
            for row in record[kind]:
                click.echo(f"{kind}: {row['fact']} {row['what']}".rstrip())
        for move in record["periods"]:
            click.echo(f"moves: {move['state']} {move['instrument']}: {move['before']} -> {move['after']}")
    click.echo(", ".join(f"{len(record[k])} {k}" for k in ("new", "changed", "missing")), err=True)
    raise SystemExit(FOUND if any(record[k] for k in ("new", "changed", "missing")) else 0)


@registry.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="csv", show_default=True, help="Output form.")
@registry_option
def export(target: Path, form: str, path: Path | None) -> None:
    """Write the registry to TARGET; csv makes a folder that --registry reads.

    \b
    Examples:
      ratione registry export my-registry/
      ratione registry export registry.sqlite --format sqlite
    """
    from ratione.registry.exporting import export as write

    try:
        write(open_registry(path), target, form, days.today())
    except ModuleNotFoundError as error:
        if error.name != "pyarrow":
            raise
        stop("Parquet needs pyarrow: pip install 'ratione[bulk]'")
    except FileExistsError as error:
        stop(str(error))
    except OSError as error:
        stop(f"{target} cannot be written: {error.strerror or error}")
    click.echo(f"wrote {target}", err=True)


registry.add_command(propose)
