"""Commands on complaints: assess (which bodies, until when) and explain (everything about one)."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import click

from ratione.cli.common import (
    REFUSED_ROWS,
    asked_day,
    known_option,
    on_option,
    open_registry,
    registry_option,
    stamp,
    stop,
)
from ratione.cli.guard import Guarded
from ratione.complaint.draft import Refusal
from ratione.complaint.model import Complaint

FORMATS = ("table", "json", "jsonl", "csv")
SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".xlsx": "xlsx"}
PARQUET = ".parquet"
#: From so many complaints on the bulk kernel is worth its start.
MANY = 3000
SHOWN_REFUSALS = 20


def language_option(command: Any) -> Any:
    """`--lang CODE`."""
    return click.option(
        "--lang", envvar="RATIONE_LANG", default="en", show_default=True, help="Language of the words, as a catalogue."
    )(command)


def in_language(code: str) -> Any:
    """The language as a context; stops where it has no catalogue."""
    from ratione.words.language import available, language

    if code not in available():
        stop(f"there is no catalogue for {code!r}; accepted is {', '.join(available())}")
    return language(code)


def chosen_fora(names: Sequence[str]) -> Any:
    """The fora that the options name by code or code/route; all where none is named."""
    from ratione.fora import FORA

    wanted = [name.upper() for name in names]
    known = {key.upper() for forum in FORA for key in (forum.code, forum.key)}
    for name, written in zip(wanted, names, strict=True):
        if name not in known:
            stop(f"no body is called {written!r}; accepted is {', '.join(dict.fromkeys(f.key for f in FORA))}")
    return tuple(f for f in FORA if not wanted or f.code.upper() in wanted or f.key.upper() in wanted)


class Intake:
    """Complaints from several files, one after the other, and what was refused on the way."""

    def __init__(self, paths: Sequence[str], verbose: bool) -> None:
        self.paths, self.verbose = paths, verbose
        self.refusals: list[Refusal] = []
        self.count = 0

    def __iter__(self) -> Iterator[Complaint]:
        from ratione.complaint.read import read

        for path in self.paths:
            before, started = self.count, time.monotonic()
            for item in read(path):
                if isinstance(item, Refusal):
                    self.refusals.append(item)
                else:
                    self.count += 1
                    if self.count == MANY:
                        click.echo(f"more than {MANY:,} complaints: -o FILE{PARQUET} is much faster", err=True)
                    yield item
                    self._progress(started)
            if self.verbose:
                spent = time.monotonic() - started
                click.echo(f"{path}: {self.count - before} complaints in {spent:.2f} s", err=True)
        if self.count > 500 and sys.stderr.isatty():
            click.echo("\r\033[K", err=True, nl=False)

    def _progress(self, started: float) -> None:
        if self.count % 100 == 0 and self.count >= 500 and sys.stderr.isatty():
            rate = self.count / max(time.monotonic() - started, 0.01)
            click.echo(f"\r{self.count:,} complaints, {rate:,.0f} a second", err=True, nl=False)

    def report(self, path: Path | None) -> None:
        """Write or show what was refused, and its count."""
        if not self.refusals:
            return
        rows = sum(r.whole for r in self.refusals)
        if path:
            _write_refusals(path, self.refusals)
        else:
            for refusal in self.refusals[:SHOWN_REFUSALS]:
                click.echo(_told(refusal), err=True)
            if len(self.refusals) > SHOWN_REFUSALS:
                click.echo(f"and {len(self.refusals) - SHOWN_REFUSALS} more; --refused FILE writes them all", err=True)
        where = f"; see {path}" if path else ""
        click.echo(f"refused: {rows} rows, {len(self.refusals) - rows} fields{where}", err=True)

    @property
    def code(self) -> int:
        """The exit code: 3 where a row was refused."""
        return REFUSED_ROWS if any(r.whole for r in self.refusals) else 0


def _told(refusal: Refusal) -> str:
    """A refusal for standard error; the value only where it refused the row: a refused field may be free text."""
    if refusal.whole:
        return str(refusal)
    row = f"row {refusal.row}" if refusal.row else ""
    where = ", ".join(part for part in (refusal.file, row, refusal.column) if part)
    return f"{where}: {refusal.reason} (counts as unknown)"


def _write_refusals(path: Path, refusals: Sequence[Refusal]) -> None:
    import csv

    from ratione.registry.exporting import replaced

    def write(made: Path) -> None:
        with made.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["file", "row", "column", "value", "reason", "refused"])
            for r in refusals:
                writer.writerow([r.file, r.row or "", r.column, r.value, r.reason, "row" if r.whole else "field"])

    replaced(path, write)


@click.command(cls=Guarded)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@on_option
@known_option
@click.option("--forum", "fora", multiple=True, help="Only this body (code, or code/route); may be repeated.")
@click.option("--no-presume", is_flag=True, help="Take nothing for granted: what is not stated is unknown.")
@click.option("--all", "everything", is_flag=True, help="Unfold the bodies that are closed.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file; the suffix tells how.")
@click.option("--refused", type=click.Path(path_type=Path), help="Write what could not be read to this CSV file.")
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default=FORMATS[0], show_default=True, help="Output form."
)
@click.option("--level", type=click.Choice(("verdicts", "tests", "long")), help="What bulk output holds (Parquet).")
@click.option("-v", "--verbose", is_flag=True, help="Tell files, counts and times on standard error.")
@language_option
@registry_option
def assess(
    files: tuple[str, ...],
    on: date | None,
    known: date | None,
    fora: tuple[str, ...],
    no_presume: bool,
    everything: bool,
    output: Path | None,
    refused: Path | None,
    as_json: bool,
    form: str,
    level: str | None,
    verbose: bool,
    lang: str,
    path: Path | None,
) -> None:
    """Which body can still hear each complaint in FILE, until which day, and why.

    FILE is JSON, JSON Lines, CSV, XLSX, ODS or Parquet (docs/complaint.md); `-` is standard input. One complaint gives
    a page, several a summary. Exit code 3 if rows were refused.

    \b
    Examples:
      ratione assess examples/moscow.json
      ratione assess examples/moscow.json --on 2022-11-22 --all
      ratione assess examples/docket.csv --format jsonl
      ratione assess examples/docket.csv -o verdicts.xlsx --refused refused.csv
    """
    from ratione.assess.verdict import Assessor

    form = "json" if as_json else form
    registry = open_registry(path, known)
    day = asked_day(on, known)
    chosen = chosen_fora(fora)
    if level or (output and output.suffix == PARQUET) or any(map(_is_parquet, files)):
        raise SystemExit(_bulk(files, output, registry, day, chosen, not no_presume, level, refused))
    assessor = Assessor(registry, day, not no_presume, chosen)
    intake = Intake(files, verbose)
    with in_language(lang):
        if output:
            _to_file(output, assessor, intake, stamp(registry, day))
        else:
            _to_stdout(form, assessor, intake, stamp(registry, day), everything)
    intake.report(refused)
    raise SystemExit(intake.code)


def _is_parquet(name: str) -> bool:
    """Whether a file is Parquet, by its first bytes."""
    path = Path(name)
    if name == "-" or not path.is_file():
        return name.endswith(PARQUET)
    with path.open("rb") as file:
        return file.read(4) == b"PAR1"


def _to_stdout(form: str, assessor: Any, intake: Intake, stamps: dict[str, str], everything: bool) -> None:
    from ratione.out import verdicts as out
    from ratione.out.records import Answer

    if form == "table":
        _show(assessor, intake, everything)
        return
    out.run(assessor, intake, out.SINKS[form](Answer(assessor, stamps), sys.stdout))


def _show(assessor: Any, intake: Intake, everything: bool) -> None:
    """A page for one complaint, a summary for several."""
    from ratione.out.summary import Summary
    from ratione.words.page import pages

    summary = Summary(assessor)
    first: tuple[Complaint, Any] | None = None
    for complaint in intake:
        verdicts = assessor.assess(complaint)
        first = first or (complaint, verdicts)
        summary.add(complaint, verdicts)
    if first and intake.count == 1:
        put_document(pages(assessor, *first, everything))
    elif intake.count:
        put_document(summary.document())


def put_document(document: Any) -> None:
    """A page on standard output, as wide as the terminal but not wider than is good to read."""
    import os
    import shutil

    from ratione.words.document import WIDTH, as_text

    terminal = sys.stdout.isatty()
    width = min(WIDTH, shutil.get_terminal_size().columns) if terminal else WIDTH
    bold = terminal and "NO_COLOR" not in os.environ
    click.echo(as_text(document, width, (lambda text: click.style(text, bold=True)) if bold else str), nl=False)


def _to_file(output: Path, assessor: Any, intake: Intake, stamps: dict[str, str]) -> None:
    """Verdicts into a file, written under a temporary name first; a summary on standard output."""
    from ratione.out import verdicts as out
    from ratione.out.records import Answer
    from ratione.out.summary import Summary
    from ratione.registry.exporting import replaced

    form = SUFFIXES.get(output.suffix.lower())
    if form is None:
        stop(f"{output}: the suffix gives the format; accepted is {', '.join([*SUFFIXES, PARQUET])}")
    summary = Summary(assessor)

    def write(made: Path) -> None:
        file: Any = nullcontext(made) if form == "xlsx" else made.open("w", encoding="utf-8", newline="")
        with file as target:
            out.run(assessor, intake, out.SINKS[form](Answer(assessor, stamps), target), summary)

    replaced(output, write)
    put_document(summary.document())
    click.echo(f"wrote {output}", err=True)


def _bulk(
    files: Sequence[str],
    output: Path | None,
    registry: Any,
    day: date,
    fora: Any,
    presume: bool,
    level: str | None,
    refused: Path | None,
) -> int:
    """Hand a large run to the bulk kernel."""
    try:
        from ratione.bulk import assess_file
    except ImportError:
        stop("Parquet and large runs need the bulk extra: pip install 'ratione[bulk]'")
    if len(files) != 1 or output is None:
        stop("bulk runs take one FILE and -o FILE")
    return int(
        assess_file(
            files[0], output, registry=registry, on=day, fora=fora, presume=presume, level=level, refused=refused
        )
    )


@click.command(cls=Guarded)
@click.argument("file", metavar="FILE")
@click.option("--id", "wanted", help="The complaint to explain; may be left out where the file holds only one.")
@click.option("--forum", "fora", multiple=True, help="Only this body (code, or code/route); may be repeated.")
@on_option
@known_option
@click.option("--no-presume", is_flag=True, help="Take nothing for granted: what is not stated is unknown.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--json", "as_json", is_flag=True, help="Short for --format json.")
@click.option(
    "--format", "form", type=click.Choice(("text", "markdown", "html", "json")), default="text", show_default=True,
    help="Output form.",
)  # fmt: skip
@language_option
@registry_option
def explain(
    file: str,
    wanted: str | None,
    fora: tuple[str, ...],
    on: date | None,
    known: date | None,
    no_presume: bool,
    output: Path | None,
    as_json: bool,
    form: str,
    lang: str,
    path: Path | None,
) -> None:
    """Everything about one complaint: each test with its authority, each day counted, each fact with its source.

    \b
    Examples:
      ratione explain examples/moscow.json
      ratione explain examples/docket.csv --id monaco --forum ECTHR
      ratione explain examples/docket.csv --id monaco --format html -o monaco.html
    """
    from ratione.assess.verdict import Assessor
    from ratione.words.document import Document, as_html, as_markdown, as_text
    from ratione.words.explain import explanation

    form = "json" if as_json else form
    registry = open_registry(path, known)
    day = asked_day(on, known)
    assessor = Assessor(registry, day, not no_presume, chosen_fora(fora))
    complaint, code = _one(file, wanted)
    with in_language(lang):
        verdicts = assessor.assess(complaint)
        if form == "json":
            answer = _explained(assessor, complaint, verdicts, stamp(registry, day))
        else:
            document = explanation(assessor, complaint, verdicts)
            forms: dict[str, Callable[[Document], str]] = {
                "text": as_text,
                "markdown": as_markdown,
                "html": lambda made: as_html(made, lang),
            }
            answer = forms[form](document)
    _put(answer, output)
    raise SystemExit(code)


def _explained(assessor: Any, complaint: Complaint, verdicts: Any, stamps: dict[str, str]) -> str:
    import json

    from ratione.out.records import Answer, explain_record

    record = explain_record(Answer(assessor, stamps), complaint, verdicts)
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _put(answer: str, output: Path | None) -> None:
    if output is None:
        click.echo(answer, nl=False)
        return
    from ratione.registry.exporting import replaced

    replaced(output, lambda made: made.write_text(answer, "utf-8"))
    click.echo(f"wrote {output}", err=True)


def _one(file: str, wanted: str | None) -> tuple[Complaint, int]:
    """The complaint asked for; stops where it is not there or not told which."""
    intake = Intake([file], False)
    found: list[Complaint] = []
    count = 0
    for complaint in intake:
        count += 1
        if wanted is None or complaint.id == wanted:
            found = [*found[:1], complaint]
    if not found and intake.refusals:
        intake.report(None)
    if not found:
        stop(f"{file}: no complaint {wanted!r}" if wanted else f"{file}: no complaint", intake.code or 2)
    if len(found) > 1 and wanted is None:
        stop(f"{file}: {count} complaints; --id tells which")
    intake.report(None)
    return found[0], intake.code
