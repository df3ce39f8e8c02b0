"""The command line: ``newsmine COMMAND``; each command is one module in this folder."""

from __future__ import annotations

from newsmine.cli.app import main

__all__ = ["main"]
