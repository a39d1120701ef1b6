"""Imports point one way: between the packages of ratione, and between the rooms and modules of bulk; types included."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "ratione"
ORDER = ("days", "files", "registry", "law", "rules", "fora", "complaint", "assess", "bulk", "words", "out", "web")
LEVEL = {name: 2 * i for i, name in enumerate(ORDER)}
LEVEL |= {"whatif": LEVEL["bulk"], "spark": LEVEL["bulk"] + 1, "cli": LEVEL["web"]}
#: press knows the registry, not the fora.
PRESS = {"press", "registry", "days", "law", "complaint"}


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "ratione":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("ratione.")}
    return {name for name in found if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()}


@pytest.mark.parametrize(
    "file", sorted(PACKAGE.rglob("*.py")), ids=lambda f: str(f.relative_to(PACKAGE).with_suffix(""))
)
def test_imports_point_one_way(file: Path) -> None:
    own = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own in ("__init__", "__main__"):
        return
    for name in imported(file):
        if own == "press":
            assert name in PRESS, f"press imports {name}"
        elif own != "cli":
            assert name != "press", f"{own} imports press"
            assert LEVEL[name] <= LEVEL[own], f"{own} imports {name}"


# ---- inside bulk -----------------------------------------------------------------------------------------------------
BULK = PACKAGE / "bulk"
#: In order: a room imports from itself and from those before it; so do the modules that stand beside the rooms.
ROOMS = ("arrays", "facts", "states", "rules", "reading", "rows", "levels", "clocks", "looks")
BESIDE = ("memory", "progress", "report", "sharing", "generate", "kernel", "output", "moved", "run", "many", "spark")
PLACE = {name: n for n, name in enumerate(("__init__", *ROOMS, *BESIDE))}
MODULES = {
    ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts): file for file in sorted(BULK.rglob("*.py"))
}


def place(module: str) -> int:
    return PLACE[module.split(".")[2]]


def modules_of_bulk(file: Path) -> set[str]:
    """The modules of bulk that a file imports, wherever in it and for whatever."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{file.name}:{node.lineno}: a relative import"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else node.module or "" for name in names}
    return {name if name in MODULES else f"{name}.__init__" for name in found} & set(MODULES)


def test_every_room_has_its_place() -> None:
    assert {name.split(".")[2] for name in MODULES} == set(PLACE)


@pytest.mark.parametrize("module", MODULES, ids=lambda name: name.removeprefix("ratione.bulk."))
def test_rooms_of_bulk_are_in_order(module: str) -> None:
    later = [name for name in modules_of_bulk(MODULES[module]) if place(name) > place(module)]
    assert later == [], f"{module} imports from a later room"


def test_modules_of_bulk_are_in_order() -> None:
    TopologicalSorter({name: modules_of_bulk(file) for name, file in MODULES.items()}).prepare()
