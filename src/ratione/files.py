"""Files and folders that are whole or not there: made under a temporary name, then renamed."""

from __future__ import annotations

import errno
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from secrets import token_hex

if sys.platform != "win32":
    import fcntl

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Have errors name the file that was asked for: not the temporary one, and not none where the disk is full."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL or f".{path.name}." in str(error.filename):
            error.filename = str(path)
        raise


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary name beside `path`, which takes its place if all goes well and goes if not; with its folder.

    Raises IsADirectoryError, before anything is worked out, where `path` is a folder.
    """
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder; accepted is the name of a file", str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{token_hex(4)}.part")
    with _naming(path):
        try:
            with _alive(temporary):
                yield temporary
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def _alive(temporary: Path) -> Iterator[None]:
    """Make a file and mark it as being written; the mark goes with the process, even where that is killed."""
    if sys.platform == "win32":
        yield
        return
    with temporary.open("xb") as file:
        with suppress(OSError):  # a file system without locks
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def sweep(path: Path) -> None:
    """Drop what processes that were killed left of a file they were writing; what another one is writing now stays."""
    for left in path.parent.glob(f".{escape(path.name)}.*.part"):
        if not _being_written(left):
            left.unlink(missing_ok=True)


def _being_written(temporary: Path) -> bool:
    if sys.platform == "win32":
        return False
    try:
        with temporary.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:  # gone meanwhile, or a file system without locks
        return False
    return False


def replaced(path: Path, write: Callable[[Path], object]) -> None:
    """Have `write` make a file or folder under a temporary name beside `path`, then put it in its place.

    A file never takes the place of a folder, nor a folder that of a file or of a folder that is not an earlier export:
    FileExistsError, and what was there stays. So it does whatever stops the writing.
    """
    path = Path(os.path.abspath(path))
    if path.is_dir() and any(path.iterdir()) and not (path / "manifest.json").is_file():
        raise FileExistsError(f"{path} is a folder without manifest.json: it is no earlier export and stays as it is")
    path.parent.mkdir(parents=True, exist_ok=True)
    with _naming(path), tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as nest:
        made, before = Path(nest) / path.name, Path(nest) / "before"
        write(made)
        if path.exists() and path.is_dir() != made.is_dir():
            here, wanted = ("folder", "file") if path.is_dir() else ("file", "folder")
            raise FileExistsError(f"{path} is a {here} and stays as it is; accepted is the name of a {wanted}")
        try:
            if path.is_dir():
                os.replace(path, before)
            os.replace(made, path)
        except BaseException:
            if before.exists() and not path.exists():
                os.replace(before, path)
            raise
