"""The registry written out: as a folder that can be loaded again, or as JSON, Parquet or SQLite.

Everything is written beside its place and then renamed, so that nobody ever reads half a file.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from ratione import __version__
from ratione.files import replaced
from ratione.registry.facts import COLUMNS, Fact
from ratione.registry.snapshot import Registry


def manifest(registry: Registry, on: date) -> dict[str, Any]:
    """What names a snapshot: the SHA-256 of each file's rows in canonical form, and of all together."""
    return {"version": __version__, "day": on.isoformat(), "registry": registry.hash, "files": registry.files}


def plain(fact: Fact) -> dict[str, Any]:
    """A fact as text and lists, by the names of the columns."""
    return {name: _plain(getattr(fact, name)) for name in COLUMNS}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value


def export(registry: Registry, path: Path, form: str, on: date) -> None:
    """Write the registry to `path` in one of `FORMATS`; csv makes a folder that `Registry.load` reads.

    Raises ModuleNotFoundError for parquet where pyarrow is not installed, OSError where it cannot be written.
    """
    writers = {"csv": _csv, "json": _json, "parquet": _parquet, "sqlite": _sqlite}
    replaced(path, lambda made: writers[form](registry, made, on))


def _csv(registry: Registry, made: Path, on: date) -> None:
    (made / "facts").mkdir(parents=True)
    for name, text in registry.texts.items():
        (made / name).write_text(text, "utf-8", newline="")
    (made / "manifest.json").write_text(json.dumps(manifest(registry, on), indent=1) + "\n", "utf-8")


def _whole(registry: Registry) -> dict[str, list[dict[str, Any]]]:
    return {
        "facts": [plain(f) for f in registry.facts.values()],
        "instruments": [asdict(i) for i in registry.instruments.values()],
        "states": [asdict(s) for s in registry.states.values()],
        "sources": [asdict(s) for s in registry.sources.values()],
    }


def _json(registry: Registry, made: Path, on: date) -> None:
    whole = {"manifest": manifest(registry, on), **_whole(registry)}
    made.write_text(json.dumps(whole, default=str, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _parquet(registry: Registry, made: Path, on: date) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts, lists = pa.string(), pa.list_(pa.string())
    dates = {"act_date", "effect_date", "since", "until", "known_from"}
    kinds = [(n, pa.date32() if n in dates else lists if n in ("territory", "articles") else texts) for n in COLUMNS]
    stamp = {"ratione": json.dumps(manifest(registry, on))}
    facts = [{n: getattr(f, n) for n in COLUMNS} for f in registry.facts.values()]
    pq.write_table(pa.Table.from_pylist(facts, pa.schema(kinds, metadata=stamp)), made)


def _sqlite(registry: Registry, made: Path, on: date) -> None:
    try:
        _tables(registry, made)
    except sqlite3.OperationalError as error:
        raise OSError(str(error)) from None


def _tables(registry: Registry, made: Path) -> None:
    whole = _whole(registry)
    with sqlite3.connect(made) as base:
        for table, rows in whole.items():
            names = list(rows[0])
            base.execute(f"create table {table} ({', '.join(_column(n) for n in names)})")
            marks = ", ".join("?" * len(names))
            base.executemany(f"insert into {table} values ({marks})", ([_cell(r[n]) for n in names] for r in rows))
        base.execute("create table manifest (name text primary key, sha256 text)")
        base.executemany("insert into manifest values (?, ?)", [("registry", registry.hash), *registry.files.items()])
        base.execute("create index facts_state on facts (state, instrument)")
    base.close()


def _column(name: str) -> str:
    return f'"{name}" text primary key' if name in ("id", "code") else f'"{name}"'


def _cell(value: Any) -> Any:
    """A value as SQLite keeps it: lists of plain words joined by `;`, anything nested as JSON."""
    if isinstance(value, dict) or (isinstance(value, list | tuple) and any(isinstance(v, dict) for v in value)):
        return json.dumps(value, default=str)
    return ";".join(value) if isinstance(value, list | tuple) else str(value) if isinstance(value, date) else value
