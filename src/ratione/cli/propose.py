"""`registry propose`: facts that reports suggest, reviewed one by one and appended to a registry of the user's own."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ratione import days
from ratione.cli.common import stop
from ratione.registry.facts import COLUMNS, DataError
from ratione.registry.snapshot import Registry


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposed row and the report that it comes from."""

    row: dict[str, str]
    title: str
    url: str
    published: str


@click.command()
@click.argument("readings", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--registry",
    "path",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of a registry of your own, as `registry export` writes it. Never the one inside the package.",
)
@click.option("--accept", multiple=True, metavar="ID", help="Accept the proposal of this id without asking.")
@click.option("--list", "only_list", is_flag=True, help="Only show the proposals.")
def propose(readings: Path, path: Path, accept: tuple[str, ...], only_list: bool) -> None:
    """Review the new facts of READINGS (JSON Lines from `ratione read --format jsonl`).

    Each proposal is shown with the report it comes from; what you accept is appended to the registry at --registry,
    with confidence low and the report as source, and the whole is checked before anything is written.

    \b
    Examples:
      ratione registry propose readings.jsonl --registry my-registry
      ratione registry propose readings.jsonl --registry my-registry --accept GNB/ECOWAS/suspended/2025-11-27
    """
    if path.resolve() == _package_data().resolve():
        stop("the registry inside the package is not changed; export it first: ratione registry export FOLDER")
    found = list(_proposals(readings))
    known = Registry.load(path)
    new = [p for p in found if p.row["id"] not in known.facts]
    unknown = set(accept) - {p.row["id"] for p in new}
    if unknown:
        offered = ", ".join(p.row["id"] for p in new) or "none"
        stop(f"no such proposal: {', '.join(sorted(unknown))}; accepted is {offered}")
    chosen = []
    for proposed in new:
        _show(proposed)
        if only_list:
            continue
        if proposed.row["id"] in accept or (not accept and click.confirm("Append it?", default=False, err=True)):
            chosen.append(proposed)
    if chosen:
        _append(path, chosen)
    click.echo(f"{len(chosen)} of {len(new)} proposals appended", err=True)


def _package_data() -> Path:
    import ratione

    return Path(ratione.__file__).parent / "data"


def _proposals(readings: Path) -> Iterator[Proposed]:
    """The proposals of a file of readings, each id once; a broken line stops with its number."""
    seen: set[str] = set()
    for n, line in enumerate(readings.read_text("utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            reading: dict[str, Any] = json.loads(line)
            events = reading["events"]
            origin = reading.get("provenance") or {}
        except (ValueError, KeyError, TypeError):
            stop(f"{readings}, line {n}: no reading; accepted are lines of `ratione read --format jsonl`")
        for event in events:
            if not event.get("proposal"):
                continue
            cells = next(csv.reader(io.StringIO(event["proposal"])))
            if len(cells) != len(COLUMNS):
                stop(f"{readings}, line {n}: a proposal of {len(cells)} cells; accepted are {len(COLUMNS)}")
            row = dict(zip(COLUMNS, cells, strict=True))
            if row["id"] not in seen:
                seen.add(row["id"])
                url, title = origin.get("url") or "", origin.get("title") or reading.get("id") or ""
                yield Proposed(row, title, url, origin.get("published") or "")


def _show(proposed: Proposed) -> None:
    click.echo(proposed.row["id"])
    click.echo(f"  report: {proposed.title or '(no title)'} {proposed.published} {proposed.url}".rstrip())
    for name in ("act_date", "effect_date", "basis", "confidence", "source", "note"):
        if proposed.row[name]:
            click.echo(f"  {name}: {proposed.row[name]}")


def _append(path: Path, chosen: list[Proposed]) -> None:
    """Write the accepted rows into copies of the files, check the whole, and only then replace the files."""
    import shutil
    import tempfile

    from ratione.files import replaced
    from ratione.registry.exporting import manifest

    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / "registry"
        shutil.copytree(path, trial)
        changed = {_add_fact(trial, p.row) for p in chosen} | {_add_source(trial, p) for p in chosen}
        try:
            registry = Registry.load(trial)
        except DataError as error:
            stop(f"nothing was written; with these rows the registry would be broken:\n{error}")
        if (path / "manifest.json").is_file():
            stated = json.dumps(manifest(registry, days.today()), indent=1) + "\n"
            (trial / "manifest.json").write_text(stated, "utf-8")
            changed.add("manifest.json")
        for name in sorted(changed):
            text = (trial / name).read_bytes()
            replaced(path / name, lambda made, text=text: made.write_bytes(text))  # type: ignore[misc]


def _add_fact(folder: Path, row: dict[str, str]) -> str:
    name = f"facts/{row['instrument']}.csv"
    rows = _rows(folder / name)
    rows.append([row[column] for column in COLUMNS])
    at = {column: n for n, column in enumerate(COLUMNS)}
    rows.sort(key=lambda r: (r[at["state"]], r[at["act_date"]] or r[at["effect_date"]], r[at["event"]], r[at["id"]]))
    _write(folder / name, list(COLUMNS), rows)
    return name


def _add_source(folder: Path, proposed: Proposed) -> str:
    name = "sources.csv"
    with (folder / name).open(encoding="utf-8", newline="") as opened:
        head, *rows = list(csv.reader(opened))
    if not any(r[0] == proposed.row["source"] for r in rows):
        title = f"report: {proposed.title}" if proposed.title else "report"
        rows.append([proposed.row["source"], title, proposed.url, proposed.published])
        rows.sort()
        _write(folder / name, head, rows)
    return name


def _rows(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.reader(opened))[1:]


def _write(file: Path, head: list[str], rows: list[list[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)
