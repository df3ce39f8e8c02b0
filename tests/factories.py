"""Articles and extractions made by hand: only what a test is about has to be said."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from newsmine.ingest.alignment import identity
from newsmine.types import (
    Article,
    Attribution,
    Claim,
    Extraction,
    Provenance,
    RawArticle,
    Span,
    Speaker,
    Zone,
)

QUOTE = "“Nobody counts the rest,”"
TEXT = f"Hearthlight counted 1,200 reports.\n\n{QUOTE} said Ann Lee, head of policy."


def make_article(text: str = TEXT, **fields: Any) -> Article:
    """An article of uncleaned text, all of it body; its id begins as the stem of its path."""
    path = fields.setdefault("path", "lantern.txt")
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    stem = path.rpartition("/")[2].partition(".")[0]
    defaults: dict[str, Any] = {
        "id": f"{stem}-{sha256[:12]}",
        "alignment": identity(len(text)),
        "zones": (Zone((0, len(text)), "body"),) if text else (),
        "raw": RawArticle(text, path, "text", sha256),
    }
    return Article(text=text, **{**defaults, **fields})


def span_of(text: str, part: str) -> Span:
    """Where a part lies that occurs once."""
    assert text.count(part) == 1, f"{part!r} occurs {text.count(part)} times"
    start = text.index(part)
    return start, start + len(part)


def make_speaker(name: str | None = "Ann Lee", **fields: Any) -> Speaker:
    return Speaker(name, fields.pop("type", "person"), **fields)


def make_extraction(
    text: str = TEXT,
    *,
    quotes: Sequence[tuple[str, Speaker | None] | Attribution] = (),
    claims: Sequence[Claim] = (),
    model: str = "en_test-1",
    **fields: Any,
) -> Extraction:
    """What was found in an article.

    Args:
        text: The article's text.
        quotes: Attributions, or what is said (as it stands in the text) and by whom.
        claims: Figures.
        model: As in the provenance.
        fields: Of the article, or ``mentions`` and ``checks``.
    """
    found = {name: fields.pop(name, ()) for name in ("mentions", "checks")}
    return Extraction(
        article=make_article(text, **fields),
        provenance=Provenance("0.1.0", model, {"clean": True}),
        attributions=tuple(_attribution(n, q, text) for n, q in enumerate(quotes, 1)),
        claims=tuple(claims),
        **found,
    )


def _attribution(
    number: int, quote: tuple[str, Speaker | None] | Attribution, text: str
) -> Attribution:
    if isinstance(quote, Attribution):
        return quote
    said, speaker = quote
    kind = "direct" if re.match("[“‘\"']", said) else "indirect"
    span = span_of(text, said)
    return Attribution(f"a{number}", kind, (span,), speaker=speaker, confidence=0.9)  # type: ignore[arg-type]
