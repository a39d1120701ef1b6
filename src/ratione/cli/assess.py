"""Commands on complaints: assess (which bodies, until when) and explain (everything about one)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import click

from ratione.bulk import Unreadable, WorkerLost
from ratione.cli.common import (
    asked_day,
    keep_apart,
    known_option,
    on_option,
    open_registry,
    registry_option,
    stamp,
    stop,
)
from ratione.cli.guard import CRASHED, Guarded
from ratione.cli.intake import NEEDED, PARQUET, Intake, is_parquet
from ratione.complaint.model import Complaint

FORMATS = ("table", "json", "jsonl", "csv")
SUFFIXES = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".xlsx": "xlsx"}
EXPLAINED = {".txt": "text", ".md": "markdown", ".html": "html", ".htm": "html", ".json": "json"}
INTERRUPTED = 130


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


class Shard(click.ParamType[tuple[int, int]]):
    """One of several shares, as `i/n`."""

    name = "i/n"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Read the number of the share and how many there are."""
        if isinstance(value, tuple):
            return value
        index, _, count = value.partition("/")
        if not (index.isdecimal() and count.isdecimal() and 1 <= int(index) <= int(count)):
            self.fail(f"{value!r}; accepted is i/n with i from 1 to n, such as 2/8", param, ctx)
        return int(index), int(count)


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
@click.option("--shard", type=Shard(), metavar="I/N", help="Only this share of a Parquet file, for several machines.")
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
    shard: tuple[int, int] | None,
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
      ratione assess docket.parquet -o verdicts --shard 2/8
    """
    from ratione.assess.verdict import Assessor

    form = "json" if as_json else form
    keep_apart(files, (output, refused))
    registry = open_registry(path, known)
    day = asked_day(on, known)
    chosen = chosen_fora(fora)
    assessor = Assessor(registry, day, not no_presume, chosen)
    intake = Intake(files, verbose, refused)
    tabular = output is not None and (output.suffix == PARQUET or (_is_folder(output) and any(map(is_parquet, files))))
    if not tabular:
        for name, told in (("--level", level), ("--shard", shard)):
            if told:
                stop(f"{name} is of Parquet: accepted is -o FILE{PARQUET}, or -o FOLDER where FILE is Parquet")
    try:
        if output is not None and tabular:
            raise SystemExit(_bulk(output, assessor, intake, level or "verdicts", shard))
        with in_language(lang):
            if output:
                _to_file(output, assessor, intake, stamp(registry, day))
            else:
                _to_stdout(form, assessor, intake, stamp(registry, day), everything)
    except KeyboardInterrupt:
        stop("stopped; nothing was written" if output else "stopped", INTERRUPTED)
    except WorkerLost as error:
        left = "the same command goes on with the parts that are missing" if tabular else "nothing was written"
        stop(f"{error}; {left}", CRASHED)
    except Unreadable as error:
        stop(str(error))
    intake.report()
    raise SystemExit(intake.code)


def _is_folder(output: Path) -> bool:
    """Whether a name may be that of a folder of parts."""
    return output.suffix.lower() not in SUFFIXES and not output.is_file()


def _to_stdout(form: str, assessor: Any, intake: Intake, stamps: dict[str, str], everything: bool) -> None:
    from ratione.cli import many
    from ratione.out import verdicts as out
    from ratione.out.records import Answer

    if form == "table":
        _show(assessor, intake, everything)
    else:
        many.run(assessor, intake, out.SINKS[form](Answer(assessor, stamps), sys.stdout))


def _show(assessor: Any, intake: Intake, everything: bool) -> None:
    """A page for one complaint, a summary for several."""
    from ratione.cli import many
    from ratione.words.page import pages

    summary, alone = many.summarized(assessor, intake)
    if alone is not None:
        put_document(pages(assessor, alone, assessor.assess(alone), everything))
    elif summary.complaints:
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
    from ratione.cli import many
    from ratione.files import replaced
    from ratione.out import verdicts as out
    from ratione.out.records import Answer
    from ratione.out.summary import Summary

    form = SUFFIXES.get(output.suffix.lower())
    if form is None:
        stop(f"{output}: the suffix gives the format; accepted is {', '.join([*SUFFIXES, PARQUET])}")
    if output.is_dir():
        stop(f"{output}: a folder; accepted is the name of a file")
    summary = Summary(assessor)

    def write(made: Path) -> None:
        file: Any = nullcontext(made) if form == "xlsx" else made.open("w", encoding="utf-8", newline="")
        with file as target:
            many.run(assessor, intake, out.SINKS[form](Answer(assessor, stamps), target), summary)

    replaced(output, write)
    put_document(summary.document())
    click.echo(f"wrote {output}", err=True)


def _bulk(output: Path, assessor: Any, intake: Intake, level: str, shard: tuple[int, int] | None) -> int:
    """Verdicts into Parquet, through the kernel; the exit code."""
    from ratione.cli import many

    parquet = [path for path in intake.paths if is_parquet(path)]
    if not parquet and shard:
        stop("--shard takes a Parquet file: accepted is one Parquet FILE")
    if not parquet:
        if not many.to_parquet(output, assessor, intake, level):
            stop(NEEDED)
        intake.report()
        return intake.code
    if len(intake.paths) > 1:
        stop(f"{PARQUET} into {PARQUET} takes one FILE")
    try:
        from ratione.bulk.run import assess_file

        asked = assessor.asked
        return assess_file(
            parquet[0], output, registry=asked.registry, on=asked.on, fora=assessor.fora, presume=asked.presume,
            level=level, refused=intake.refused, shard=shard,
        )  # fmt: skip
    except ImportError:
        stop(NEEDED)
    except ValueError as error:
        stop(str(error))


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
    "--format", "form", type=click.Choice(("text", "markdown", "html", "json")),
    help="Output form (default: as the suffix of -o tells, else text).",
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
    form: str | None,
    lang: str,
    path: Path | None,
) -> None:
    """Everything about one complaint: each test with its authority, each day counted, each fact with its source.

    \b
    Examples:
      ratione explain examples/moscow.json
      ratione explain examples/docket.csv --id monaco --forum ECTHR
      ratione explain examples/docket.csv --id monaco -o monaco.html
    """
    from ratione.assess.verdict import Assessor
    from ratione.words.document import Document, as_html, as_markdown, as_text
    from ratione.words.explain import explanation

    keep_apart((file,), (output,))
    form = _explained_as("json" if as_json else form, output)
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


def _explained_as(form: str | None, output: Path | None) -> str:
    """The form asked for, else that of the suffix, else text; stops at a suffix that tells none."""
    if form or output is None:
        return form or "text"
    if found := EXPLAINED.get(output.suffix.lower()):
        return found
    stop(f"{output}: the suffix gives the format; accepted is {', '.join(EXPLAINED)}, or --format")


def _explained(assessor: Any, complaint: Complaint, verdicts: Any, stamps: dict[str, str]) -> str:
    import json

    from ratione.out.records import Answer, explain_record

    record = explain_record(Answer(assessor, stamps), complaint, verdicts)
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"


def _put(answer: str, output: Path | None) -> None:
    if output is None:
        click.echo(answer, nl=False)
        return
    from ratione.files import replaced

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
    if not found:
        intake.report()
    if not found:
        stop(f"{file}: no complaint {wanted!r}" if wanted else f"{file}: no complaint", intake.code or 2)
    if len(found) > 1 and wanted is None:
        stop(f"{file}: {count} complaints; --id tells which")
    intake.report()
    return found[0], intake.code
