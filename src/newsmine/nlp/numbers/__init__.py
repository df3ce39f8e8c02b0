"""The number grammar: every figure in a text with its exact value, its interval and its kind."""

from __future__ import annotations

from newsmine.nlp.numbers.grammar import Number, parse_numbers

__all__ = ["Number", "parse_numbers"]
