"""The command on what follows if a State leaves."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import click

from ratione import days
from ratione.cli.assess import in_language, language_option
from ratione.cli.common import (
    Day,
    KnownDay,
    complete_instrument,
    complete_state,
    find_instrument,
    find_state,
    format_options,
    keep_apart,
    open_registry,
    put_csv,
    put_json,
    put_table,
    registry_option,
    stamp,
    stop,
)
from ratione.cli.guard import Guarded
from ratione.cli.intake import Intake
from ratione.registry import Registry
from ratione.whatif.acts import ACTS, Act, check_effect, read_scenario

SUFFIXES = (".json", ".csv", ".xlsx", ".ics")


@click.command(cls=Guarded)
@click.argument("name", metavar="[STATE]", required=False, shell_complete=complete_state)
@click.argument("code", metavar="[INSTRUMENT]", required=False, shell_complete=complete_instrument)
@click.argument("act", metavar="[ACT]", required=False, type=click.Choice(ACTS))
@click.option("--on", type=Day(), help="The day on which the act is received (default: today).")
@click.option("--effect", type=Day(), help="The first day out, where an organ fixes it (expel).")
@click.option("--scenario", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Acts from a TOML file.")
@click.option(
    "--as-known-on", "known", type=KnownDay(),
    help="The registry as known on that day (default: the eve of a past act).",
)
@click.option("--complaints", multiple=True, metavar="FILE", help="A docket: which complaints are hit (- is stdin).")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file: .json, .csv, .xlsx, .ics.")
@click.option("--svg", type=click.Path(path_type=Path), help="Draw before and after into this file.")
@click.option("--refused", type=click.Path(path_type=Path), help="Write what was refused of the docket to this file.")
@format_options("table", "json", "csv")
@language_option
@registry_option
def whatif(
    name: str | None,
    code: str | None,
    act: str | None,
    on: date | None,
    effect: date | None,
    scenario: Path | None,
    known: date | None,
    complaints: tuple[str, ...],
    output: Path | None,
    svg: Path | None,
    refused: Path | None,
    form: str,
    as_json: bool,
    lang: str,
    path: Path | None,
) -> None:
    """What follows if STATE does ACT under INSTRUMENT: what ends and when, what is saved, who loses what.

    ACT is notice, denounce, withdraw-declaration, expel, suspend, revoke or accede. The registry is taken as it stood
    on the eve of an act that is past, else as it stands today.

    \b
    Examples:
      ratione whatif RUS COE notice --on 2022-03-15
      ratione whatif BLR ICCPR-OP1 denounce --on 2022-11-08 --json
      ratione whatif GBR ECHR denounce --svg gbr.svg
      ratione whatif RUS COE notice --on 2022-03-15 --complaints examples/docket.csv -o hit.xlsx
      ratione whatif --scenario march-2022.toml
    """
    keep_apart((*complaints, scenario), (output, svg, refused))
    registry = open_registry(path)
    if output and output.suffix not in SUFFIXES:
        stop(f"{output}: suffix {output.suffix!r}; accepted is {', '.join(SUFFIXES)}")
    if output and output.suffix == ".ics" and not complaints:
        stop(f"{output}: a calendar holds the last days of complaints; give --complaints FILE")
    if scenario:
        if name or on or effect:
            stop("give either STATE INSTRUMENT ACT or --scenario FILE")
        acts, told = _scenario(registry, scenario)
        known = known or told
    else:
        acts = [_act(registry, name, code, act, on, effect)]
    with in_language(lang):
        intake = Intake(complaints, False, refused) if complaints else None
        answer = _answer(registry, acts, known, intake)
        if svg:
            _save(svg, _picture(answer))
        _put(answer, output, "json" if as_json else form)
    if intake:
        intake.report()
        raise SystemExit(intake.code)


def _act(
    registry: Registry, name: str | None, code: str | None, act: str | None, on: date | None, effect: date | None
) -> Act:
    if not (name and code and act):
        stop(f"give STATE, INSTRUMENT and ACT (one of {', '.join(ACTS)}), or --scenario FILE")
    day = on or days.today()
    try:
        check_effect(act, day, effect, "--effect")
    except ValueError as error:
        stop(str(error))
    return Act(act, find_state(registry, name), find_instrument(registry, code), day, effect)


def _scenario(registry: Registry, file: Path) -> tuple[list[Act], date | None]:
    try:
        rows, known = read_scenario(file.read_text("utf-8"), file.name)
    except (ValueError, UnicodeDecodeError) as error:
        stop(str(error) if type(error) is ValueError else f"{file.name}: is not UTF-8")
    return [
        Act(
            row["act"], find_state(registry, row["state"]), find_instrument(registry, row["instrument"]),
            row["on"], row.get("effect"),
        )
        for row in rows
    ], known  # fmt: skip


def _answer(registry: Registry, acts: list[Act], known: date | None, intake: Intake | None) -> Any:
    from ratione.out.whatif import Answer
    from ratione.whatif import scenario

    found = scenario(registry, acts, known)
    return Answer(found, found.docket(intake) if intake else None)


def _stamp(answer: Any) -> dict[str, str]:
    found = answer.found
    return {**stamp(found.after, found.on), "as_known_on": found.known_on.isoformat()}


def _save(file: Path, content: str | bytes) -> None:
    from ratione.files import replaced

    data = content.encode() if isinstance(content, str) else content
    replaced(file, lambda made: made.write_bytes(data))
    click.echo(f"wrote {file}", err=True)


def _put(answer: Any, output: Path | None, form: str) -> None:
    if output is None:
        if form == "json":
            put_json({**_stamp(answer), **answer.record()})
        elif form == "csv":
            put_csv(*_flat(answer))
        else:
            _show(answer)
    elif output.suffix == ".json":
        text = json.dumps({**_stamp(answer), **answer.record()}, ensure_ascii=False, indent=1)
        _save(output, text + "\n")
    elif output.suffix == ".csv":
        made = io.StringIO()
        head, rows = _flat(answer)
        csv.writer(made, lineterminator="\n").writerows([head, *rows])
        _save(output, made.getvalue())
    elif output.suffix == ".ics":
        _save(output, _calendar(answer))
    else:
        _workbook(answer, output)


def _flat(answer: Any) -> tuple[list[str], list[list[Any]]]:
    """The one table of CSV: complaints where a docket is given, else bodies."""
    from ratione.out.whatif import COMPLAINT_COLUMNS, FORUM_COLUMNS, complaint_row, forum_row

    if answer.docket:
        head, rows = list(COMPLAINT_COLUMNS), [complaint_row(h) for h in answer.docket.hits]
    else:
        head, rows = list(FORUM_COLUMNS), [forum_row(b) for b in answer.found.bodies]
    return [*head, *(stamps := _stamp(answer))], [[*(r[c] for c in head), *stamps.values()] for r in rows]


def _workbook(answer: Any, output: Path) -> None:
    from ratione.files import replaced
    from ratione.out import xlsx
    from ratione.out.whatif import COMPLAINT_COLUMNS, FORUM_COLUMNS, complaint_row, forum_row

    record = answer.record()
    effects = ["state", "instrument", "change", "from", "undone", "hangs_on", "authority", "confidence"]
    sheets: dict[str, Any] = {}
    if answer.docket:
        hits = [complaint_row(h) for h in answer.docket.hits]
        sheets["complaints"] = (COMPLAINT_COLUMNS, [[r[c] for c in COMPLAINT_COLUMNS] for r in hits])
    sheets["effects"] = (effects, [[e[c] for c in effects] for e in record["effects"]])
    bodies = [forum_row(b) for b in answer.found.bodies]
    sheets["fora"] = (FORUM_COLUMNS, [[r[c] for c in FORUM_COLUMNS] for r in bodies])
    rights = ["state", "right", "label", "outcome"]
    sheets["rights"] = (
        [*rights, "lost", "binding after", "other after"],
        [
            [*(r[c] for c in rights), *(";".join(x) for x in (r["lost"], r["after"]["binding"], r["after"]["other"]))]
            for r in record["rights"]
        ],
    )
    sheets["about"] = (["stamp", "value"], list(map(list, _stamp(answer).items())))
    replaced(output, lambda made: xlsx.write(made, sheets))
    click.echo(f"wrote {output}", err=True)


def _calendar(answer: Any) -> bytes:
    from ratione.out.ics import LastDay, calendar

    return calendar(
        [
            LastDay(f"{h.complaint}\x1f{h.respondent}\x1f{h.forum.key}", h.last_day, f"{h.complaint}: {h.forum.key}")
            for h in answer.docket.hits
            if h.last_day and h.savable
        ],
        days.today(),
    )


def _picture(answer: Any) -> str:
    from ratione.out.svg import consequence

    found = answer.found
    rows = [
        (f"{e.state} {e.instrument}" if len(found.states) > 1 else e.instrument,
         found.before.timeline(e.state, e.instrument), found.after.timeline(e.state, e.instrument))
        for e in found.effects
    ]  # fmt: skip
    marks = {(r.act.on, f"{r.act.state} {r.act.instrument}: {r.act.act}") for r in found.rulings}
    told: set[tuple[str, date, Any]] = set()
    for e in found.effects:
        same = (e.state, e.start, e.range)
        if same not in told:
            told.add(same)
            ends = [(end.effect, f"{e.instrument}: {end.reading}") for end in e.range if end.effect]
            marks.update(ends or [(e.start, f"{e.instrument}: {e.change}")])
    for b in found.bodies:
        if b.facts_until:
            marks.add((b.facts_until, f"{b.forum.key}: last day of facts"))
        if b.submit_until:
            marks.add((b.submit_until, f"{b.forum.key}: last day to submit"))
    states = ", ".join(answer.words.state(s) for s in found.states)
    title = f"{states}: what if, as known on {found.known_on}"
    return consequence(title, rows, sorted(marks), ("before", "after"))


# ---- for people --------------------------------------------------------------------------------------------------
def _show(answer: Any) -> None:
    found = answer.found
    hash_ = found.after.hash[:12]
    click.echo(f"What if, as known on {found.known_on} (registry {hash_})\n")
    for ruling in found.rulings:
        act = ruling.act
        click.echo(f"{answer.words.state(act.state)}, {act.instrument}: {act.act}, received {act.on}")
        head = {"forbidden": "Forbidden. ", "unknown": "Cannot say. ", "already": "Nothing more follows. "}
        click.echo(f"  {head.get(ruling.status, '')}{answer.rule(ruling)}")
        if ruling.authority:
            click.echo(f"  Authority: {ruling.authority}")
    for kept in found.goes_on:
        click.echo(f"  Goes on: {kept.instrument} ({kept.authority})")
    if found.effects:
        _show_effects(answer)
        _show_bodies(answer)
        _show_rights(answer)
    if answer.docket:
        _show_docket(answer)


def _show_effects(answer: Any) -> None:
    click.echo("\nWhat changes")
    effects = answer.found.effects
    rows = [[e.state, e.instrument, answer.change(e), e.hangs_on, _unsure(e.confidence)] for e in effects]
    put_table(["state", "instrument", "change", "hangs on", "sure"], rows)
    click.echo()
    seen: set[str] = set()
    for e in effects:
        lines = [f"  to {end.to or 'no end'}: {end.reading} ({end.authority})" for end in e.range]
        text = "\n".join(lines)
        if text and text not in seen:
            seen.add(text)
            click.echo(f"{e.instrument}, last day bound by reading:\n{text}")
    _show_saved(effects)


def _show_saved(effects: Iterable[Any]) -> None:
    groups: dict[str, list[str]] = defaultdict(list)
    for e in effects:
        if e.saved and e.saved.earlier_facts != "not_applicable":
            s = e.saved
            where = f" ({s.authority}{'' if s.verified else ', unverified'})" if s.authority else " (unverified)"
            text = (
                f"earlier facts, complaint later: {s.earlier_facts}; submitted before or pending: {s.pending}; "
                f"later facts: {s.later_facts}{where}"
            )
            groups[text].append(e.instrument)
    for text, codes in groups.items():
        click.echo(f"{', '.join(dict.fromkeys(codes))}: {text}")


def _unsure(confidence: str) -> str:
    return "low: unverified" if confidence == "low" else confidence


def _or_later(safe: date | None, arguable: date | None) -> str:
    return "" if safe is None else f"{safe} (arguable to {arguable})" if arguable else str(safe)


def _show_bodies(answer: Any) -> None:
    bodies = answer.found.bodies
    touched = [b for b in bodies if b.touched]
    click.echo("\nBefore which bodies")
    if touched:
        head = ["state", "body", "facts count to", "submit by", "advice"]
        put_table(
            head,
            [
                [b.state, b.forum.key, _or_later(b.facts_until, b.facts_arguable) or _gain(b),
                 _or_later(b.submit_until, b.submit_arguable), answer.advice(b)]
                for b in touched
            ],
        )  # fmt: skip
        for b in touched:
            texts = [*dict.fromkeys(answer.reason(b, r) for r in b.why), *(f"[{c}]" for c in answer.clauses(b))]
            if texts:
                click.echo(f"{b.forum.key}: {' '.join(texts)}")
    for state in answer.found.states:
        rest = [b.forum.key for b in bodies if b.state == state and not b.touched and b.after in ("open", "arguable")]
        click.echo(f"{state}: as before, as far as the State's acts decide: {', '.join(rest) or 'none'}")


def _gain(body: Any) -> str:
    if not body.facts_from and not body.submit_from:
        return ""
    since = [f"facts from {body.facts_from}"] if body.facts_from else []
    return "opens: " + ", ".join([*since, *([f"submission from {body.submit_from}"] if body.submit_from else [])])


def _show_rights(answer: Any) -> None:
    from ratione.out.whatif import OUTCOMES
    from ratione.words.language import _

    click.echo("\nRights, for facts after everything has happened")
    rights = answer.found.rights
    for outcome, text in OUTCOMES.items():
        names = [r.right for r in rights if r.outcome == outcome]
        if names:
            click.echo(f"{len(names)} {_(text)}" + (f": {', '.join(names)}" if outcome != "unchanged" else ""))


def _show_docket(answer: Any) -> None:
    from ratione.out.whatif import LOSSES
    from ratione.words.language import _

    docket = answer.docket
    click.echo(f"\nComplaints, as if asked on {docket.on}: {docket.hit} of {docket.assessed} lose something")
    if docket.hits:
        head = ["id", "against", "body", "loses", "status", "last day", "was", "sure"]
        rows = [
            [h.complaint, h.respondent, h.forum.key, ", ".join(_(LOSSES[x]) for x in h.loses),
             h.status_after if h.status_after == h.status_before else f"{h.status_before} -> {h.status_after}",
             _or_later(h.last_day, h.last_day_arguable), h.last_day_before or "",
             _unsure(h.confidence) + (", readings differ" if h.contested else "")]
            for h in docket.hits
        ]  # fmt: skip
        put_table(head, rows)
