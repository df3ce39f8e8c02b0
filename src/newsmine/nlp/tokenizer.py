"""A spaCy tokenizer on the encoder's own grid of words (see ``words``); it loses no character."""

from __future__ import annotations

from pathlib import Path

from spacy.tokens import Doc
from spacy.vocab import Vocab

from newsmine.nlp.words import WORD


class NewsmineTokenizer:
    """Runs of letters and digits, and single marks; white space as spaCy keeps it."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Cut a text into tokens; ``doc.text`` is the text again."""
        words: list[str] = []
        spaces: list[bool] = []
        end = 0
        for match in WORD.finditer(text):
            _add_blank(text[end : match.start()], words, spaces)
            words.append(match.group())
            spaces.append(False)
            end = match.end()
        _add_blank(text[end:], words, spaces)
        return Doc(self.vocab, words=words, spaces=spaces)

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


def _add_blank(blank: str, words: list[str], spaces: list[bool]) -> None:
    if blank.startswith(" ") and words and not words[-1].isspace():
        spaces[-1] = True
        blank = blank[1:]
    if blank:
        words.append(blank)
        spaces.append(False)
