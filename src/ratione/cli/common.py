"""What the commands share: options, the registry, names of States, tables, JSON, and the exit codes.

Exit codes: 0 answered; 1 a check found something; 2 wrong use; 3 answered, but some rows were refused.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from ratione import LAW, __version__, days
from ratione.registry.facts import DataError
from ratione.registry.snapshot import Registry

FOUND, WRONG_USE, REFUSED_ROWS = 1, 2, 3

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """An ISO day."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read one exact day; other formats are refused, never guessed."""
        if isinstance(value, date):
            return value
        try:
            return days.parse_day(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class KnownDay(Day):
    """A day of knowledge: not after today, for nobody knows what will be known then."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read one exact day up to today."""
        day = super().convert(value, param, ctx)
        if day > days.today():
            self.fail(
                f"{day} lies after today, {days.today()}, and what will be known then is not known; "
                "accepted is a day up to today. --on asks about a later day",
                param,
                ctx,
            )
        return day


def registry_option(command: F) -> F:
    """`--registry PATH`."""
    return click.option(
        "--registry",
        "path",
        type=click.Path(path_type=Path),
        envvar="RATIONE_REGISTRY",
        help="Folder of another registry (as `registry export` writes it).",
    )(command)


def on_option(command: F) -> F:
    """`--on DAY`."""
    return click.option("--on", type=Day(), help="The day asked about (default: the day of knowledge, else today).")(
        command
    )


def known_option(command: F) -> F:
    """`--as-known-on DAY`."""
    return click.option(
        "--as-known-on", "known", type=KnownDay(), help="Answer from what was known on that day; a notice is projected."
    )(command)


def format_options(*formats: str) -> Callable[[F], F]:
    """`--format F` and `--json`; the first format is the default."""

    def add(command: F) -> F:
        command = click.option("--json", "as_json", is_flag=True, help="Short for --format json.")(command)
        return click.option(
            "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True, help="Output form."
        )(command)

    return add


def stop(message: str, code: int = WRONG_USE) -> NoReturn:
    """Say what is wrong on standard error and stop."""
    click.echo(message, err=True)
    raise SystemExit(code)


def keep_apart(read: Iterable[str | Path | None], written: Iterable[Path | None]) -> None:
    """Stop before a file is written over one that is read, or over another that is written."""
    taken = {Path(path).resolve() for path in read if path is not None and str(path) != "-"}
    for path in written:
        if path is not None and path.resolve() in taken:
            stop(f"{path}: is read or written already; accepted is another name")
        if path is not None:
            taken.add(path.resolve())


def open_registry(path: Path | None, known: date | None = None) -> Registry:
    """The registry that the options name; broken data stops with file, line and reason."""
    try:
        registry = Registry.load(path)
    except DataError as error:
        stop(f"the registry{f' at {path}' if path else ''} cannot be used:\n{error}")
    if registry.outlived(known or days.today()):
        ends = f"the registry's sources end on {registry.seen_to}"
        click.echo(f"note: {ends}; what a State did after that is not in this answer", err=True)
    return registry.as_known_on(known) if known else registry


def asked_day(on: date | None, known: date | None) -> date:
    """The day asked about: as given, else the day of knowledge, else today."""
    return on or known or days.today()


def stamp(registry: Registry | None, on: date) -> dict[str, Any]:
    """What every JSON answer begins with: tool, day of the law text, hash of the registry, and the two days.

    The hash is None for a registry that cannot be read.
    """
    known = (registry and registry.known_on) or days.today()
    return {
        "tool": __version__,
        "law": LAW,
        "registry": registry.hash if registry else None,
        "on": on.isoformat(),
        "as_known_on": known.isoformat(),
    }


def folded(text: str) -> str:
    """A name without case, accents and marks, `&` and `St.` written out, for comparison."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    words = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split()
    return " ".join("saint" if word == "st" else word for word in words)


NEAR, SPREAD = 65, 15
"""How alike (of 100) a name must be to be suggested, and how much less so than the best one."""


def _near(text: str, names: dict[str, str]) -> list[str]:
    """The codes whose names hold the text as a whole word, else those spelled much like it, the likest first."""
    if len(text) > 3 and (holding := [n for n in names if f" {text} " in f" {n} "]):
        return list(dict.fromkeys(names[n] for n in sorted(holding, key=len)))
    from rapidfuzz import fuzz, process

    near = process.extract(text, names.keys(), scorer=fuzz.ratio, limit=5, score_cutoff=NEAR)
    return list(dict.fromkeys(names[name] for name, score, _ in near if score >= near[0][1] - SPREAD))


def _pick(text: str, names: dict[str, str], what: str, shown: Callable[[str], str]) -> str:
    """The code that a text names exactly; a near miss is suggested, never acted on."""
    if found := names.get(folded(text)):
        return found
    codes = _near(folded(text), names)[:3]
    hint = f" Did you mean {' or '.join(shown(code) for code in codes)}?" if codes else ""
    stop(f"No {what} is called {text!r}.{hint}")


def find_state(registry: Registry, text: str) -> str:
    """The code of a State from its code or one of its names; stops with a suggestion where there is none."""
    names: dict[str, str] = {}
    for code, state in registry.states.items():
        for name in (code, state.alpha2, state.name, *state.aliases):
            if name:
                names.setdefault(folded(name), code)
    return _pick(text, names, "State", lambda code: f"{registry.states[code].name} ({code})")


def find_instrument(registry: Registry, text: str) -> str:
    """The code of an instrument from its code or name; stops with a suggestion where there is none."""
    names: dict[str, str] = {}
    for code, terms in registry.instruments.items():
        for name in (code, terms.name, terms.short):
            names.setdefault(folded(name), code)
    return _pick(text, names, "instrument", lambda code: f"{code} ({registry.instruments[code].name})")


def put_json(answer: Any) -> None:
    """One JSON value on standard output."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1, default=str))


def put_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV table on standard output."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)


def put_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table for people: ruled on a terminal, plain columns elsewhere or under NO_COLOR.

    So too on a terminal so narrow that a code or a day would have to be cut.
    """
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        console = Console()
        words = [[len(word) for cell in column for word in cell.split()] for column in zip(head, *cells, strict=True)]
        if sum(3 + max(column, default=0) for column in words) < console.width:
            table = Table(*head)
            for row in cells:
                table.add_row(*map(Text, row))
            console.print(table)
            return
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
    for row in [list(head), *cells]:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def complete_state(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """State codes for the shell's completion, by code or name."""
    from click.shell_completion import CompletionItem

    try:
        states = Registry.load().states.values()
    except DataError:  # the command itself will say so
        return []
    start = folded(incomplete)
    named = [s for s in states if any(folded(n).startswith(start) for n in (s.code, s.name, *s.aliases))]
    return [CompletionItem(s.code, help=s.name) for s in named]


def complete_instrument(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
    """Instrument codes for the shell's completion."""
    from click.shell_completion import CompletionItem

    try:
        found = Registry.load().instruments.values()
    except DataError:
        return []
    return [CompletionItem(i.code, help=i.name) for i in found if i.code.startswith(incomplete.upper())]
