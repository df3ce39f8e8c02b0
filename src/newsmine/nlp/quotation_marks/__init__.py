"""Which mark opens, which closes, which is an apostrophe; which belong together.

Each paragraph is decided by itself, so that one bad mark never reaches beyond it: of all readings
of its marks the cheapest is taken (``reading``), where each mark costs what its surroundings and
its glyph say against a reading (``costs``), and a mark left open or closing nothing costs more. A
paragraph may stay open for nothing when the next begins with the same mark: British papers open a
quotation again in each paragraph and close only the last.

Which style of marks the article uses for its quotations (``usual_style``) is the one thing that
paragraphs know of each other; it weighs little, and one mark does not change it.
"""

from __future__ import annotations

from newsmine.nlp.quotation_marks.explaining import with_repairs
from newsmine.nlp.quotation_marks.finding import find_quotations, usual_style
from newsmine.nlp.quotation_marks.lexicon import reporting_verbs
from newsmine.nlp.quotation_marks.records import (
    Mark,
    MarkReading,
    Quotations,
    Quoted,
    Repair,
    Style,
)

__all__ = [
    "Mark",
    "MarkReading",
    "Quotations",
    "Quoted",
    "Repair",
    "Style",
    "find_quotations",
    "reporting_verbs",
    "usual_style",
    "with_repairs",
]
