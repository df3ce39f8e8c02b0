"""Stretches of an article as they are stored and shown: quotes, raw offsets, contexts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from newsmine.types import Alignment, Span

AROUND = 200
"""Characters of context on either side of a figure, at most."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot hold, as U+FFFD; offsets stay right."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)


def storable_path(path: str) -> str:
    r"""The path with bytes that are no UTF-8 written out (``\udcff``); different paths stay so."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def quote_of(text: str, content: Sequence[Span]) -> str:
    """What is said, as one text: pieces joined by a space, or by " … " where words lie between."""
    quote, last_end = "", 0
    for start, end in content:
        if quote:
            quote += " … " if re.search(r"\w", text[last_end:start]) else " "
        quote, last_end = quote + text[start:end], end
    return quote


def context_of(text: str, span: Span) -> str:
    """The passage around a span: within its paragraph, whole words, ``AROUND`` on either side."""
    start, end = span
    left, right = max(0, start - AROUND), min(len(text), end + AROUND)
    before = text[left:start].rpartition("\n\n")[2]
    after = text[end:right].partition("\n\n")[0]
    if len(before) == AROUND and left:
        before = before.partition(" ")[2]
    if len(after) == AROUND and right < len(text):
        after = after.rpartition(" ")[0]
    return before + text[start:end] + after


class RawOffsets:
    """``Alignment.to_raw`` for many spans of a long text: looks only at the edits of the span."""

    def __init__(self, alignment: Alignment) -> None:
        self._edits = alignment.edits
        self._starts = [edit.clean[0] for edit in alignment.edits]
        self._ends = [edit.clean[1] for edit in alignment.edits]

    def of(self, span: Span) -> tuple[Span, ...]:
        """The raw characters that made a clean span."""
        first, last = bisect_right(self._ends, span[0]), bisect_left(self._starts, span[1])
        return Alignment(self._edits[first:last]).to_raw(span)

    def of_all(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """The raw characters that made several clean spans, in their order, each once."""
        return tuple(dict.fromkeys(raw for span in spans for raw in self.of(span)))
