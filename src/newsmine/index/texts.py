"""Stretches of an article as they are stored and shown: quotes, raw offsets, contexts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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


def raw_spans(alignment: Alignment, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The raw characters that made several clean spans, in their order, each once."""
    return tuple(dict.fromkeys(raw for span in spans for raw in alignment.to_raw(span)))
