"""The program: its commands, and how every failure ends in one line and an exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from types import ModuleType
from typing import Annotated, Any, cast

import typer
import typer.main
from typer.core import TyperGroup

import newsmine
from newsmine.cli.screen import one_line
from newsmine.errors import NewsmineError

INTERRUPTED = 130
BROKEN_PIPE = 141
"""128 + the number of the signal, as shells report them."""

# Typer keeps its copy of click to itself; its public kin leads to the class of a wrong option.
_UsageError = cast(type[Exception], typer.BadParameter.__mro__[1])


COMMANDS = {
    "demo": "Index the sample articles and look around in them.",
    "extract": "Print who says what in articles, and the figures.",
    "build": "Put articles into one searchable file.",
    "status": "Print which files an index has, and what a build would do.",
    "search": "Print the quotes or figures that a query line finds.",
    "quotes": "Print quotes from an index, filtered.",
    "claims": "Print figures from an index, filtered.",
    "who": "Count quotes with some words by organisation and year.",
    "profile": "Print one organisation: speakers, years, topics, figures.",
    "topics": "List what an index is about, or say why.",
    "check": "Print which figures agree, with the sum.",
    "article": "Print an article with its quotes and figures marked.",
    "serve": "Search, read, correct and export in a browser.",
    "names": "Say which names are of one person or organisation.",
    "export": "Write quotes, claims, checks or articles to a file, filtered.",
    "fix": "Correct a quote or figure; what was found is kept.",
    "withhold": "Keep names out of answers, articles and exports.",
    "sample": "Draw rows at random, for people to say what is right.",
    "agree": "Print how right each column is, and how far coders agree.",
    "info": "Print what an index holds, and what made it.",
    "clean": "Print articles as they are read, and every change made.",
    "survey": "Learn a batch's words and recurring lines, to clean it by.",
    "duplicates": "Print which articles are one text in several prints.",
    "formats": "List what newsmine reads, and what has to be installed for it.",
    "evaluate": "Measure accuracy on annotated articles.",
}
"""In the order of the help, with the first line of each one's own: to list them imports none.

Each is a module of this folder; its function bears the command's name, EXAMPLES end its help.
"""


class _Lazy(Mapping[str, Any]):
    """The commands; one is imported and made when it is looked up."""

    def __getitem__(self, name: str) -> Any:
        if name not in COMMANDS:
            raise KeyError(name)
        return _command(name)

    def __iter__(self) -> Iterator[str]:
        return iter(COMMANDS)

    def __len__(self) -> int:
        return len(COMMANDS)


class _Commands(TyperGroup):
    """Turns what typer would answer in its own way into exits of ours."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = cast(Any, _Lazy())

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _silence_stdout()
            raise typer.Exit(BROKEN_PIPE) from None
        except KeyboardInterrupt:
            _report("interrupted.")
            raise typer.Exit(INTERRUPTED) from None
        return result


_SETTINGS: dict[str, Any] = {
    "add_completion": False,
    "rich_markup_mode": None,
    "pretty_exceptions_enable": False,
    "context_settings": {"help_option_names": ["-h", "--help"]},
}

app = typer.Typer(
    cls=_Commands,
    name="newsmine",
    help="Who said what, with which numbers, in which paper: out of newspaper articles.",
    epilog="Begin with: newsmine demo",
    no_args_is_help=True,
    **_SETTINGS,
)


def module_of(name: str) -> ModuleType:
    """Where a command is at home."""
    return import_module(f"newsmine.cli.{name}")


def _command(name: str) -> Any:
    module = module_of(name)
    examples = "\b\nExamples:\n" + "\n".join(f"  {line}" for line in module.EXAMPLES)
    alone = typer.Typer(**_SETTINGS)
    alone.command(name, epilog=examples)(getattr(module, name))
    return typer.main.get_command(alone)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"newsmine {newsmine.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    """Who said what, with which numbers, in which paper: out of newspaper articles."""


def run() -> int:
    """Run a command and give its exit code; NEWSMINE_DEBUG=1 lets tracebacks through."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a character shows a sign in its place instead of failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = app(prog_name="newsmine", standalone_mode=False)
        sys.stdout.flush()
    except NewsmineError as error:
        _report(str(error))
        return error.exit_code
    except _UsageError as error:
        return _report_usage(error)
    except OSError as error:
        return _report_os_error(error)
    except Exception as error:  # noqa: BLE001 - the last stop: one line instead of a traceback
        return _report_defect(error)
    return code if isinstance(code, int) else 0


def _report(message: str) -> None:
    sys.stderr.write(f"newsmine: {one_line(message)}\n")


def _report_usage(error: Any) -> int:
    command = error.ctx.command_path if error.ctx else "newsmine"
    message = error.format_message().rstrip(".")
    _report(f"{message}. See: {command} --help")
    return 2


def _report_os_error(error: OSError) -> int:
    if isinstance(error, BrokenPipeError):
        _silence_stdout()
        return BROKEN_PIPE
    if os.environ.get("NEWSMINE_DEBUG"):
        raise error
    thing = error.filename or "output"
    _report(f"{thing}: {error.strerror or error}. See that there is room and that it may be used.")
    if error.filename is None:
        _silence_stdout()
    return 1


def _report_defect(error: Exception) -> int:
    if os.environ.get("NEWSMINE_DEBUG"):
        raise error
    what = f"{type(error).__name__}: {error}"
    _report(f"unexpected {what}. Report it, please; with NEWSMINE_DEBUG=1 it shows where.")
    return 70


def _silence_stdout() -> None:
    """Send what is still buffered nowhere, and let nothing complain at the very end.

    A query cut short leaves a half-read generator, whose clean-up fails on the closed index.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.unraisablehook = lambda _: None
