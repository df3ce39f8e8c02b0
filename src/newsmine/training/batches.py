"""Samples into batches: windows that fall elsewhere in each epoch, restyled, of like length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor

from newsmine.nlp.pieces import WINDOW, Pieces, Window, split
from newsmine.training.samples import UNKNOWN, Sample, Word
from newsmine.training.style import restyle


@dataclass(frozen=True, slots=True)
class Batch:
    """Tensors of one step. Labels and links are by word (windows by words), the rest by piece."""

    ids: Tensor
    shapes: Tensor
    firsts: Tensor
    present: Tensor
    roles: Tensor
    entities: Tensor
    links: Tensor
    weights: Tensor


@dataclass(frozen=True, slots=True)
class _Example:
    window: Window
    words: list[Word]
    weight: float


def examples(
    samples: Sequence[Sample], pieces: Pieces, random: Random, *, styled: bool
) -> list[_Example]:
    """All windows of some samples, once."""
    out = []
    for sample in samples:
        words = list(sample.words)
        if styled:
            words = restyle(words, random)
        cut = pieces.cut([word.text for word in words])
        breaks = [word.breaks for word in words]
        shapes = [word.shape for word in words]
        first = random.randint(WINDOW // 4, WINDOW) if styled else WINDOW
        for piece in split([len(c) for c in cut], breaks, first=first):
            window = pieces.window(piece, pieces=cut, shapes=shapes, breaks=breaks)
            out.append(_Example(window, words[piece.start : piece.stop], sample.weight))
    return out


def batches(
    found: Sequence[_Example], size: int, random: Random, *, shuffle: bool = True
) -> Iterator[Batch]:
    """Batches of windows of like length, in random order."""
    ordered = sorted(found, key=lambda e: (len(e.window.ids), random.random()))
    groups = [ordered[i : i + size] for i in range(0, len(ordered), size)]
    if shuffle:
        random.shuffle(groups)
    for group in groups:
        yield _collate(group)


def _collate(group: Sequence[_Example]) -> Batch:
    pieces = max(len(e.window.ids) for e in group)
    words = max(len(e.words) for e in group)

    def padded(rows: list[list[int]], width: int, fill: int) -> Tensor:
        return torch.tensor([row + [fill] * (width - len(row)) for row in rows])

    return Batch(
        padded([e.window.ids for e in group], pieces, 0),
        padded([e.window.shapes for e in group], pieces, 0),
        padded([e.window.firsts for e in group], words, 0),
        padded([[1] * len(e.words) for e in group], words, 0).bool(),
        padded([[w.role for w in e.words] for e in group], words, UNKNOWN),
        padded([[w.entity for w in e.words] for e in group], words, UNKNOWN),
        padded([_local_links(e) for e in group], words, UNKNOWN),
        torch.tensor([e.weight for e in group]),
    )


def _local_links(example: _Example) -> list[int]:
    """Links inside the window; what points out of it teaches nothing."""
    start, size = example.window.words.start, len(example.words)
    return [
        w.link - start if w.link != UNKNOWN and 0 <= w.link - start < size else UNKNOWN
        for w in example.words
    ]
