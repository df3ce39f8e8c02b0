"""The command line: ``newsmine COMMAND``; each command is one module in this folder."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        # Imported here so that Ctrl-C in the first tenth of a second leaves no traceback either.
        from newsmine.cli.app import run

        code = run()
    except KeyboardInterrupt:
        sys.stderr.write("newsmine: interrupted.\n")
        code = 130
    sys.exit(code)
