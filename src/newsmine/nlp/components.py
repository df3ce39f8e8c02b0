"""The pipeline's spaCy components: each reads the document, decides, and writes it down.

What is decided lies in modules without spaCy (``encoder``, ``attribution``, ``speakers``,
``claims``, ``checks``); here is only the way from the document and back.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

from newsmine.errors import ModelError
from newsmine.nlp.attribution import find_attributions
from newsmine.nlp.certainty import certainty_model, weigh
from newsmine.nlp.checks import find_checks
from newsmine.nlp.claims import find_claims
from newsmine.nlp.document import (
    READ_ZONES,
    article_of,
    attributions_of,
    claims_of,
    keep_attributions,
    keep_checks,
    keep_claims,
    keep_mentions,
    mentions_of,
    register_extensions,
)
from newsmine.nlp.encoder import Encoder, Reading
from newsmine.nlp.linking import LinkSettings
from newsmine.nlp.mentions import find_mentions
from newsmine.nlp.pull_quotes import tie_repeats
from newsmine.nlp.quotation_marks import find_quotations, with_repairs
from newsmine.nlp.refusals import without_terms
from newsmine.nlp.set_out import with_set_out
from newsmine.nlp.signed import find_signed, with_signed
from newsmine.nlp.speakers import resolve_speakers
from newsmine.nlp.speakers.certainty import weigh_speakers
from newsmine.nlp.tokenizer import NewsmineTokenizer
from newsmine.nlp.transcripts import find_turns, with_turns
from newsmine.nlp.words import paragraph_breaks
from newsmine.types import Span

register_extensions()


@registry.tokenizers("newsmine.tokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], NewsmineTokenizer]:
    """Our grid of words as a spaCy tokenizer."""
    return lambda nlp: NewsmineTokenizer(nlp.vocab)


class EncoderComponent:
    """Reads the words of the zones that are read; writes ``doc.tensor`` and the mentions."""

    def __init__(self, encoder: Encoder | None, *, threads: int = 1) -> None:
        self.encoder = encoder
        self._threads = threads

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc.tensor`` (a row a token, zeros where nothing was read) and ``doc.ents``."""
        if self.encoder is None:
            raise ModelError("newsmine_encoder", "has no model", "Load a pipeline with spacy.load")
        tokens, spans = read_words(doc)
        text = article_of(doc).text
        reading = self.encoder.read(text, spans)
        matrix = reading.to_matrix()
        doc.tensor = np.zeros((len(doc), matrix.shape[1]), dtype=np.float32)
        doc.tensor[tokens] = matrix
        breaks = paragraph_breaks(text, spans)
        keep_mentions(doc, find_mentions(text, reading, breaks=breaks))
        return doc

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Copy the model's files into a pipeline's folder."""
        path.mkdir(parents=True, exist_ok=True)
        if self.encoder is not None and self.encoder.folder.resolve() != path.resolve():
            for name in Encoder.FILES:
                shutil.copyfile(self.encoder.folder / name, path / name)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> EncoderComponent:
        """Use the model in a pipeline's folder."""
        self.encoder = Encoder(path, threads=self._threads)
        return self


def read_words(doc: Doc) -> tuple[npt.NDArray[np.intp], list[Span]]:
    """The tokens of the zones that are read, white space left out, and their characters."""
    start, size, blank = doc.to_array(["IDX", "LENGTH", "IS_SPACE"]).astype(np.int64).T
    read = np.zeros(len(doc), dtype=bool)
    for zone in article_of(doc).zones:
        if zone.kind in READ_ZONES:
            read |= (zone.span[0] <= start) & (start < zone.span[1])
    tokens = np.flatnonzero(read & (blank == 0))
    starts, ends = start[tokens], (start + size)[tokens]
    return tokens, list(zip(starts.tolist(), ends.tolist(), strict=True))


def _sections(doc: Doc, spans: list[Span]) -> list[int]:
    """The section of each word: one for lead and body, one for each other zone that is read."""
    read = (zone for zone in article_of(doc).zones if zone.kind in READ_ZONES)
    zones = sorted(read, key=lambda zone: zone.span)
    numbers = [0 if z.kind in ("lead", "body") else i for i, z in enumerate(zones, 1)]
    out, at = [], 0
    for start, _ in spans:
        while zones[at].span[1] <= start:
            at += 1
        out.append(numbers[at])
    return out


