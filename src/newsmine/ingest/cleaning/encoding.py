"""Wrongly decoded characters, line ends, odd spaces and control characters."""

from __future__ import annotations

import re
import unicodedata

from newsmine.ingest.alignment import Replacement

# Mojibake is made of the characters for bytes from 0x80 up, so it never holds an ASCII one.
_SUSPECT = re.compile("[^\x00-\x7f]{2,}|[\x80-\x9f]")

_ODD = re.compile(
    "\r+\n|\r|[\t\f\v\x1c-\x1e\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]"
    "|(?<![^\\W\\d_])\xad|[\N{NO-BREAK SPACE}\N{OGHAM SPACE MARK}\u2000-\u200a\u202f\u205f\u3000]"
    "|[\x00-\x08\x0e-\x1b\x1f\x7f\x80-\x9f\ufeff\ufff9-\ufffb\N{ZERO WIDTH SPACE}\u2060"
    "\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+"
)
_LINE_ENDS = {"\v": "\n", "\N{LINE SEPARATOR}": "\n"}
_PAGE_ENDS = frozenset("\f\x1c\x1d\x1e\N{PARAGRAPH SEPARATOR}")
TAB = "    "


def repair_mojibake(text: str) -> list[Replacement]:
    """UTF-8 that was read as Windows-1252 or the like, put right by ftfy.

    Curly quotation marks stay curly: they are evidence of who speaks.
    """
    runs = {match[0] for match in _SUSPECT.finditer(text)}
    repaired = {run: fixed for run in runs if (fixed := _repair(run)) != run}
    if not repaired:
        return []
    return [
        Replacement(match.start(), match.end(), repaired[match[0]], "mojibake")
        for match in _SUSPECT.finditer(text)
        if match[0] in repaired
    ]


def _repair(run: str) -> str:
    if len(run) > 4096:
        # A long run is a text in another script; ftfy's search is for short ones.
        return run
    import ftfy

    config = ftfy.TextFixerConfig(uncurl_quotes=False, fix_character_width=False)
    return str(ftfy.fix_encoding(run, config))


def tidy_characters(text: str) -> list[Replacement]:
    """Line ends become line feeds, odd spaces spaces, page ends blank lines; controls go.

    Soft hyphens stay for the step that decides on hyphens.
    """
    return [_tidy(match) for match in _ODD.finditer(text)]


def _tidy(match: re.Match[str]) -> Replacement:
    found = match[0]
    if found.startswith("\r"):
        return Replacement(match.start(), match.end(), "\n", "line end")
    if found in _LINE_ENDS:
        return Replacement(match.start(), match.end(), _LINE_ENDS[found], "line end")
    if found in _PAGE_ENDS:
        return Replacement(match.start(), match.end(), "\n\n", "page end")
    if found == "\t":
        return Replacement(match.start(), match.end(), TAB, "space")
    new = " " if unicodedata.category(found[0]) == "Zs" else ""
    return Replacement(match.start(), match.end(), new, "space" if new else "control character")


_RUN = re.compile(r"[ ]{2,}")


def single_spaces(text: str) -> list[Replacement]:
    """Runs of spaces inside a line become one."""
    return [Replacement(m.start() + 1, m.end(), "", "space") for m in _RUN.finditer(text)]
