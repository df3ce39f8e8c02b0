"""The corpora that the shipped model learns from, each read into samples.

PolNeAR gives roles and links (and silver names), Universal NER on EWT and GUM give names. None of
their text is stored with the model.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from newsmine.evaluation.brat import BratArticle, read_folder
from newsmine.evaluation.named import NamedText, comment, lay_out
from newsmine.training.samples import UNKNOWN, Sample, SampleBuilder
from newsmine.types import Span

SILVER_WEIGHT = 0.5
_GUM_LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}


def polnear(folder: Path, silver: Path) -> Iterator[Sample]:
    """PolNeAR's articles with roles, links, and the names that a CRF tagger found in them.

    The names of the first paragraph (a headline, where the tagger is poor) teach nothing.
    """
    rows = (json.loads(line) for line in silver.read_text(encoding="utf-8").splitlines())
    names = {row["doc"]: row["entities"] for row in rows}
    for article in read_folder(folder):
        builder = SampleBuilder(article.text)
        _mark_attributions(builder, article)
        if article.name in names:
            _mark_silver(builder, names[article.name])
        yield builder.build(name=article.name, weight=SILVER_WEIGHT)


def _mark_attributions(builder: SampleBuilder, article: BratArticle) -> None:
    builder.roles = [0] * len(builder.spans)
    for attribution in article.attributions:
        sources = builder.mark_role("SOURCE", attribution.source)
        cues = builder.mark_role("CUE", attribution.cue)
        contents = builder.mark_role("CONTENT", attribution.content)
        for cue in cues[:1]:
            builder.links[cue] = sources[0] if sources else cue
        for content in contents:
            builder.links[content] = cues[0] if cues else content


def _mark_silver(builder: SampleBuilder, entities: list[tuple[int, int, str]]) -> None:
    builder.entities = [0] * len(builder.spans)
    for start, end, label in entities:
        # What is neither person, organisation nor place is no name in Universal NER either.
        if label != "MISC":
            builder.mark_entity(label, (start, end))
    first = builder.text.find("\n\n")
    for i in builder.words_in((0, max(first, 0))):
        builder.entities[i] = UNKNOWN


def named(texts: Iterable[NamedText]) -> Iterator[Sample]:
    """Samples of texts with gold names."""
    for text in texts:
        yield _named_sample(text.text, text.names, text.name)


def gum(folder: Path) -> Iterator[Sample]:
    """GUM's named persons, organisations and places.

    GUM marks whole noun phrases; only those made of proper nouns alone are names as Universal NER
    has them, the proper nouns in other persons, organisations and places teach nothing.
    """
    for path in sorted(folder.glob("*.conllu")):
        text = ""
        names: list[tuple[Span, str]] = []
        for sentence in path.read_text(encoding="utf-8").split("\n\n"):
            rows = [line.split("\t") for line in sentence.splitlines() if line[:1].isdigit()]
            rows = [row for row in rows if "-" not in row[0] and "." not in row[0]]
            if not rows:
                continue
            spans, text = lay_out(text, comment(sentence, "text"), [row[1] for row in rows])
            names += list(_gum_names(spans, rows))
        yield _named_sample(text, names, path.stem)


def _gum_names(spans: list[Span], rows: list[list[str]]) -> Iterator[tuple[Span, str]]:
    proper = [row[4].startswith("NNP") for row in rows]
    entities = [e for e in _gum_entities(rows) if e[2] in _GUM_LABELS]
    for first, last, _ in entities:
        if not all(proper[first : last + 1]):
            yield from ((spans[i], "unknown") for i in range(first, last + 1) if proper[i])
    for first, last, label in entities:
        if all(proper[first : last + 1]):
            yield (spans[first][0], spans[last][1]), _GUM_LABELS[label]


def _gum_entities(rows: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    """Innermost last, so that a name inside a longer one keeps the longer one's label first."""
    open_at: dict[str, list[tuple[int, str]]] = {}
    found = []
    for i, row in enumerate(rows):
        field = next((f[7:] for f in row[9].split("|") if f.startswith("Entity=")), "")
        for opened, ident, label, closed in re.findall(
            r"(\()?(\d+)(?:\[\d+/\d+\])?(?:-([a-z]+)[^()]*)?(\))?", field
        ):
            if opened:
                open_at.setdefault(ident, []).append((i, label))
            if closed and open_at.get(ident):
                start, name = open_at[ident].pop()
                found.append((start, i, name))
    yield from sorted(found, key=lambda entity: entity[1] - entity[0])


def _named_sample(text: str, names: Sequence[tuple[Span, str]], name: str) -> Sample:
    builder = SampleBuilder(text)
    builder.entities = [0] * len(builder.spans)
    for span, label in names:
        builder.mark_entity(label, span)
    return builder.build(name=name)
