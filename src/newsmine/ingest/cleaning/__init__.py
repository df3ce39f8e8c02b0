"""Raw text to clean text, one step a module; each says what it changes and why."""

from __future__ import annotations

from collections.abc import Callable, Collection

from newsmine.ingest.alignment import AlignedText, Replacement
from newsmine.ingest.cleaning.encoding import repair_mojibake, single_spaces, tidy_characters
from newsmine.ingest.cleaning.furniture import drop_interruptions
from newsmine.ingest.cleaning.hyphens import join_hyphens
from newsmine.ingest.cleaning.lines import join_lines

Step = Callable[[str], list[Replacement]]
"""Changes to a text, sorted and without overlap."""

STEPS: dict[str, Step] = {
    "mojibake": repair_mojibake,
    "characters": tidy_characters,
    "furniture": drop_interruptions,
    "lines": join_lines,
    "spaces": single_spaces,
    "hyphens": join_hyphens,
}
"""All steps, in the order in which they build on each other."""


def clean(raw_text: str, *, without: Collection[str] = ()) -> AlignedText:
    """The clean text, aligned to the raw text.

    Args:
        raw_text: The decoded input.
        without: Names of steps to leave out.
    """
    text = AlignedText.of(raw_text)
    for name, step in STEPS.items():
        if name not in without:
            text = text.replace(step(text.text))
    return text
