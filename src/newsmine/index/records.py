"""Extractions as rows of the tables, and back: what goes in comes out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from newsmine.index.pages import given_json, given_of, page_rows, pages_of
from newsmine.index.texts import context_of, quote_of, raw_spans, storable, storable_path
from newsmine.ingest.alignment import from_json, to_json
from newsmine.types import (
    Alignment,
    Article,
    Attribution,
    Byline,
    Check,
    Claim,
    Extraction,
    Mention,
    Provenance,
    RawArticle,
    Span,
    Speaker,
    Zone,
)

Row = dict[str, Any]

CHILDREN = ("bylines", "pages", "attributions", "claims", "mentions", "checks")
"""The tables whose rows belong to one article, in the order in which they are filled."""

_BOUNDS = ("value", "low", "high")
_CLAIM_TEXTS = (
    *("approximator", "unit", "counted", "population"),
    *("direction", "base", "period", "area", "status", "attribution"),
)


@dataclass(frozen=True, slots=True)
class Rows:
    """An extraction as rows. Speakers and organisations are names here, not yet numbers."""

    article: Row
    children: dict[str, list[Row]]
    digest: str
    """Of all of it but the path: equal for equal extractions."""


def to_rows(extraction: Extraction) -> Rows:
    """The rows of an extraction.

    Raises:
        ValueError: It contradicts itself: an id twice, or a claim of an unknown attribution.
    """
    _check(extraction)
    raw = extraction.article.alignment
    text = storable(extraction.article.text)
    article = _article_row(extraction)
    children = {
        "bylines": [{"name": b.name, "role": b.role} for b in extraction.article.bylines],
        "pages": page_rows(extraction.article.raw),
        "attributions": [_attribution_row(a, text, raw) for a in extraction.attributions],
        "claims": [_claim_row(c, text, raw) for c in extraction.claims],
        "mentions": [_mention_row(m, text, raw) for m in extraction.mentions],
        "checks": [_check_row(c) for c in extraction.checks],
    }
    children = {table: [_storable(row) for row in rows] for table, rows in children.items()}
    pathless = {key: value for key, value in article.items() if key != "path"}
    digest = hashlib.sha256(_json([pathless, children]).encode()).hexdigest()
    return Rows(article | {"digest": digest}, children, digest)


def _check(extraction: Extraction) -> None:
    known = [attribution.id for attribution in extraction.attributions]
    for ids in (known, [claim.id for claim in extraction.claims]):
        if len(set(ids)) < len(ids):
            raise ValueError(f"{extraction.article.path}: an id occurs twice among {ids[:9]}")
    wanted = {claim.attribution for claim in extraction.claims if claim.attribution is not None}
    if dangling := wanted - set(known):
        raise ValueError(f"{extraction.article.path}: claims of unknown {sorted(dangling)[:9]}")


def _article_row(extraction: Extraction) -> Row:
    article, made_by = extraction.article, extraction.provenance
    raw = article.raw
    row = _storable(
        {
            "id": article.id,
            "sha256": raw.sha256 if raw else None,
            "reader": raw.reader if raw else None,
            "outlet": article.outlet,
            "published": article.published,
            "headline": article.headline,
            "standfirst": article.standfirst,
            "text": article.text,
            "raw_text": raw.raw_text if raw else None,
            "given": given_json(raw),
            "alignment": to_json(article.alignment),
            "zones": _json([[*zone.span, zone.kind] for zone in article.zones]),
            "flags": _json(article.flags),
            "model": made_by.model,
            "newsmine": made_by.newsmine,
            "settings": _json(dict(made_by.settings)),
        }
    )
    return row | {"path": storable_path(article.path)}


def _attribution_row(attribution: Attribution, text: str, raw: Alignment) -> Row:
    roles = {role: getattr(attribution, role) for role in ("content", "source", "cue")}
    return {
        "attribution": attribution.id,
        "kind": attribution.kind,
        "quote": quote_of(text, attribution.content),
        **{role: _json(spans) for role, spans in roles.items()},
        **{f"raw_{role}": _json(raw_spans(raw, spans)) for role, spans in roles.items()},
        **_speaker_columns(attribution.speaker),
        "confidence": attribution.confidence,
        "reasons": _json(attribution.reasons),
    }


def _speaker_columns(speaker: Speaker | None) -> Row:
    """``speakers.type`` is NULL exactly where there is no speaker at all."""
    return {
        "speaker": speaker.name if speaker else None,
        "speaker_type": speaker.type if speaker else None,
        "role": speaker.role if speaker else None,
        "organisation": _organisation(speaker) if speaker else None,
        "mention": _json(speaker.mention) if speaker and speaker.mention else None,
        "candidates": _json(speaker.candidates) if speaker and speaker.candidates else None,
    }


def _organisation(speaker: Speaker) -> str | None:
    """An organisation speaks for itself, so that asking for it finds what it says."""
    return speaker.organisation or (speaker.name if speaker.type == "organisation" else None)


def _claim_row(claim: Claim, text: str, raw: Alignment) -> Row:
    bounds = {name: getattr(claim, name) for name in _BOUNDS}
    return {
        "claim": claim.id,
        "figure": text[slice(*claim.span)],
        "context": context_of(text, claim.span),
        "span": _json(claim.span),
        "raw_span": _json(raw.to_raw(claim.span)),
        "form": claim.form,
        **{name: _real(bound) for name, bound in bounds.items()},
        "exact": _json([None if bound is None else str(bound) for bound in bounds.values()]),
        **{name: getattr(claim, name) for name in _CLAIM_TEXTS},
        **_speaker_columns(claim.speaker),
        "reasons": _json(claim.reasons),
    }


def _real(value: Fraction | None) -> float | None:
    """The nearest float; NULL beyond 1e308, where only ``exact`` has it."""
    try:
        return None if value is None else float(value)
    except OverflowError:
        return None


def _mention_row(mention: Mention, text: str, raw: Alignment) -> Row:
    return {
        "text": text[slice(*mention.span)],
        "label": mention.label,
        "entity": mention.entity,
        "span": _json(mention.span),
        "raw_span": _json(raw.to_raw(mention.span)),
    }


def _check_row(check: Check) -> Row:
    return {
        "claims": _json(check.claims),
        "rule": check.rule,
        "verdict": check.verdict,
        "sum": check.sum,
        "reason": check.reason,
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _storable(row: Row) -> Row:
    return {k: storable(v) if isinstance(v, str) else v for k, v in row.items()}


def from_rows(article: Mapping[str, Any], children: Mapping[str, Sequence[Any]]) -> Extraction:
    """The extraction that was stored, from rows with speakers and organisations by name."""
    return Extraction(
        article=_article(article, children["bylines"], children["pages"]),
        provenance=Provenance(
            article["newsmine"], article["model"], json.loads(article["settings"])
        ),
        mentions=tuple(
            Mention(_span(row["span"]), row["label"], row["entity"]) for row in children["mentions"]
        ),
        attributions=tuple(_attribution(row) for row in children["attributions"]),
        claims=tuple(_claim(row) for row in children["claims"]),
        checks=tuple(
            Check(_texts(row["claims"]), row["rule"], row["verdict"], row["sum"], row["reason"])
            for row in children["checks"]
        ),
    )


def _article(
    row: Mapping[str, Any],
    bylines: Iterable[Mapping[str, Any]],
    pages: Iterable[Mapping[str, Any]],
) -> Article:
    plain = ("id", "path", "text", "outlet", "published", "headline", "standfirst")
    return Article(
        **{name: row[name] for name in plain},
        alignment=from_json(row["alignment"]),
        bylines=tuple(Byline(byline["name"], byline["role"]) for byline in bylines),
        zones=tuple(Zone((start, end), kind) for start, end, kind in json.loads(row["zones"])),
        flags=_texts(row["flags"]),
        raw=_raw(row, pages),
    )


def _raw(row: Mapping[str, Any], pages: Iterable[Mapping[str, Any]]) -> RawArticle | None:
    text = row["raw_text"]
    if text is None:
        return None
    return RawArticle(
        raw_text=text,
        path=row["path"],
        reader=row["reader"],
        sha256=row["sha256"],
        pages=pages_of(pages, text),
        given=given_of(row["given"]),
    )


def _attribution(row: Mapping[str, Any]) -> Attribution:
    return Attribution(
        id=row["attribution"],
        kind=row["kind"],
        content=_spans(row["content"]),
        source=_spans(row["source"]),
        cue=_spans(row["cue"]),
        speaker=_speaker(row),
        confidence=row["confidence"],
        reasons=_texts(row["reasons"]),
    )


def _claim(row: Mapping[str, Any]) -> Claim:
    value, low, high = (
        None if bound is None else Fraction(bound) for bound in json.loads(row["exact"])
    )
    return Claim(
        id=row["claim"],
        span=_span(row["span"]),
        form=row["form"],
        value=value,
        low=low,
        high=high,
        **{name: row[name] for name in _CLAIM_TEXTS},
        speaker=_speaker(row),
        reasons=_texts(row["reasons"]),
    )


def _speaker(row: Mapping[str, Any]) -> Speaker | None:
    if row["speaker_type"] is None:
        return None
    return Speaker(
        name=row["speaker"],
        type=row["speaker_type"],
        role=row["role"],
        organisation=row["organisation"],
        mention=_span(row["mention"]) if row["mention"] else None,
        candidates=_texts(row["candidates"]) if row["candidates"] else (),
    )


def _span(text: str) -> Span:
    start, end = json.loads(text)
    return start, end


def _spans(text: str) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in json.loads(text))


def _texts(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
