"""Commands on complaints in bulk: generate (made-up ones) and moved (what changed between two outputs)."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import click

from ratione.cli.common import keep_apart, open_registry, registry_option, stop
from ratione.cli.guard import Guarded

NEEDED = "this command needs the bulk extra: pip install 'ratione[bulk]'"


@click.command(cls=Guarded)
@click.argument("number", metavar="N", type=click.IntRange(min=0))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The Parquet file to write.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same complaints.")
@registry_option
def generate(number: int, output: Path, seed: int, path: Path | None) -> None:
    """Write N made-up complaints to a Parquet file, in realistic proportions. Nobody is behind them.

    \b
    Examples:
      ratione generate 100000 -o made-up.parquet
      ratione generate 3000000 -o made-up.parquet --seed 7
    """
    try:
        from ratione.bulk.generate import write
    except ImportError:
        stop(NEEDED)
    written = 0

    def told(rows: int) -> None:
        nonlocal written
        written += rows
        if sys.stderr.isatty():
            click.echo(f"\r{written:,} complaints", err=True, nl=written == number)

    write(output, number, seed, open_registry(path), told)


@click.command(cls=Guarded)
@click.argument("old", type=click.Path(path_type=Path, exists=True))
@click.argument("new", type=click.Path(path_type=Path, exists=True))
@click.option("--complaints", type=click.Path(path_type=Path, exists=True), help="The complaints, to find causes.")
@click.option("--old-registry", type=click.Path(path_type=Path, exists=True), help="The registry of OLD.")
@click.option("--new-registry", type=click.Path(path_type=Path, exists=True), help="The registry of NEW.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this Parquet file.")
def moved(
    old: Path,
    new: Path,
    complaints: Path | None,
    old_registry: Path | None,
    new_registry: Path | None,
    output: Path | None,
) -> None:
    """Which complaints changed status or last day between two bulk outputs, in which forum.

    With --complaints every changed one is assessed again under both registries, and the facts that differ are named;
    a registry that is not given is the one in use.

    \b
    Examples:
      ratione moved before.parquet after.parquet
      ratione moved before.parquet after.parquet --complaints docket.parquet --old-registry before/ -o moved.parquet
    """
    try:
        from ratione.bulk.moved import Causes, Move, Side, moves, write
    except ImportError:
        stop(NEEDED)
    keep_apart((old, new, complaints), (output,))
    try:
        before, after = Side.open(old), Side.open(new)
        found = ((move, ()) for move in moves(before, after))
        if complaints:
            registries = open_registry(old_registry), open_registry(new_registry)
            found = Causes(before, after, *registries, complaints).of(moves(before, after))  # type: ignore[assignment]
    except ValueError as error:
        stop(str(error))
    if output:
        click.echo(f"{write(found, output):,} verdicts moved", err=True)
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*Move.__dataclass_fields__, "facts"])
    for move, cause in found:
        row = [getattr(move, name) for name in Move.__dataclass_fields__]
        writer.writerow(["" if value is None else value for value in row] + [";".join(cause)])
