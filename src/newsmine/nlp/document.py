"""Articles into spaCy documents and documents into records: the one place for both.

A document carries plain values only, so that a ``DocBin`` keeps all of it: ``doc._.article``,
``doc._.mentions``, ``doc._.attributions``, ``doc._.claims`` and ``doc._.checks`` are what ``plain``
makes of the records. For readers of the Doc the same is laid out as spaCy does: names in
``doc.ents``,
attributions in ``doc.spans["attribution"]`` (SOURCE, CUE, CONTENT with a shared ``span.id_``),
figures in ``doc.spans["claims"]``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from newsmine.types import (
    Alignment,
    Article,
    Attribution,
    Byline,
    Check,
    Claim,
    Edit,
    Extraction,
    Mention,
    Provenance,
    Span,
    Speaker,
    Zone,
)

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

EXTENSIONS = ("article", "mentions", "attributions", "claims", "checks")
READ_ZONES = frozenset({"headline", "standfirst", "lead", "body", "caption"})
"""The zones in which statements and figures are looked for: a pull quote repeats the body's
words, and bylines and furniture say nothing."""

_PLAIN = frozenset({str, int, float, bool, type(None)})


def plain(record: Any) -> Any:
    """A record as dicts, lists, strings and numbers; fractions as ``"1/3"``."""
    if isinstance(record, (list, tuple)):
        return [item if type(item) in _PLAIN else plain(item) for item in record]
    if names := _field_names(record.__class__):
        pairs = ((name, getattr(record, name)) for name in names)
        return {name: value if type(value) in _PLAIN else plain(value) for name, value in pairs}
    return str(record) if isinstance(record, Fraction) else record


@cache
def _field_names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else ()


def register_extensions() -> None:
    """Make ``doc._.article`` and the others known to spaCy, once."""
    from spacy.tokens import Doc

    for name in EXTENSIONS:
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def to_doc(article: Article, nlp: Language) -> Doc:
    """An article as a document that the pipeline's components can work on."""
    register_extensions()
    doc = nlp.make_doc(article.text)
    # The raw text and the alignment stay with the record: they can be large, and no component
    # needs them.
    doc._.article = {
        f.name: plain(getattr(article, f.name))
        for f in fields(article)
        if f.name not in ("raw", "alignment", "text")
    }
    return doc


def article_of(doc: Doc) -> Article:
    """The article behind a document; one of a bare text is all body."""
    return cast("Article", _remembered(doc, "article", lambda data: _article(data, doc.text)))


def _remembered(doc: Doc, name: str, made: Callable[[Any], Any]) -> Any:
    """What is made of a document's plain values: once, as long as they stay the same.

    Each component asks for the article and its text, which spaCy joins anew from the tokens each
    time. Hooks are a place on the document that is not written with it.
    """
    data, hooks = getattr(doc._, name), cast("dict[str, Any]", doc.user_hooks)
    key = f"newsmine.{name}"
    known = hooks.get(key)
    if known is None or known[0] is not data:
        known = hooks[key] = (data, made(data))
    return known[1]


def _article(data: Mapping[str, Any] | None, text: str) -> Article:
    if data is None:
        zones = (Zone((0, len(text)), "body"),)
        return Article("text", "-", text, _identity(len(text)), zones=zones)
    return Article(
        text=text,
        alignment=_identity(len(text)),
        **{
            **data,
            "bylines": tuple(Byline(**b) for b in data["bylines"]),
            "zones": tuple(Zone(_span(z["span"]), z["kind"]) for z in data["zones"]),
            "flags": tuple(data["flags"]),
        },
    )


def _identity(size: int) -> Alignment:
    return Alignment((Edit((0, size), (0, size)),) if size else ())


def mentions_of(doc: Doc) -> tuple[Mention, ...]:
    """The mentions that a document carries."""
    return cast("tuple[Mention, ...]", _remembered(doc, "mentions", _mentions))


def _mentions(data: Sequence[Mapping[str, Any]] | None) -> tuple[Mention, ...]:
    return tuple(Mention(_span(m["span"]), m["label"], m["entity"]) for m in data or ())


def attributions_of(doc: Doc) -> tuple[Attribution, ...]:
    """The attributions that a document carries."""
    return cast("tuple[Attribution, ...]", _remembered(doc, "attributions", _attributions))


def _attributions(rows: Sequence[Mapping[str, Any]] | None) -> tuple[Attribution, ...]:
    return tuple(
        Attribution(
            **{
                **data,
                **{role: _spans(data[role]) for role in ("content", "source", "cue")},
                "speaker": _speaker(data["speaker"]),
                "reasons": tuple(data["reasons"]),
            }
        )
        for data in rows or ()
    )


def claims_of(doc: Doc) -> tuple[Claim, ...]:
    """The claims that a document carries."""
    return cast("tuple[Claim, ...]", _remembered(doc, "claims", _claims))


def _claims(rows: Sequence[Mapping[str, Any]] | None) -> tuple[Claim, ...]:
    return tuple(
        Claim(
            **{
                **data,
                **{k: _fraction(data[k]) for k in ("value", "low", "high")},
                "span": _span(data["span"]),
                "speaker": _speaker(data["speaker"]),
                "reasons": tuple(data["reasons"]),
            }
        )
        for data in rows or ()
    )


def checks_of(doc: Doc) -> tuple[Check, ...]:
    """The checks that a document carries."""
    return tuple(Check(**{**data, "claims": tuple(data["claims"])}) for data in doc._.checks or ())


def extraction_of(doc: Doc, article: Article, provenance: Provenance) -> Extraction:
    """All that was found in a document, as records of the article that it was made from."""
    return Extraction(
        article,
        provenance,
        mentions=mentions_of(doc),
        attributions=attributions_of(doc),
        claims=claims_of(doc),
        checks=checks_of(doc),
    )


def keep_mentions(doc: Doc, mentions: Sequence[Mention]) -> None:
    """Write mentions to a document."""
    doc._.mentions = plain(mentions)
    spans = (doc.char_span(*m.span, label=m.label, alignment_mode="expand") for m in mentions)
    doc.ents = tuple(span for span in spans if span is not None)


def keep_attributions(doc: Doc, attributions: Sequence[Attribution]) -> None:
    """Write attributions to a document."""
    doc._.attributions = plain(attributions)
    doc.spans["attribution"] = [
        found
        for attribution in attributions
        for role in ("source", "cue", "content")
        for span in getattr(attribution, role)
        if (found := _labelled(doc, span, role.upper(), attribution.id)) is not None
    ]


def keep_claims(doc: Doc, claims: Sequence[Claim]) -> None:
    """Write claims to a document."""
    doc._.claims = plain(claims)
    spans = (_labelled(doc, c.span, c.form, c.id) for c in claims)
    doc.spans["claims"] = [span for span in spans if span is not None]


def keep_checks(doc: Doc, checks: Sequence[Check]) -> None:
    """Write checks to a document."""
    doc._.checks = plain(checks)


def _labelled(doc: Doc, span: Span, label: str, ident: str) -> Any:
    return doc.char_span(*span, label=label, span_id=ident, alignment_mode="expand")


def _span(value: Sequence[int]) -> Span:
    start, end = value
    return start, end


def _spans(values: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(_span(value) for value in values)


def _fraction(value: str | None) -> Fraction | None:
    return None if value is None else Fraction(value)


def _speaker(data: Mapping[str, Any] | None) -> Speaker | None:
    if data is None:
        return None
    mention = None if data["mention"] is None else _span(data["mention"])
    return Speaker(**{**data, "mention": mention, "candidates": tuple(data["candidates"])})
