"""Page furniture that stands in the middle of a sentence."""

from __future__ import annotations

from newsmine.ingest import lexicon
from newsmine.ingest.alignment import Replacement
from newsmine.ingest.cleaning.layout import Line, lines_of
from newsmine.ingest.survey import NOTHING, Survey


def drop_interruptions(text: str, survey: Survey = NOTHING) -> list[Replacement]:
    """Running heads, page numbers, "Continued on" and adverts that split a sentence are taken out.

    Only there: elsewhere they stay in the text, as the zone "furniture".

    Args:
        text: The text, its lines as they were printed.
        survey: The lines that recur over its batch.
    """
    lines = lines_of(text)
    changes: list[Replacement] = []
    i = 1
    while i < len(lines) - 1:
        after = i
        while after < len(lines) - 1 and _is_running(lines[after], survey):
            after += 1
        if after > i and _interrupted(lines[i - 1], lines[after]):
            changes.append(Replacement(lines[i].start, lines[after].start, "", "furniture"))
        i = max(after, i + 1)
    return changes


def _is_running(line: Line, survey: Survey) -> bool:
    return survey.recurs(line.text) or lexicon.matches("furniture", line.text, only="running")


def _interrupted(before: Line, after: Line) -> bool:
    return not before.final and (after.goes_on or before.hyphened)
