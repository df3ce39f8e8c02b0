"""The words that say what a mark beside them is, from ``data/quotation_marks.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def _data() -> dict[str, Any]:
    text = resources.files("newsmine.data").joinpath("quotation_marks.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def elisions() -> frozenset[str]:
    """Words that begin with an apostrophe: ``’tis``."""
    return frozenset(entry["word"] for entry in _data()["elision"])


@cache
def clipped() -> frozenset[str]:
    """Words that end with an apostrophe: ``th’``."""
    return frozenset(entry["word"] for entry in _data()["clipped"])


@cache
def plain_in() -> frozenset[str]:
    """Words that end with ``in`` for themselves, not for ``ing``."""
    return frozenset(_data()["plain_in"]["words"])


@cache
def function_words() -> frozenset[str]:
    """Words that no possessive stands before."""
    return frozenset(_data()["function_word"]["words"])


@cache
def reporting_verbs() -> frozenset[str]:
    """Verbs of a reporter's clause, as they stand in one: ``said``, ``tells``."""
    return frozenset(_data()["reporting"]["verbs"])


@cache
def reporting_clause() -> re.Pattern[str]:
    """A reporter's clause after the last words quoted: ``, he said`` or ``? asked Ann Roe``."""
    verb = "|".join(_data()["reporting"]["verbs"])
    title = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady)\.? )?"
    name = rf"{title}[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){{0,3}}"
    post = r"(?:(?:,| of| from| for| at) [^.?!\n“”]{2,60}?,?)?"
    noun = r"(?:the|a|an|one) \w+(?: \w+){0,2}"
    who = rf"(?:he|she|they|it|{name}{post}|{noun})"
    start = r"(?:he|she|they|it|the|a|an|one|Mr|Mrs|Ms|Dr|[A-Z]\w+)"
    return re.compile(
        rf"(?<=[,?!])\s+(?:{who} (?:has |had |also |later )?(?:{verb})\b|(?:{verb}) {start}\b)"
    )
