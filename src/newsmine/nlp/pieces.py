"""Words cut into the pieces of the encoder's vocabulary, and texts into windows of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsmine.errors import ModelError
from newsmine.nlp.words import Shape

if TYPE_CHECKING:
    from tokenizers import Tokenizer

REMEDY = "Leave out --model, install newsmine again, or rebuild the model with `make train`"
"""For a model whose files are damaged or of another form."""

BREAK_PIECE = "[unused1]"
"""Stands in the vocabulary for the start of a paragraph."""

WINDOW = 224
"""Pieces in a window, without the two that frame it."""

_MAX_PIECES = 12
"""Pieces of one word that are read: a longer one is an address or a scanning accident."""

_KEPT = 50_000
"""Words whose pieces are remembered: a newspaper's vocabulary, in some 10 MB."""


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces ready for the encoder.

    ``words`` are the indices of the words in it, ``firsts`` where the first piece of each lies.
    """

    ids: list[int]
    shapes: list[int]
    words: range
    firsts: list[int]


class Pieces:
    """Cuts words into pieces with a tokenizer file (``tokenizers`` format)."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._cut: dict[str, list[int]] = {}
        self._start, self._end, self._unknown, self._break = (
            self._number(piece) for piece in ("[CLS]", "[SEP]", "[UNK]", BREAK_PIECE)
        )

    def _number(self, piece: str) -> int:
        number: int | None = self._tokenizer.token_to_id(piece)
        if number is None:
            raise ModelError("tokenizer.json", f"lacks the piece {piece}", REMEDY)
        return number

    @classmethod
    def from_file(cls, path: Path) -> Pieces:
        """Read a ``tokenizer.json``.

        Raises:
            ModelError: It is damaged, or lacks a piece that windows are made with.
        """
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelError(path, f"cannot be loaded ({error})", REMEDY) from error
        return cls(tokenizer)

    def whole_words(self) -> dict[str, int]:
        """The pieces that are words, of letters only, and their numbers; common ones first."""
        pieces: dict[str, int] = self._tokenizer.get_vocab(with_added_tokens=False)
        return {p: n for p, n in pieces.items() if p.isalpha() and (len(p) > 1 or p in "ai")}

    def cut(self, words: Sequence[str]) -> list[list[int]]:
        """The piece numbers of each word, at least one; not to be changed: they are kept."""
        known = self._cut
        if len(known) > _KEPT:
            known.clear()
        if new := list({word for word in words if word not in known}):
            encodings = self._tokenizer.encode_batch(new, add_special_tokens=False)
            for word, encoding in zip(new, encodings, strict=True):
                known[word] = encoding.ids[:_MAX_PIECES] or [self._unknown]
        return [known[word] for word in words]

    def window(
        self,
        words: range,
        *,
        pieces: Sequence[list[int]],
        shapes: Sequence[Shape],
        breaks: Sequence[bool],
    ) -> Window:
        """The window over a range of words."""
        ids, kinds, firsts = [self._start], [int(Shape.NONE)], []
        for i in words:
            if breaks[i]:
                ids.append(self._break)
                kinds.append(int(Shape.BREAK))
            firsts.append(len(ids))
            ids += pieces[i]
            kinds += [int(shapes[i])] * len(pieces[i])
        return Window([*ids, self._end], [*kinds, int(Shape.NONE)], words, firsts)


def split(
    sizes: Sequence[int], breaks: Sequence[bool], *, first: int = WINDOW, size: int = WINDOW
) -> list[range]:
    """Cut words into consecutive windows, at paragraph starts where the second half has one.

    Args:
        sizes: Pieces of each word.
        breaks: Whether a paragraph starts with the word.
        first: Pieces of the first window, for windows that fall elsewhere in each epoch.
        size: Pieces of each other window.
    """
    out, start, limit = [], 0, first
    while start < len(sizes):
        end, total, cut = start, 0, None
        while end < len(sizes) and (end == start or total + sizes[end] + breaks[end] <= limit):
            total += sizes[end] + breaks[end]
            end += 1
            if end < len(sizes) and breaks[end] and total > limit // 2:
                cut = end
        if end < len(sizes) and cut is not None:
            end = cut
        out.append(range(start, end))
        start, limit = end, size
    return out


def with_context(
    windows: Sequence[range], sizes: Sequence[int], breaks: Sequence[bool], *, context: int
) -> list[range]:
    """Each window begun earlier, at paragraph starts, by up to ``context`` pieces."""
    out = []
    for window in windows:
        start, total, begin = window.start, 0, window.start
        while start > 0 and total + sizes[start - 1] + 1 <= context:
            start -= 1
            total += sizes[start] + breaks[start]
            if breaks[start] or start == 0:
                begin = start
        out.append(range(begin, window.stop))
    return out
