"""Raw text to clean text, one step a module; each says what it changes and why."""

from __future__ import annotations

from collections.abc import Callable, Collection

from newsmine.ingest.alignment import AlignedText, Replacement
from newsmine.ingest.cleaning.drop_capitals import join_drop_capitals
from newsmine.ingest.cleaning.encoding import repair_mojibake, single_spaces, tidy_characters
from newsmine.ingest.cleaning.furniture import drop_interruptions
from newsmine.ingest.cleaning.hyphens import join_hyphens
from newsmine.ingest.cleaning.lines import join_lines
from newsmine.ingest.cleaning.quotation_marks import repair_marks
from newsmine.ingest.survey import NOTHING, Survey

Step = Callable[[str, Survey], list[Replacement]]
"""Changes to a text, sorted and without overlap, knowing what its batch teaches."""


def _alone(step: Callable[[str], list[Replacement]]) -> Step:
    """A step that needs to know nothing of the batch."""
    return lambda text, survey: step(text)


STEPS: dict[str, Step] = {
    "mojibake": _alone(repair_mojibake),
    "characters": _alone(tidy_characters),
    "furniture": drop_interruptions,
    "capitals": join_drop_capitals,
    "lines": join_lines,
    "spaces": _alone(single_spaces),
    "hyphens": join_hyphens,
    "marks": _alone(repair_marks),
}
"""All steps, in the order in which they build on each other."""

SCANNED_ONLY = frozenset({"marks"})
"""Steps that undo what OCR engines do, and would harm what people typed."""


def clean(
    raw_text: str,
    *,
    without: Collection[str] = (),
    survey: Survey = NOTHING,
    scanned: bool = False,
) -> AlignedText:
    """The clean text, aligned to the raw text.

    Args:
        raw_text: The decoded input.
        without: Names of steps to leave out.
        survey: What the batch that the text is of teaches.
        scanned: Whether an OCR engine read it.
    """
    left_out = {*without, *(() if scanned else SCANNED_ONLY)}
    text = AlignedText.of(raw_text)
    for name, step in STEPS.items():
        if name not in left_out:
            text = text.replace(step(text.text, survey))
    return text
