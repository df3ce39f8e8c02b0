"""The sample corpus's gold annotation, with every printed string led back to its raw offsets.

``NN-slug.gold.json`` beside ``NN-slug.txt`` writes stretches of the raw text as they are printed.
A string that starts or ends with a letter or digit matches whole words only, so that ``it`` is not
found in ``with``. One that is printed more than once says which it means:
``{"text": "said", "nth": 3}``, counting from 1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast, get_args

from newsmine.errors import GoldError
from newsmine.types import (
    AttributionKind,
    Byline,
    ClaimForm,
    ClaimStatus,
    Span,
    Speaker,
    SpeakerType,
    ZoneKind,
)

SUFFIX = ".gold.json"

Value = float | tuple[float, float] | None
"""A figure, the two ends of a printed range, or ``None`` where it is vague (``hundreds``)."""

_KEYS = {
    "article": {
        *("outlet", "published", "headline", "standfirst", "bylines", "attributions"),
        *("not_quotes", "claims", "not_claims", "wire", "zones"),
    },
    "attribution": {"kind", "content", "source", "cue", "speaker", "continues"},
    "speaker": {"name", "type", "role", "organisation"},
    "claim": {
        *("text", "nth", "value", "form", "unit", "counted", "direction", "base"),
        *("period", "status", "speaker", "organisation", "population", "area"),
    },
}


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One annotated utterance. ``continues`` marks one that goes on an earlier one, without cue."""

    kind: AttributionKind
    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    speaker: Speaker | None = None
    continues: bool = False


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """One annotated figure; ``text`` is its span as printed."""

    span: Span
    text: str
    form: ClaimForm
    value: Value
    unit: str | None = None
    counted: str | None = None
    direction: str | None = None
    base: str | None = None
    period: str | None = None
    status: ClaimStatus | None = None
    population: str | None = None
    area: str | None = None
    speaker: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A sample article as printed, and what there is to find in it, in raw character offsets."""

    path: Path
    text: str
    outlet: str | None = None
    published: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    bylines: tuple[Byline, ...] = ()
    attributions: tuple[GoldAttribution, ...] = ()
    not_quotes: tuple[Span, ...] = ()
    claims: tuple[GoldClaim, ...] = ()
    not_claims: tuple[Span, ...] = ()
    wire: str | None = None
    zones: Mapping[ZoneKind, tuple[Span, ...]] = field(default_factory=dict)
    doubtful: tuple[tuple[Span, ...], ...] = ()
    """Contents that one annotator would mark and another would not: right either way."""

    @property
    def name(self) -> str:
        """The stem that text and gold share: ``01-predators-every-nine-minutes``."""
        return self.path.stem


def load_gold(folder: Path) -> tuple[GoldArticle, ...]:
    """Every annotated article of a folder, sorted by name.

    Raises:
        GoldError: The folder has no gold, or a file of it is wrong (see ``read_gold``).
    """
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    if not paths:
        raise GoldError(folder, f"holds no *{SUFFIX} file", "Name the folder of the corpus")
    return tuple(map(read_gold, paths))


def read_gold(path: Path) -> GoldArticle:
    """Read one ``NN-slug.gold.json`` and the ``NN-slug.txt`` beside it.

    Raises:
        GoldError: A file is missing or is no JSON, a key or value is unknown, or a string is
            absent from the text or ambiguous in it.
    """
    text_path = path.with_name(path.name.removesuffix(SUFFIX) + ".txt")
    try:
        # Bytes, because text mode would turn CRLF into LF and shift every offset after it.
        text = text_path.read_bytes().decode("utf-8")
        gold = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise GoldError(path, f"cannot be read ({error})", "Restore the pair of files") from None
    return _Reader(path, text).article(text_path, gold)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the JSON of one file into records; knows the file for its error messages."""

    path: Path
    text: str

    def article(self, text_path: Path, gold: Any) -> GoldArticle:
        self._check_keys(gold, "article")
        zones = {self._one_of(k, ZoneKind): self.spans(v) for k, v in gold.get("zones", {}).items()}
        return GoldArticle(
            path=text_path,
            text=self.text,
            outlet=gold.get("outlet"),
            published=gold.get("published"),
            headline=gold.get("headline"),
            standfirst=gold.get("standfirst"),
            bylines=tuple(Byline(b["name"], b.get("role")) for b in gold.get("bylines", [])),
            attributions=tuple(map(self.attribution, gold.get("attributions", []))),
            not_quotes=self.spans(gold.get("not_quotes", [])),
            claims=tuple(map(self.claim, gold.get("claims", []))),
            not_claims=self.spans(gold.get("not_claims", [])),
            wire=gold.get("wire"),
            zones=cast(Mapping[ZoneKind, tuple[Span, ...]], zones),
        )

    def attribution(self, item: Any) -> GoldAttribution:
        self._check_keys(item, "attribution")
        return GoldAttribution(
            kind=cast(AttributionKind, self._one_of(item.get("kind"), AttributionKind)),
            content=self.spans(item.get("content", [])),
            source=self.spans(item.get("source", [])),
            cue=self.spans(item.get("cue", [])),
            speaker=self.speaker(item.get("speaker")),
            continues=item.get("continues", False),
        )

    def speaker(self, item: Any) -> Speaker | None:
        if item is None:
            return None
        self._check_keys(item, "speaker")
        kind = cast(SpeakerType, self._one_of(item.get("type"), SpeakerType))
        return Speaker(item.get("name"), kind, item.get("role"), item.get("organisation"))

    def claim(self, item: Any) -> GoldClaim:
        self._check_keys(item, "claim")
        status = item.get("status")
        rest = ("unit", "counted", "direction", "base", "period", "speaker", "organisation",
                "population", "area")  # fmt: skip
        return GoldClaim(
            span=self.span(item),
            text=item["text"],
            form=cast(ClaimForm, self._one_of(item.get("form"), ClaimForm)),
            value=self.value(item.get("value"), item["text"]),
            status=None if status is None else cast(Any, self._one_of(status, ClaimStatus)),
            **{key: item.get(key) for key in rest},
        )

    def value(self, value: Any, text: str) -> Value:
        if value is None or isinstance(value, int | float):
            return value
        if isinstance(value, list) and len(value) == 2:
            return float(value[0]), float(value[1])
        raise self._wrong(f"has the value {value!r} for {text!r}", "Give a number or [low, high]")

    def spans(self, items: Any) -> tuple[Span, ...]:
        return tuple(map(self.span, items))

    def span(self, item: Any) -> Span:
        """Where a printed string stands, or the ``nth`` of several places."""
        string, nth = (item, None) if isinstance(item, str) else (item["text"], item.get("nth"))
        found = [m.span() for m in re.finditer(_whole(string), self.text)] if string else []
        if nth is None and len(found) > 1:
            reason = f"the string {string!r} is printed {len(found)} times"
            raise self._wrong(reason, 'Say which: {"text": ..., "nth": 2}')
        place = 1 if nth is None else nth
        if not 1 <= place <= len(found):
            reason = f"the string {string!r} is printed {len(found)} times, wanted number {place}"
            raise self._wrong(reason, "Copy it as printed, line breaks included")
        return found[place - 1]

    def _check_keys(self, item: Any, record: str) -> None:
        if not isinstance(item, dict):
            raise self._wrong(f"has {item!r} for an {record}", "Write a JSON object")
        if unknown := sorted(item.keys() - _KEYS[record]):
            raise self._wrong(f"has the unknown key {unknown[0]!r}", f"Use {sorted(_KEYS[record])}")

    def _one_of(self, value: Any, kinds: Any) -> str:
        if value not in get_args(kinds):
            raise self._wrong(f"has the unknown value {value!r}", f"Use one of {get_args(kinds)}")
        return str(value)

    def _wrong(self, reason: str, remedy: str) -> GoldError:
        return GoldError(self.path, reason, remedy)


def _whole(string: str) -> str:
    """A pattern for the string that does not start or end inside a word."""
    before = r"(?<!\w)" if re.match(r"\w", string) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", string) else ""
    return f"{before}{re.escape(string)}{after}"
