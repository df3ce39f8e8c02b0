"""Folders of brat files as PolNeAR lays them out: ``<article>.txt``, ``<article>_<who>.ann``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsmine.errors import GoldError
from newsmine.types import Span

_SPAN = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)\t")
_EVENT = re.compile(r"E\d+\t")
_WHO = re.compile(r"[_.-][^_.-]+\Z")
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
    return (versions[0] for versions in read_versions(folder))


def read_versions(folder: Path) -> Iterator[tuple[BratArticle, ...]]:
    """Each article as each of its annotators marked it, annotators in order of their names.

    An annotation belongs to the text of its own name, or of its name without the last part:
    ``a.ann``, ``a_d473.ann``, ``a.jo.ann`` to ``a.txt``. One without a text is passed over.

    Raises:
        GoldError: A file is no UTF-8, an annotation no brat, or a span lies outside the text.
    """
    by_text: dict[Path, list[Path]] = defaultdict(list)
    for path in sorted(folder.glob("*.ann")):
        stems = (path.stem, _WHO.sub("", path.stem))
        texts = [text for stem in stems if (text := folder / f"{stem}.txt").exists()]
        if texts:
            by_text[texts[0]].append(path)
    for text, paths in by_text.items():
        yield tuple(_read(text, path) for path in paths)


def _read(text_path: Path, path: Path) -> BratArticle:
    try:
        # Bytes, because text mode would turn CRLF into LF and shift every offset after it.
        text = text_path.read_bytes().decode("utf-8")
        marks = tuple(parse(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise GoldError(
            path, f"cannot be read as brat ({error})", "Save it with brat again"
        ) from error
    ends = (end for a in marks for role in _ROLES for _, end in getattr(a, role))
    if max(ends, default=0) > len(text):
        reason = f"marks characters behind the end of {text_path.name}"
        raise GoldError(path, reason, "Put the text beside it that was annotated")
    return BratArticle(text_path.stem, text, marks)


def parse(ann: str) -> Iterator[BratAttribution]:
    """The attributions of an ``.ann`` file that have a content.

    Roles can be numbered, come in any order or be missing; notes, ``Discuss`` and ``Discard``
    spans, and lines that run over a newline are passed over.

    Raises:
        ValueError: An event's roles are not written as ``Role:T1``.
    """
    lines = ann.split("\n")
    spans = {}
    for line in lines:
        if match := _SPAN.match(line + "\t"):
            parts = (part.split() for part in match[3].split(";"))
            spans[match[1]] = [(int(start), int(end)) for start, end in parts]
    for line in lines:
        if _EVENT.match(line) and (found := _roles(line, spans))["content"]:
            yield BratAttribution(*(tuple(sorted(found[role])) for role in _ROLES))


def _roles(line: str, spans: dict[str, list[Span]]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for part in line.split("\t")[1].split():
        role, colon, reference = part.partition(":")
        if not colon:
            raise ValueError(f"the event {line.strip()!r} has {part!r} for a role")
        found[re.sub(r"\d+$", "", role).lower()] += spans.get(reference, [])
    return found
