"""The command line: one file per group of commands, each loaded only when it is asked for."""

from __future__ import annotations

import signal
import threading
from importlib import import_module
from importlib.util import find_spec
from types import FrameType
from typing import Any, NoReturn

import click

from ratione import __version__

COMMANDS = {
    "assess": "assess",
    "explain": "assess",
    "forum": "forum",
    "whatif": "whatif",
    "moved": "bulk",
    "generate": "bulk",
    "read": "read",
    "state": "registry",
    "parties": "registry",
    "instrument": "registry",
    "registry": "registry",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are named; a module that is not there is not listed."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; a file that cannot be read or written is told, exit code 2. A closed pipe ends quietly."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except FileExistsError as error:
            click.echo(str(error), err=True)
        except OSError as error:
            click.echo(f"{error.filename or 'a file'}: {error.strerror or type(error).__name__}", err=True)
        raise SystemExit(2)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands whose module is there."""
        return [name for name, module in COMMANDS.items() if find_spec(f"ratione.cli.{module}")]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        module = COMMANDS.get(cmd_name)
        if module is None or not find_spec(f"ratione.cli.{module}"):
            return None
        found = getattr(import_module(f"ratione.cli.{module}"), cmd_name, None)
        return found if isinstance(found, click.Command) else None


def _stopped(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _clear_up_when_stopped() -> None:
    """Take an end from outside (a scheduler, a terminal that is closed) as Ctrl-C: nothing is left half written."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:  # nohup stays nohup
            signal.signal(number, _stopped)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ratione")
def main() -> None:
    """Which international human-rights body can still hear a complaint, until which day, and why.

    \b
    Examples:
      ratione state RUS
      ratione state RUS --as-known-on 2022-03-15
      ratione parties ECHR --on 2022-09-16
      ratione registry check
    """
    _clear_up_when_stopped()
