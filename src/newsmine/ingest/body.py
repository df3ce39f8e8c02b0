"""What the paragraphs below the header are: body, subheads, pull quotes, captions, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsmine.ingest.blocks import Block, recurring
from newsmine.ingest.bylines import parse_bylines
from newsmine.ingest.landmarks import is_caption, is_furniture, published
from newsmine.ingest.outlets import is_capitalised, outlet_name
from newsmine.types import ZoneKind

LONGEST_SUBHEAD = 8
"""Words."""

LONGEST_PULL_QUOTE = 30
"""Words."""

_BULLET = re.compile(r"[-–—•*▪■●○►>]|\d+[.)]\s")
_SPOKEN = re.compile(r"[‘“\"']|[A-Z][\w .]{0,30}:")
_SIGNED = re.compile(r"[‘“\"'].{8,200}[’”\"']\s*[–—-]?\s*(?:[A-Z][\w’'.-]+ ?){1,4}(?:,.{1,60})?")


def body_kinds(blocks: Sequence[Block], *, headed: bool) -> list[ZoneKind]:
    """The kind of each block, told from its looks, its neighbours, and words that recur.

    Args:
        blocks: The blocks below the header.
        headed: Whether a headline stands above, so that the first block can be a subhead.
    """
    kinds: list[ZoneKind] = [_own_kind(blocks, i) for i in range(len(blocks))]
    for i in _pull_quotes(blocks, kinds):
        kinds[i] = "pull_quote"
    text = [i for i, kind in enumerate(kinds) if kind == "body"]
    for i in _subheads(blocks, text, headed=headed):
        kinds[i] = "subhead"
    _mark_end(blocks, kinds)
    return kinds


def _own_kind(blocks: Sequence[Block], i: int) -> ZoneKind:
    """The kind that a block's own words give it."""
    block = blocks[i]
    if block.long:
        return "body"
    if is_furniture(block.text):
        return "furniture"
    if is_caption(block.text):
        return "caption"
    return "byline" if i >= len(blocks) - 3 and parse_bylines(block.text) else "body"


def _subheads(blocks: Sequence[Block], text: Sequence[int], *, headed: bool) -> list[int]:
    """The headings among the text blocks: alone (in a row they are a list), after a full stop."""
    heads = [_is_heading(blocks[i]) for i in text]
    ended = [blocks[i].final or blocks[i].text[-1] in "’”\"'" for i in text]
    return [
        i
        for i, before, head, after in zip(
            text, [headed, *ended], heads, [*heads[1:], False], strict=False
        )
        if head and before and not after
    ]


def _is_heading(block: Block) -> bool:
    """Whether a block alone could be a subhead: short, without stop, no item of a list."""
    if block.long or len(block.words) > LONGEST_SUBHEAD or block.quoted:
        return False
    if block.text[0].islower() or _BULLET.match(block.text) or block.text[-1] in ",;:–—-…)":
        return False
    return not block.final or _is_question(block)


def _is_question(block: Block) -> bool:
    """Whether a block asks something as a subhead does, not as a speaker or in an interview."""
    return block.text.endswith("?") and not _SPOKEN.match(block.text)


def _pull_quotes(blocks: Sequence[Block], kinds: Sequence[ZoneKind]) -> set[int]:
    """Short blocks that repeat words of the body, or stand in marks without being an utterance."""
    short = [
        i
        for i, (block, kind) in enumerate(zip(blocks, kinds, strict=True))
        if kind == "body" and not block.long and 2 <= len(block.words) <= LONGEST_PULL_QUOTE
    ]
    repeated = recurring(blocks, [i for i in short if not _is_sentence(blocks[i])])
    found = repeated | {i for i in short if _stands_in_marks(blocks, i)}
    signatures = {
        i + 1
        for i in found
        if i + 1 < len(blocks) and is_capitalised(blocks[i + 1].text) and not blocks[i + 1].final
    }
    return found | {i for i in signatures if kinds[i] == "body"}


def _is_sentence(block: Block) -> bool:
    """Whether a block is a sentence of its own outside quotation marks; those may be said twice."""
    return block.final and not block.quoted


def _stands_in_marks(blocks: Sequence[Block], i: int) -> bool:
    """Whether a quoted block lacks the stop that an utterance has, and nothing introduces it."""
    block = blocks[i]
    signed = _SIGNED.fullmatch(block.text) is not None and not block.final
    if not block.quoted and not signed:
        return False
    if signed and not block.quoted:
        return True
    stopped = block.text[-2] in ".!?…,"
    introduced = i > 0 and (blocks[i - 1].text[-1] in ":,–—-" or _runs_on(blocks[i - 1]))
    return not stopped and not introduced and len(block.words) <= LONGEST_PULL_QUOTE // 2


def _runs_on(block: Block) -> bool:
    return block.text[-1].isalnum() and len(block.words) > LONGEST_SUBHEAD


def _mark_end(blocks: Sequence[Block], kinds: list[ZoneKind]) -> None:
    """After the story: catalogue lines, and whatever short lines follow the first of them."""
    end = len(blocks)
    while end > 0 and _trails(blocks[end - 1], kinds[end - 1]):
        end -= 1
    started = False
    for i in range(max(end, 1), len(blocks)):
        text = blocks[i].text
        started = started or kinds[i] == "furniture" or bool(outlet_name(text) or published(text))
        if started and kinds[i] in ("body", "subhead"):
            kinds[i] = "furniture"


def _trails(block: Block, kind: ZoneKind) -> bool:
    if kind in ("furniture", "pull_quote", "caption", "byline"):
        return True
    return (
        not block.long
        and not block.final
        and not block.quoted
        and len(block.words) <= LONGEST_SUBHEAD
    )
