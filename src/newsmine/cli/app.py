"""The program: its commands, and how every failure ends in one line and an exit code."""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any, cast

import typer
from typer.core import TyperGroup

import newsmine
from newsmine.cli import (
    agree,
    article,
    build,
    check,
    claims,
    clean,
    demo,
    duplicates,
    evaluate,
    export,
    extract,
    fix,
    formats,
    info,
    profile,
    quotes,
    sample,
    search,
    serve,
    survey,
    topics,
    who,
)
from newsmine.cli.screen import one_line
from newsmine.errors import NewsmineError

INTERRUPTED = 130
BROKEN_PIPE = 141
"""128 + the number of the signal, as shells report them."""

# Typer keeps its copy of click to itself; its public kin leads to the class of a wrong option.
_UsageError = cast(type[Exception], typer.BadParameter.__mro__[1])


class _Commands(TyperGroup):
    """Turns what typer would answer in its own way into exits of ours."""

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


app = typer.Typer(
    cls=_Commands,
    name="newsmine",
    help="Who said what, with which numbers, in which paper: out of newspaper articles.",
    epilog="Begin with: newsmine demo",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_COMMANDS = {
    "demo": demo,
    "extract": extract,
    "build": build,
    "search": search,
    "quotes": quotes,
    "claims": claims,
    "who": who,
    "profile": profile,
    "topics": topics,
    "check": check,
    "article": article,
    "serve": serve,
    "export": export,
    "fix": fix,
    "sample": sample,
    "agree": agree,
    "info": info,
    "clean": clean,
    "survey": survey,
    "duplicates": duplicates,
    "formats": formats,
    "evaluate": evaluate,
}
"""One module a command: its function bears the command's name, EXAMPLES end its help."""

for _name, _module in _COMMANDS.items():
    _examples = "\b\nExamples:\n" + "\n".join(f"  {line}" for line in _module.EXAMPLES)
    app.command(_name, epilog=_examples)(getattr(_module, _name))


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
    _report(f"{error.format_message()} See: {command} --help")
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
