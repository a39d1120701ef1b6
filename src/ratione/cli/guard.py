"""A command that never shows a complaint when it crashes.

Python's own traceback prints the message of an error, and that may hold a piece of what was read. Only the kind of the
error and the places in the program are told.
"""

from __future__ import annotations

from pathlib import Path
from traceback import extract_tb
from typing import Any

import click

CRASHED = 70  # EX_SOFTWARE of sysexits.h
_HERE = Path(__file__).parent.parent


class Guarded(click.Command):
    """A command that reads complaints."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; whatever it did not expect becomes a short message without values."""
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort, SystemExit, OSError):
            raise  # files that cannot be read or written are told by the group, for all commands
        except Exception as error:
            places = [f"{frame.filename}:{frame.lineno}" for frame in extract_tb(error.__traceback__)]
            ours = [p.removeprefix(f"{_HERE}/") for p in places if p.startswith(str(_HERE))]
            click.echo(
                f"ratione has failed: {type(error).__name__} at {' > '.join(ours[-4:])}. "
                "Nothing of the complaint is shown here; please report these words.",
                err=True,
            )
            raise SystemExit(CRASHED) from None
