"""What was wrong with the marks of a quotation, among its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from newsmine.nlp.quotation_marks.records import Repair
from newsmine.types import Attribution, Span


def with_repairs(
    attributions: Sequence[Attribution], repairs: Sequence[Repair]
) -> tuple[Attribution, ...]:
    """The attributions, each with a reason for every fault of a mark in or at its content.

    The reason is ``marks: `` and the rule of the repair, once each.
    """
    return tuple(_explained(attribution, repairs) for attribution in attributions)


def _explained(attribution: Attribution, repairs: Sequence[Repair]) -> Attribution:
    near = (r for r in repairs if any(_touches(r.span, span) for span in attribution.content))
    reasons = dict.fromkeys(f"marks: {repair.rule}" for repair in near)
    if not reasons:
        return attribution
    return replace(attribution, reasons=(*attribution.reasons, *reasons))


def _touches(repair: Span, content: Span) -> bool:
    return content[0] <= repair[0] and repair[1] <= content[1]
