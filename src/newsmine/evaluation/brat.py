"""Folders of brat files as PolNeAR lays them out: ``<article>.txt``, ``<article>_<who>.ann``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsmine.types import Span

_SPAN = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)\t")
_ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class BratAttribution:
    """The spans of one annotated attribution, in characters of the text."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class BratArticle:
    """One article as one annotator marked it."""

    name: str
    text: str
    attributions: tuple[BratAttribution, ...]


def read_folder(folder: Path) -> Iterator[BratArticle]:
    """The annotated articles of a folder, each by its first annotator, in order of names."""
    seen = set()
    for path in sorted(folder.glob("*.ann")):
        name = re.sub(r"_[0-9a-f]{4}$", "", path.stem)
        text = folder / f"{name}.txt"
        if name not in seen and text.exists():
            seen.add(name)
            marks = tuple(parse(path.read_text(encoding="utf-8")))
            yield BratArticle(name, text.read_bytes().decode("utf-8"), marks)


def parse(ann: str) -> Iterator[BratAttribution]:
    """The attributions of an ``.ann`` file that have a content.

    Roles can be numbered, come in any order or be missing; notes, ``Discuss`` and ``Discard``
    spans, and lines that run over a newline are passed over.
    """
    lines = ann.split("\n")
    spans = {}
    for line in lines:
        if match := _SPAN.match(line + "\t"):
            parts = (part.split() for part in match[3].split(";"))
            spans[match[1]] = [(int(start), int(end)) for start, end in parts]
    for line in lines:
        if re.match(r"E\d+\t", line) and (found := _roles(line, spans))["content"]:
            yield BratAttribution(*(tuple(sorted(found[role])) for role in _ROLES))


def _roles(line: str, spans: dict[str, list[Span]]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for part in line.split("\t")[1].split():
        role, reference = part.split(":")
        found[re.sub(r"\d+$", "", role).lower()] += spans.get(reference, [])
    return found