def _reading(doc: Doc) -> tuple[Reading, list[Span]]:
    tokens, spans = read_words(doc)
    return Reading.from_matrix(spans, np.asarray(doc.tensor)[tokens]), spans


@Language.factory("newsmine_encoder", default_config={"threads": 1})
def make_encoder(nlp: Language, name: str, threads: int) -> EncoderComponent:
    """The encoder; its model comes with the pipeline's folder."""
    return EncoderComponent(None, threads=threads)


@Language.factory("newsmine_attribution", default_config={"least_certain": 0.3, "settings": {}})
def make_attribution(
    nlp: Language, name: str, least_certain: float | None, settings: dict[str, float]
) -> AttributionComponent:
    """Roles and quotation marks into attributions that are statements with some certainty."""
    links = LinkSettings(**settings)  # type: ignore[arg-type]
    return AttributionComponent(links, least_certain=least_certain)


class AttributionComponent:
    """Writes the attributions of a document that the encoder has read.

    With ``least_certain=None`` all are kept, with the encoder's own confidence.
    """

    def __init__(self, settings: LinkSettings, *, least_certain: float | None = 0.3) -> None:
        self.settings = settings
        self.least_certain = least_certain

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.attributions`` and ``doc.spans["attribution"]``."""
        reading, spans = _reading(doc)
        text = article_of(doc).text
        quotations = find_quotations(text)
        found = find_attributions(
            text,
            reading,
            quotations,
            breaks=paragraph_breaks(text, spans),
            sections=_sections(doc, spans),
            settings=self.settings,
        )
        if self.least_certain is not None:
            zones = article_of(doc).zones
            headlines = [zone.span for zone in zones if zone.kind == "headline"]
            found = without_terms(text, found, headlines=headlines)
            found = weigh(text, found, model=certainty_model(), least=self.least_certain)
            people = _people(doc)
            found = with_turns(found, find_turns(text, zones=zones, people=people))
            signed = find_signed(text, quotations=quotations, zones=zones, people=people)
            found = with_signed(text, found, signed)
            found = with_set_out(text, found, zones=zones)
            found = tie_repeats(text, found, zones=zones, quotations=quotations)
        keep_attributions(doc, with_repairs(found, quotations.repairs))
        return doc


def _people(doc: Doc) -> list[Span]:
    """Where people are named who did not write the article."""
    writers = {word.lower() for byline in article_of(doc).bylines for word in byline.name.split()}
    spans = [mention.span for mention in mentions_of(doc) if mention.label == "PERSON"]
    text = article_of(doc).text
    return [s for s in spans if writers.isdisjoint(text[slice(*s)].lower().split()[-1:])]


@Language.factory("newsmine_speakers")
def make_speakers(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Sources into speakers."""
    return SpeakersComponent()


class SpeakersComponent:
    """Says who is behind each source, and which mentions are the same one."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill the speakers of ``doc._.attributions`` and the entities of ``doc._.mentions``."""
        attributions, mentions = resolve_speakers(
            article_of(doc), attributions=attributions_of(doc), mentions=mentions_of(doc)
        )
        keep_attributions(doc, weigh_speakers(attributions))
        keep_mentions(doc, mentions)
        return doc


@Language.factory("newsmine_claims")
def make_claims(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Figures into claims."""
    return ClaimsComponent()


class ClaimsComponent:
    """Finds the numeric claims of a document whose speakers are known."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.claims`` and ``doc.spans["claims"]``."""
        claims = find_claims(
            article_of(doc), attributions=attributions_of(doc), mentions=mentions_of(doc)
        )
        keep_claims(doc, claims)
        return doc


@Language.factory("newsmine_checks")
def make_checks(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Claims into checks."""
    return ChecksComponent()


class ChecksComponent:
    """Says which figures of a document agree, with the sums."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc._.checks``."""
        keep_checks(doc, find_checks(article_of(doc), claims_of(doc)))
        return doc
