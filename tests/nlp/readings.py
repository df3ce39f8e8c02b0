"""Readings built by hand: what an encoder that makes no mistake would say of a marked-up text.

``[S:Ann Roe] [C:said] [Q:we need a law]`` marks a source, a cue and a content; a number joins a
content to its cue and a cue to its source: ``[S1:Ann Roe] [C1:said] [Q1:…]``; ``[S12:…]`` is the
source of cues 1 and 2.
"""

from __future__ import annotations

import re

import numpy as np

from newsmine.nlp.encoder import Reading
from newsmine.nlp.labels import ENTITY_LABELS, POINTER_SIZE, ROLE_LABELS
from newsmine.nlp.words import word_spans

_MARKED = re.compile(r"\[([SCQ])(\d*):(.*?)\]", re.DOTALL)
_NAMES = {"S": "SOURCE", "C": "CUE", "Q": "CONTENT"}


def unmarked(marked: str) -> str:
    return _MARKED.sub(r"\3", marked)


def reading_of(marked: str) -> Reading:
    text = unmarked(marked)
    spans = word_spans(text)
    roles = np.full((len(spans), len(ROLE_LABELS)), -8.0, dtype=np.float32)
    roles[:, 0] = -0.01
    pointers = np.zeros((len(spans), 4, POINTER_SIZE), dtype=np.float32)
    removed = 0
    for match in _MARKED.finditer(marked):
        start = match.start() - removed
        end = start + len(match[3])
        removed += len(match[0]) - len(match[3])
        inside = [i for i, (s, e) in enumerate(spans) if s < end and start < e]
        column = ROLE_LABELS.index(f"B-{_NAMES[match[1]]}")
        for k, i in enumerate(inside):
            roles[i] = -8.0
            roles[i, column + (k > 0)] = -0.01
        for number in match[2] or "1":
            _point(pointers[inside[0]], match[1], int(number))
    entities = np.full((len(spans), len(ENTITY_LABELS)), -8.0, dtype=np.float32)
    entities[:, 0] = -0.01
    return Reading(tuple(spans), roles, entities, pointers.reshape(len(spans), 4 * POINTER_SIZE))


def _point(vectors: np.ndarray, role: str, number: int) -> None:
    """Give a content, cue and source of one number the same direction; the others none of it."""
    asks_cue, is_cue, asks_source, is_source = 0, 1, 2, 3
    rows = {"Q": [asks_cue], "C": [is_cue, asks_source], "S": [is_source]}[role]
    for row in rows:
        vectors[row, number] = 12.0
