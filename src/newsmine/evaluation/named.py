"""Universal NER and its way of laying out tokens: texts with gold names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsmine.types import Span

_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text and the names in it, by characters; sentences are paragraphs of their own."""

    name: str
    text: str
    names: tuple[tuple[Span, str], ...]


def uner(path: Path) -> Iterator[NamedText]:
    """Universal NER (IOB2, one token a line): one text a document, a sentence a paragraph."""
    for name, document in documents(path.read_text(encoding="utf-8")):
        text = ""
        names: list[tuple[Span, str]] = []
        for sentence in document:
            rows = [line.split("\t") for line in sentence.splitlines() if line[:1].isdigit()]
            tokens = [row[1] for row in rows]
            spans, text = lay_out(text, comment(sentence, "text"), tokens)
            names += list(_iob_names(spans, [row[2] for row in rows]))
        yield NamedText(name, text, tuple(names))


def _iob_names(spans: list[Span], tags: list[str]) -> Iterator[tuple[Span, str]]:
    start, label = None, ""
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            yield (spans[start][0], spans[i - 1][1]), label
            start = None
        if tag.startswith("B-"):
            # What is neither person, organisation nor place is no entity in this scheme.
            start, label = (i, _LABELS[tag[2:]]) if tag[2:] in _LABELS else (None, "")


def documents(text: str) -> Iterator[tuple[str, list[str]]]:
    """The documents of a CoNLL-style file: their names and their sentences."""
    name = ""
    sentences: list[str] = []
    for sentence in text.split("\n\n"):
        if new := comment(sentence, "newdoc id"):
            if sentences:
                yield name, sentences
            name, sentences = new, []
        if sentence.strip():
            sentences.append(sentence)
    yield name, sentences


def comment(sentence: str, key: str) -> str:
    """What a ``# key = value`` line of a sentence says, or nothing."""
    match = re.search(rf"^# {key} = (.*)$", sentence, re.MULTILINE)
    return match[1] if match else ""


def lay_out(text: str, sentence: str, tokens: list[str]) -> tuple[list[Span], str]:
    """Append a sentence to a text and say where its tokens came to lie."""
    text += "\n\n" if text else ""
    spans, at = [], 0
    for token in tokens:
        found = sentence.find(token, at)
        at = found if found >= 0 else at
        spans.append((len(text) + at, len(text) + at + len(token)))
        at += len(token)
    return spans, text + sentence
