"""An extraction as JSON: the contract that other programs rely on (docs/formats.md).

``span`` and the role offsets count characters of the clean text, ``raw`` those of the decoded
input; ends are exclusive. Unknown is ``None``, never a guess or an empty string.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeAlias

from newsmine.export.boxes import with_boxes
from newsmine.index.texts import quote_of, raw_spans
from newsmine.types import (
    Article,
    Attribution,
    Check,
    Claim,
    Extraction,
    Mention,
    Provenance,
    Span,
    Speaker,
)

Record: TypeAlias = dict[str, Any]
"""A JSON object: strings, numbers, booleans, None, lists and such objects only."""

_EXACT_IN_FLOAT = 2**53
"""Above it a float has no fraction left, and an integer says more."""


def to_dict(extraction: Extraction, *, boxes: bool = False) -> Record:
    """The extraction as one JSON object, keys in the order of the contract.

    The same extraction always gives the same object. Figures are numbers: whole ones integers,
    others the nearest float, so "a third" is 33.333333333333336.

    Args:
        extraction: What was found.
        boxes: Whether to say where on the pages it is printed, as ``with_boxes`` does.
    """
    article = extraction.article
    record = {
        "article": _article(article),
        "attributions": [_attribution(a, article) for a in extraction.attributions],
        "claims": [_claim(claim, article) for claim in extraction.claims],
        "mentions": [_mention(mention, article) for mention in extraction.mentions],
        "checks": [_check(check) for check in extraction.checks],
        "provenance": _provenance(extraction.provenance),
    }
    return with_boxes(record, article) if boxes else record


def _article(article: Article) -> Record:
    return {
        "id": article.id,
        "path": article.path,
        "outlet": article.outlet,
        "published": article.published,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "bylines": [{"name": byline.name, "role": byline.role} for byline in article.bylines],
        "text": article.text,
        "flags": list(article.flags),
    }


def _attribution(attribution: Attribution, article: Article) -> Record:
    roles = {
        "content": attribution.content,
        "source": attribution.source,
        "cue": attribution.cue,
    }
    return {
        "id": attribution.id,
        "kind": attribution.kind,
        "quote": quote_of(article.text, attribution.content),
        **{role: _lists(spans) for role, spans in roles.items()},
        "raw": {role: _raw(spans, article) for role, spans in roles.items()},
        "speaker": _speaker(attribution.speaker),
        "confidence": attribution.confidence,
        "reasons": list(attribution.reasons),
    }


def _speaker(speaker: Speaker | None) -> Record | None:
    if speaker is None:
        return None
    return {
        "name": speaker.name,
        "type": speaker.type,
        "role": speaker.role,
        "organisation": _organisation(speaker),
    }


def _organisation(speaker: Speaker) -> str | None:
    """Whom the speaker speaks for: an organisation speaks for itself."""
    own = speaker.name if speaker.type == "organisation" else None
    return speaker.organisation or own


def _claim(claim: Claim, article: Article) -> Record:
    return {
        "id": claim.id,
        "text": article.text[slice(*claim.span)],
        "span": list(claim.span),
        "raw": _raw([claim.span], article),
        "form": claim.form,
        "value": _number(claim.value),
        "low": _number(claim.low),
        "high": _number(claim.high),
        "approximator": claim.approximator,
        "unit": claim.unit,
        "counted": claim.counted,
        "population": claim.population,
        "direction": claim.direction,
        "base": claim.base,
        "period": claim.period,
        "area": claim.area,
        "status": claim.status,
        "attribution": claim.attribution,
        "speaker": claim.speaker.name if claim.speaker else None,
        "organisation": _organisation(claim.speaker) if claim.speaker else None,
    }


def _mention(mention: Mention, article: Article) -> Record:
    return {
        "text": article.text[slice(*mention.span)],
        "span": list(mention.span),
        "raw": _raw([mention.span], article),
        "label": mention.label,
        "entity": mention.entity,
    }


def _check(check: Check) -> Record:
    return {
        "claims": list(check.claims),
        "rule": check.rule,
        "verdict": check.verdict,
        "sum": check.sum,
        "reason": check.reason,
    }


def _provenance(provenance: Provenance) -> Record:
    return {
        "newsmine": provenance.newsmine,
        "model": provenance.model,
        "settings": dict(provenance.settings),
    }


def _lists(spans: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def _raw(spans: Iterable[Span], article: Article) -> list[list[int]]:
    return _lists(raw_spans(article.alignment, spans))


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    if value.denominator == 1 or abs(value) > _EXACT_IN_FLOAT:
        return round(value)
    return float(value)
