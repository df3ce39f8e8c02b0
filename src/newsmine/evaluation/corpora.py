"""Annotated corpora of every kind that newsmine can be measured on, as one record."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from newsmine.errors import GoldError
from newsmine.evaluation import brat, british, roles
from newsmine.evaluation.gold import SUFFIX, GoldArticle, GoldAttribution, load_gold
from newsmine.resources import shipped
from newsmine.types import AttributionKind

SAMPLE = "corpora/sample"


@dataclass(frozen=True, slots=True)
class Corpus:
    """Annotated articles, and how to read them so that it can be compared with the annotation.

    ``clean`` says whether the texts need cleaning, ``thoughts`` whether thoughts and wishes are
    annotated as well as what is said. ``others`` are the versions of further annotators, under the
    names of the articles.
    """

    name: str
    articles: tuple[GoldArticle, ...]
    clean: bool = True
    thoughts: bool = False
    others: dict[str, tuple[GoldArticle, ...]] = field(default_factory=dict)

    @property
    def has_speakers(self) -> bool:
        """Whether the annotation says who the speakers are."""
        return any(a.speaker for article in self.articles for a in article.attributions)

    @property
    def has_claims(self) -> bool:
        """Whether figures are annotated, too."""
        return any(article.claims for article in self.articles)


def load_corpus(path: Path | None = None) -> Corpus:
    """The corpus in a folder; the sample corpus where none is named.

    A folder of ``*.gold.json`` (as the sample corpus), of brat's ``*.ann`` (as PolNeAR; its texts
    are taken as they are, and thoughts count), or of texts whose annotation is in ``FOLDER.jsonl``
    beside it (the British format; the file can be named instead).

    Raises:
        GoldError: It is none of these, or a file of it is wrong.
    """
    path = shipped(SAMPLE) if path is None else path
    lines = path if path.suffix == ".jsonl" else path.parent / f"{path.name}.jsonl"
    if path.is_dir() and next(path.glob(f"*{SUFFIX}"), None):
        return Corpus(path.name, load_gold(path))
    if path.is_dir() and next(path.glob("*.ann"), None):
        return _brat(path)
    if lines.is_file():
        return _filled(path, Corpus(lines.stem, tuple(british.read_lines(lines))))
    raise GoldError(path, _what_is_wrong(path), _REMEDY)


_REMEDY = "Name a folder with texts and brat's .ann files, or leave it out for the sample corpus"


def _what_is_wrong(path: Path) -> str:
    if path.is_dir():
        return "is a folder without annotated articles"
    return "is no folder of annotated articles" if path.exists() else "is not there"


def _brat(folder: Path) -> Corpus:
    versions = [tuple(map(_article, found)) for found in brat.read_versions(folder)]
    others = {found[0].name: found[1:] for found in versions if len(found) > 1}
    articles = tuple(found[0] for found in versions)
    return _filled(folder, Corpus(folder.name, articles, clean=False, thoughts=True, others=others))


def _filled(path: Path, corpus: Corpus) -> Corpus:
    if not any(article.attributions for article in corpus.articles):
        raise GoldError(path, "holds no annotated attribution beside its text", _REMEDY)
    return corpus


def _article(found: brat.BratArticle) -> GoldArticle:
    marked = (
        GoldAttribution(_kind(found.text, a), a.content, a.source, a.cue)
        for a in found.attributions
    )
    return GoldArticle(Path(f"{found.name}.txt"), found.text, attributions=tuple(marked))


def _kind(text: str, attribution: brat.BratAttribution) -> AttributionKind:
    """By its marks, as PolNeAR's scorer tells kinds apart."""
    if roles.is_direct(text, attribution):
        return "direct"
    return "mixed" if roles.is_quoted(text, attribution) else "indirect"
