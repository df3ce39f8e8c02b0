"""An extraction as JSON: the contract that other programs rely on (``docs/formats.md``).

Spans are ``[start, end]`` in characters, end exclusive; those under ``raw`` count characters of the
decoded input, the others of ``article.text``. Unknown is ``null``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from newsmine.index.texts import RawOffsets, quote_of
from newsmine.types import Article, Attribution, Check, Claim, Extraction, Mention, Span, Speaker

Record = dict[str, Any]


def to_dict(extraction: Extraction) -> Record:
    """The record, ready for ``json.dumps``; its keys come in the order of the contract."""
    text, raw = extraction.article.text, RawOffsets(extraction.article.alignment)
    made_by = extraction.provenance
    return {
        "article": _article(extraction.article),
        "attributions": [_attribution(a, text, raw) for a in extraction.attributions],
        "claims": [_claim(c, text, raw) for c in extraction.claims],
        "mentions": [_mention(m, text, raw) for m in extraction.mentions],
        "checks": [_check(c) for c in extraction.checks],
        "provenance": {
            "newsmine": made_by.newsmine,
            "model": made_by.model,
            "settings": dict(made_by.settings),
        },
    }


def _article(article: Article) -> Record:
    return {
        "id": article.id,
        "path": article.path,
        "outlet": article.outlet,
        "published": article.published,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "bylines": [{"name": b.name, "role": b.role} for b in article.bylines],
        "text": article.text,
        "flags": list(article.flags),
    }


def _attribution(attribution: Attribution, text: str, raw: RawOffsets) -> Record:
    roles = {role: getattr(attribution, role) for role in ("content", "source", "cue")}
    return {
        "id": attribution.id,
        "kind": attribution.kind,
        "quote": quote_of(text, attribution.content),
        **{role: _lists(spans) for role, spans in roles.items()},
        "raw": {role: _lists(raw.of_all(spans)) for role, spans in roles.items()},
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
        "organisation": speaker.organisation,
    }


_CLAIM_TEXTS = (
    *("approximator", "unit", "counted", "population"),
    *("direction", "base", "period", "area", "status", "attribution"),
)


def _claim(claim: Claim, text: str, raw: RawOffsets) -> Record:
    return {
        "id": claim.id,
        "text": text[slice(*claim.span)],
        "span": list(claim.span),
        "raw": _lists(raw.of(claim.span)),
        "form": claim.form,
        **{name: _number(getattr(claim, name)) for name in ("value", "low", "high")},
        **{name: getattr(claim, name) for name in _CLAIM_TEXTS},
        "speaker": claim.speaker.name if claim.speaker else None,
        "organisation": claim.speaker.organisation if claim.speaker else None,
    }


def _number(value: Fraction | None) -> int | float | None:
    """A JSON number: an integer where the value is one or is too large for a double."""
    if value is None or value.denominator == 1:
        return None if value is None else value.numerator
    try:
        return float(value)
    except OverflowError:
        return round(value)


def _mention(mention: Mention, text: str, raw: RawOffsets) -> Record:
    return {
        "text": text[slice(*mention.span)],
        "span": list(mention.span),
        "raw": _lists(raw.of(mention.span)),
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


def _lists(spans: Sequence[Span]) -> list[list[int]]:
    return [list(span) for span in spans]
