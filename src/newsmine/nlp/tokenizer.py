"""A spaCy tokenizer on the encoder's own grid of words (see ``words``); it loses no character."""

from __future__ import annotations

import re
from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from newsmine.nlp.words import WORD

_TOKEN = re.compile(rf"({WORD.pattern})( ?)|(\s+)")
"""A word and the one blank that spaCy keeps with it; any other white space is a token."""


class NewsmineTokenizer:
    """Runs of letters and digits, and single marks; white space as spaCy keeps it."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Cut a text into tokens; ``doc.text`` is the text again."""
        found = _TOKEN.findall(text)
        words = [word or blank for word, _, blank in found]
        return Doc(self.vocab, words=words, spaces=[bool(space) for _, space, _ in found])

    def to_disk(self, path: Path, **_: object) -> None:
        """Nothing to save: the rule is in the code."""

    def from_disk(self, path: Path, **_: object) -> NewsmineTokenizer:
        """Nothing to load."""
        return self

    def to_bytes(self, **_: object) -> bytes:
        """Nothing to save."""
        return b""

    def from_bytes(self, _data: bytes, **_: object) -> NewsmineTokenizer:
        """Nothing to load."""
        return self
