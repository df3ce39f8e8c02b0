"""The shipped encoder: one reading of each word, two answers (role, name) and its pointers.

The model is an ONNX file run by onnxruntime; nothing here needs PyTorch. Windows are read one by
one: eight-bit products keep a core busy with one alone, there is no padding to compute, and what is
said of a window does not depend on those beside it (eight-bit scales are those of a whole batch).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from newsmine.errors import ModelError
from newsmine.nlp.encoder_view import EncoderView
from newsmine.nlp.labels import ENTITY_LABELS, POINTER_SIZE, ROLE_LABELS
from newsmine.nlp.pieces import REMEDY, Pieces, Window, split, with_context
from newsmine.nlp.words import paragraph_breaks, shapes

if TYPE_CHECKING:
    import onnxruntime

    from newsmine.types import Span

Floats = npt.NDArray[np.float32]

CONTEXT = 64
"""Pieces of the paragraphs before that each window reads again, so that a source named there is
seen. Measured on PolNeAR's tuning articles (docs/model.md)."""

_INPUTS = {"ids": 1, "shapes": 1, "firsts": 1}
"""What the graph asks for, and its dimensions: an older one reads windows in batches."""

_WIDTH = len(ROLE_LABELS) + len(ENTITY_LABELS) + 4 * POINTER_SIZE


@dataclass(frozen=True, slots=True)
class Reading:
    """What the encoder says of the words of one text, one row a word.

    ``roles`` and ``entities`` are log-probabilities in the order of ``ROLE_LABELS`` and
    ``ENTITY_LABELS``; ``pointers`` the four pointer vectors side by side.
    """

    spans: tuple[Span, ...]
    roles: Floats
    entities: Floats
    pointers: Floats

    @classmethod
    def from_matrix(cls, spans: Sequence[Span], matrix: Floats) -> Reading:
        """Take apart the matrix that ``to_matrix`` made."""
        first, second = len(ROLE_LABELS), len(ROLE_LABELS) + len(ENTITY_LABELS)
        return cls(tuple(spans), matrix[:, :first], matrix[:, first:second], matrix[:, second:])

    def to_matrix(self) -> Floats:
        """All columns side by side, as a spaCy ``doc.tensor`` keeps them."""
        return np.concatenate([self.roles, self.entities, self.pointers], axis=1)

    def cue_scores(self, contents: Sequence[int], cues: Sequence[int]) -> Floats:
        """How much each content (by its first word) asks for each cue, rows by contents."""
        return self._scores(contents, cues, 0)

    def source_scores(self, cues: Sequence[int], sources: Sequence[int]) -> Floats:
        """How much each cue (by its first word) asks for each source, rows by cues."""
        return self._scores(cues, sources, 2)

    def _scores(self, asking: Sequence[int], answering: Sequence[int], at: int) -> Floats:
        vectors = self.pointers.reshape(-1, 4, POINTER_SIZE)
        asks, answers = vectors[list(asking), at], vectors[list(answering), at + 1]
        scores: Floats = asks @ answers.T / POINTER_SIZE**0.5
        return scores


class Encoder:
    """Reads words with the model in a folder (``encoder.onnx``, ``tokenizer.json``)."""

    FILES = ("encoder.onnx", "tokenizer.json")

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self.folder = folder
        self._threads = threads
        for name in self.FILES:
            if not (folder / name).is_file():
                raise ModelError(
                    folder / name,
                    "is missing",
                    "Name the folder of a newsmine model, or leave out --model",
                )

    @cached_property
    def fingerprint(self) -> str:
        """The first 12 hex digits of the model file's SHA-256."""
        return hashlib.sha256((self.folder / "encoder.onnx").read_bytes()).hexdigest()[:12]

    @cached_property
    def _pieces(self) -> Pieces:
        return Pieces.from_file(self.folder / "tokenizer.json")

    @cached_property
    def _view(self) -> EncoderView:
        return EncoderView(self._pieces.whole_words())

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        # The graph is as it is to be run (training/graph.py); fusions would make it slower.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        path = self.folder / "encoder.onnx"
        try:
            session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's errors share no base of their own
            reason = f"cannot be loaded ({str(error).splitlines()[0][:120]})"
            raise ModelError(path, reason, REMEDY) from error
        if {asked.name: len(asked.shape) for asked in session.get_inputs()} != _INPUTS:
            raise ModelError(path, "is of another version of newsmine", REMEDY)
        return session

    def read(self, text: str, spans: Sequence[Span]) -> Reading:
        """Read the words of a text.

        Args:
            text: The clean text.
            spans: Its words, as ``words.word_spans`` finds them.
        """
        matrix = np.zeros((len(spans), _WIDTH), dtype=np.float32)
        windows, kept = self._windows(text, spans)
        for window, own in zip(windows, kept, strict=True):
            skip = own.start - window.words.start
            matrix[own.start : own.stop] = self._run(window, window.firsts[skip:])
        return Reading.from_matrix(spans, matrix)

    def _windows(self, text: str, spans: Sequence[Span]) -> tuple[list[Window], list[range]]:
        if not spans:
            return [], []
        pieces = self._pieces.cut(self._view.read_as([text[s:e] for s, e in spans]))
        sizes, kinds = [len(p) for p in pieces], shapes(text, spans)
        breaks = paragraph_breaks(text, spans)
        kept = split(sizes, breaks)
        wide = with_context(kept, sizes, breaks, context=CONTEXT)
        windows = [
            self._pieces.window(words, pieces=pieces, shapes=kinds, breaks=breaks) for words in wide
        ]
        return windows, kept

    def _run(self, window: Window, firsts: Sequence[int]) -> Floats:
        """What the model says of the words that begin at these pieces of a window."""
        inputs = {"ids": window.ids, "shapes": window.shapes, "firsts": firsts}
        arrays = {name: np.array(values, dtype=np.int64) for name, values in inputs.items()}
        (reading,) = self._session.run(None, arrays)
        return np.asarray(reading)
