"""The command read: what a report claims about States and bodies, held against the registry."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from ratione.cli.common import (
    REFUSED_ROWS,
    Day,
    asked_day,
    format_options,
    open_registry,
    put_json,
    put_table,
    registry_option,
    stamp,
    stop,
)
from ratione.press.endpoint import Endpoint, EndpointError, add_events
from ratione.press.extract import BIGGEST, Unreadable, decode, fetch, from_html, is_html
from ratione.press.model import Event, Reading
from ratione.press.reader import read as read_report
from ratione.press.reader import read_item
from ratione.registry.snapshot import Registry


@click.command()
@click.argument("source")
@click.option("--published", type=Day(), help="Day of publication: 'on Tuesday' is counted from it.")
@click.option("--lang", type=click.Choice(["en", "fr", "es", "pt", "ru"]), help="Language (default: guessed).")
@click.option("--consequences/--no-consequences", default=True, help="What follows from new and announced events.")
@click.option("--endpoint", envvar="RATIONE_ENDPOINT", help="Base URL of an OpenAI-compatible second reader (off).")
@click.option("--model", envvar="RATIONE_ENDPOINT_MODEL", help="Its model. The key is read from RATIONE_ENDPOINT_KEY.")
@format_options("table", "json", "jsonl")
@registry_option
def read(
    source: str,
    published: date | None,
    lang: str | None,
    consequences: bool,
    endpoint: str | None,
    model: str | None,
    form: str,
    as_json: bool,
    path: Path | None,
) -> None:
    """Read a report: FILE (text, HTML or JSON Lines of items), an http(s) URL, or - for standard input.

    Tells the changes of status that the report claims, who says so, and how they stand against the registry:
    confirmed, contradicted, premature, new or out_of_scope. Only a URL or --endpoint uses the network.

    \b
    Examples:
      ratione read article.txt --published 2022-03-15
      ratione read items.jsonl --format jsonl > readings.jsonl
    """
    form = "json" if as_json else form
    registry = open_registry(path)
    second = _second_reader(endpoint, model)
    more: dict[str, Any] = {"registry": registry}
    if consequences:
        more["consequence"] = _consequence(registry)
    refused = False
    try:
        for reading in _readings(source, published, lang or "", more):
            if second is not None and reading.text_quality.verdict != "unreadable":
                _ask_second(second, reading, registry, more)
            refused |= reading.text_quality.verdict == "unreadable"
            _put(reading, registry, form)
    except Unreadable as error:
        stop(str(error))
    if refused:
        raise SystemExit(REFUSED_ROWS)


def _readings(source: str, published: date | None, lang: str, more: dict[str, Any]) -> Iterator[Reading]:
    """The reports behind an argument, read one after the other."""
    url = source if source.startswith(("http://", "https://")) else ""
    data, charset = fetch(url) if url else (_bytes(source), "")
    text, encoding = decode(data, charset)
    if source.endswith((".jsonl", ".ndjson")) or (source == "-" and text.lstrip()[:1] == "{"):
        yield from _items(text, published, more)
        return
    title, told, page_lang = "", "", ""
    if is_html(text):
        page = from_html(text, url)
        text, title, told, page_lang = page.text, page.title, page.published, page.language
        title = "" if title and text.startswith(title) else title
    name = url or (source if source != "-" else "standard input")
    yield read_report(
        text,
        published or told or None,
        title=title,
        url=url,
        lang=lang or page_lang,
        id=name,
        encoding=encoding,
        **more,
    )


def _bytes(source: str) -> bytes:
    if source == "-":
        data = sys.stdin.buffer.read(BIGGEST + 1)
    else:
        file = Path(source)
        if not file.is_file():
            stop(f"there is no file {source!r}; accepted is a file, an http(s) address, or - for standard input")
        try:
            with file.open("rb") as opened:
                data = opened.read(BIGGEST + 1)
        except OSError as error:
            stop(f"{source} cannot be read: {error.strerror}")
    if len(data) > BIGGEST:
        stop(f"{source} is larger than {BIGGEST // 1_000_000} MB; split it")
    return data


def _items(text: str, published: date | None, more: dict[str, Any]) -> Iterator[Reading]:
    """The items of JSON Lines; a broken line is told on standard error and makes the exit code 3."""
    broken = 0
    for n, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            if not isinstance(item, dict):
                raise ValueError("no object")
            if published and not item.get("published"):
                item["published"] = published.isoformat()
            yield read_item(item, **more)
        except ValueError as error:
            broken += 1
            click.echo(f"line {n}: {error}; accepted is a JSON object with text or snippet", err=True)
    if broken:
        raise SystemExit(REFUSED_ROWS)


def _second_reader(endpoint: str | None, model: str | None) -> Endpoint | None:
    if not endpoint:
        return None
    if not model:
        stop("--endpoint needs --model (or RATIONE_ENDPOINT_MODEL)")
    import os

    return Endpoint(endpoint, model, os.environ.get("RATIONE_ENDPOINT_KEY", ""))


def _ask_second(second: Endpoint, reading: Reading, registry: Registry, more: dict[str, Any]) -> None:
    """Ask the configured endpoint too; what it adds is held against the registry like everything else."""
    from ratione import days
    from ratione.press.against import hold

    published = days.parse_day(reading.provenance.published) if reading.provenance.published else None
    try:
        dropped = add_events(reading, second, published)
    except EndpointError as error:
        click.echo(f"{reading.id}: {error}; only the built-in reader was used", err=True)
        return
    if dropped:
        click.echo(f"{reading.id}: {dropped} answers of the model failed the checks and were dropped", err=True)
    hold(reading, registry, published, more.get("consequence"))


def _consequence(registry: Registry) -> Callable[[Event], Any]:
    """What follows from an event, as plain data: the instruments that end or begin, from when, by what authority."""
    from ratione.whatif import hook

    follows = hook(registry)

    def plain(event: Event) -> dict[str, Any] | None:
        found = follows(event)
        if found is None:
            return None
        return {
            "status": found.status,
            "effects": [
                {
                    "instrument": e.instrument,
                    "state": e.state,
                    "change": e.change,
                    "from": e.start.isoformat(),
                    "authority": e.authority,
                    "hangs_on": e.hangs_on or None,
                    "earlier_facts": e.saved.earlier_facts if e.saved else None,
                }
                for e in found.effects
            ],
        }

    return plain


def _put(reading: Reading, registry: Registry, form: str) -> None:
    record = {**stamp(registry, asked_day(None, None)), **reading.as_dict()}
    if form == "json":
        put_json(record)
    elif form == "jsonl":
        click.echo(json.dumps(record, ensure_ascii=False, default=str))
    else:
        _show(reading)


def _show(reading: Reading) -> None:
    """A reading for people: what it claims, how that stands, and what else is in it."""
    quality, origin = reading.text_quality, reading.provenance
    if quality.verdict == "unreadable":
        click.echo(f"{reading.id}: {quality.note}", err=True)
        return
    told = [f"published {origin.published or 'on an unknown day'}", origin.outlet, origin.author, *origin.agencies]
    click.echo(f"{reading.id or origin.title}: {', '.join(filter(None, told))}")
    if quality.note:
        click.echo(quality.note, err=True)
    if not reading.events:
        click.echo("No change of any State's status is claimed.")
    else:
        head = ("state", "body", "event", "day", "effect", "time", "said by", "registry", "note")
        put_table(head, [_row(e) for e in reading.events])
    for statement in reading.statements:
        if statement.claim:
            click.echo(f"claim {statement.claim}: {statement.against_registry}: {statement.note}")
    for figure in reading.figures:
        click.echo(f"figure: {figure.bound} {figure.value:,.0f} {figure.counted} ({figure.source or 'the report'})")
    for act in reading.acts:
        click.echo(f"{act.kind}: {' / '.join(filter(None, (act.who, act.whom, act.about, act.date)))}")
    for issue in quality.issues:
        mended = f" -> {issue.repaired}" if issue.repaired else ""
        click.echo(f"text: {issue.kind}: {issue.original!r}{mended}")
    for event in reading.events:
        if event.proposal:
            click.echo(f"proposal: {event.proposal}")
    click.echo("")


def _row(event: Event) -> tuple[object, ...]:
    day = event.date or event.date_text
    effect = event.effect_date or event.effect_text
    note = "; ".join(filter(None, (event.note, event.fact)))
    return event.state, event.body, event.event, day, effect, event.time, event.speaker, event.against_registry, note
