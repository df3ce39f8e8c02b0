"""Extract annotated articles and count what is right: the counts behind every figure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from newsmine.errors import ReadError
from newsmine.evaluation.gold import GoldArticle
from newsmine.evaluation.roles import tally_roles
from newsmine.evaluation.sample import tally_article
from newsmine.evaluation.statements import Row
from newsmine.ingest.alignment import AlignedText
from newsmine.types import Span

if TYPE_CHECKING:
    from newsmine.pipeline import Model


@dataclass(frozen=True, slots=True)
class FoundRoles:
    """An extracted attribution's spans, in raw characters."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


def extract_row(
    text: str, *, model: Model = None, clean: bool = True, thoughts: bool = False
) -> Row:
    """What is extracted from a text, as JSON; nothing from a text in which nothing is left."""
    from newsmine.export.extraction import to_dict
    from newsmine.pipeline import extract

    try:
        return to_dict(extract(text, model=model, clean=clean, thoughts=thoughts))
    except ReadError:
        return {"attributions": [], "claims": []}


def roles_of(row: Row) -> list[FoundRoles]:
    """The attributions of a row that have a content, in raw characters."""
    spans = (
        FoundRoles(*(_spans(a["raw"].get(role)) for role in ("source", "cue", "content")))
        for a in row["attributions"]
    )
    return [found for found in spans if found.content]


def _spans(values: Any) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in values or ())


def tally(article: GoldArticle, row: Row) -> Counter[str]:
    """All counts of one article, roles and statements; those of several add up."""
    return tally_article(article, row) + tally_roles(
        article.text, article.attributions, roles_of(row)
    )


def ceiling(versions: Sequence[GoldArticle]) -> Iterator[Counter[str]]:
    """The role counts of each pair of annotators, the second scored against the first."""
    for i, one in enumerate(versions):
        for other in versions[i + 1 :]:
            yield tally_roles(one.text, one.attributions, other.attributions)


def moved(article: GoldArticle, changed: AlignedText) -> GoldArticle:
    """The gold of a changed text: every span led to where its characters went.

    A mark that was annotated and is gone takes nothing with it; an attribution whose content is
    gone is dropped. Claims are not led along.
    """

    def to(spans: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(new for span in spans for new in changed.alignment.to_clean(span))

    attributions = (
        replace(a, content=to(a.content), source=to(a.source), cue=to(a.cue))
        for a in article.attributions
    )
    return GoldArticle(
        path=article.path,
        text=changed.text,
        attributions=tuple(a for a in attributions if a.content),
        not_quotes=tuple((s[0][0], s[-1][1]) for x in article.not_quotes if (s := to([x]))),
    )


def as_printed(row: Row, article: GoldArticle, changed: AlignedText) -> Row:
    """The row of a changed text with its names as the unchanged text prints them.

    Who speaks is what is asked; that a scan misspells the name is known. So a name is led back to
    the characters that it was made from.
    """

    def speaker(found: Row | None) -> Row | None:
        names = ("name", "organisation")
        return found and {**found, **{k: _before(found[k], article.text, changed) for k in names}}

    attributions = [{**a, "speaker": speaker(a["speaker"])} for a in row["attributions"]]
    return {**row, "attributions": attributions}


def _before(name: str | None, text: str, changed: AlignedText) -> str | None:
    """A name as printed before the change; word for word where it stands nowhere as a whole."""
    words = (name or "").split()
    whole = _origin(words, text, changed)
    parts = [whole] if whole else [_origin([word], text, changed) or word for word in words]
    before = " ".join(parts)
    return name if name is None or before.lower() == name.lower() else before


def _origin(words: Sequence[str], text: str, changed: AlignedText) -> str | None:
    """What the first place of these words was made from, up to the ends of its words."""
    phrase = r"\s+".join(map(re.escape, words))
    match = re.search(rf"(?<!\w){phrase}(?!\w)", changed.text, re.IGNORECASE) if words else None
    spans = changed.alignment.to_raw(match.span()) if match else ()
    if not spans:
        return None
    start, end = spans[0][0], spans[-1][1]
    while start and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return " ".join(text[start:end].split())
