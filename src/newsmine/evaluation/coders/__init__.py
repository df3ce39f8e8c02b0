"""Rows drawn for people to judge, and what their judgements say of the rows and of each other."""

from __future__ import annotations

from newsmine.evaluation.coders.coded import read_sheet
from newsmine.evaluation.coders.draw import BY, Drawn, draw
from newsmine.evaluation.coders.report import agree
from newsmine.evaluation.coders.sheet import write_sheet

__all__ = ["BY", "Drawn", "agree", "draw", "read_sheet", "write_sheet"]
