"""The records that travel through newsmine: few, frozen, and in the field's words.

Offsets are characters, end exclusive. *Source* is the span that names who speaks, *speaker* is
who that is; files have a *path*. Unknown is ``None``, never a guess or an empty string.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Span = tuple[int, int]
"""Start and end of a stretch of characters, end exclusive."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in the page's unit."""

AttributionKind = Literal["direct", "mixed", "indirect"]
SpeakerType = Literal["person", "organisation", "group", "anonymous", "document"]
MentionLabel = Literal["PERSON", "ORG", "LOC"]
ZoneKind = Literal[
    "outlet",
    "date",
    "headline",
    "byline",
    "standfirst",
    "lead",
    "body",
    "subhead",
    "pull_quote",
    "caption",
    "furniture",
]
ClaimForm = Literal[
    "count",
    "money",
    "share",
    "ratio",
    "rate",
    "change_relative",
    "change_points",
    "change_absolute",
    "multiple",
    "duration",
    "rank",
    "vague",
]
ClaimStatus = Literal["recorded", "survey", "estimate", "forecast", "hypothetical"]
Verdict = Literal["agree", "agree_if_coarse", "disagree", "not_comparable", "undetermined"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word on a scanned page, with the engine's confidence (0 to 1) where it gave one."""

    text: str
    box: Box
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its size in ``unit`` and the raw character range that each word fills.

    ``words`` are in the order of the raw text. ``image`` is a path to the page's picture, beside
    the file or the file itself; ``number`` is the page's place in the file, from 1.
    """

    width: float
    height: float
    unit: str
    words: Sequence[tuple[Span, Word]] = ()
    image: str | None = None
    number: int = 1


@dataclass(frozen=True, slots=True)
class Byline:
    """One author as printed, with the role that the byline gives."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """What a stretch of text is in the newspaper's layout; zones do not overlap."""

    span: Span
    kind: ZoneKind


@dataclass(frozen=True, slots=True)
class Given:
    """What a file says of an article outside its prose: landmarks, columns, structure.

    What is given wins over what the text looks like. ``zones`` count raw characters; where there
    are any, every other stretch of the text is body. Unknown is ``None``.
    """

    outlet: str | None = None
    published: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    bylines: tuple[Byline, ...] = ()
    zones: tuple[Zone, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawArticle:
    """What a reader found, before any cleaning: ``raw_text`` is the decoded input, untouched.

    ``path`` is the file's; of a file with several articles ``file#part``, of an archive's member
    ``archive.zip/member``.
    """

    raw_text: str
    path: str
    reader: str
    sha256: str
    pages: tuple[Page, ...] = ()
    given: Given = field(default_factory=Given)


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch of clean text and the raw characters that it came from.

    ``rule`` names the cleaning rule that changed it; ``None`` means copied one to one. An empty
    ``raw`` range is an inferred insertion, an empty ``clean`` range a deletion.
    """

    clean: Span
    raw: Span
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where each clean character came from: edits in clean order that together cover the text.

    Raw ranges can run backwards where text was reflowed; ``reflowed`` says whether any does.
    Built by ``newsmine.ingest.alignment``.
    """

    edits: tuple[Edit, ...]
    reflowed: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pairs = itertools.pairwise(edit.raw for edit in self.edits)
        backwards = any(b[0] < a[0] or b[1] < a[1] for a, b in pairs)
        object.__setattr__(self, "reflowed", backwards)

    def to_raw(self, span: Span) -> tuple[Span, ...]:
        """The raw characters that made a clean span, in clean order, touching ranges joined."""
        touched = _touching(self.edits, span, _clean_range)
        return _joined(_image(edit.clean, edit.raw, span, edit.rule) for edit in touched)

    def to_clean(self, span: Span) -> tuple[Span, ...]:
        """The clean characters that a raw span became, in clean order, touching ranges joined."""
        touched = self.edits if self.reflowed else _touching(self.edits, span, _raw_range)
        return _joined(_image(edit.raw, edit.clean, span, edit.rule) for edit in touched)

    def explain(self, span: Span) -> tuple[Edit, ...]:
        """The changes (not the copies) that touch a clean span, at its borders too."""
        touched = _touching(self.edits, (span[0] - 1, span[1] + 1), _clean_range)
        return tuple(edit for edit in touched if edit.rule is not None)


def _clean_range(edit: Edit) -> Span:
    return edit.clean


def _raw_range(edit: Edit) -> Span:
    return edit.raw


def _touching(edits: Sequence[Edit], span: Span, side: Callable[[Edit], Span]) -> Iterator[Edit]:
    """The edits whose range on one side reaches into ``span``, found by bisection."""
    first = bisect_right(edits, span[0], key=lambda edit: side(edit)[1])
    # By place: an islice would walk over all edits before the first one, for every span.
    for place in range(first, len(edits)):
        if side(edits[place])[0] >= span[1]:
            return
        yield edits[place]


def _image(domain: Span, target: Span, span: Span, rule: str | None) -> Span | None:
    """The part of ``target`` that belongs to the part of ``domain`` inside ``span``."""
    start, end = max(domain[0], span[0]), min(domain[1], span[1])
    if start >= end:
        return None
    if rule is None:
        return target[0] + start - domain[0], target[0] + end - domain[0]
    return target


def _joined(spans: Iterable[Span | None]) -> tuple[Span, ...]:
    out: list[Span] = []
    for span in spans:
        if span is None or span[0] == span[1]:
            continue
        if out and out[-1][1] == span[0]:
            out[-1] = (out[-1][0], span[1])
        elif not out or out[-1] != span:
            out.append(span)
    return tuple(out)


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. ``published`` is an ISO date, possibly partial: 2018, 2018-05, 2018-05-03.

    ``text`` holds everything readable, headline and bylines too; ``zones`` say what is what.
    ``headline`` and ``standfirst`` are the texts of their zones. ``raw`` is what it was read from.
    """

    id: str
    path: str
    text: str
    alignment: Alignment
    outlet: str | None = None
    published: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    bylines: tuple[Byline, ...] = ()
    zones: tuple[Zone, ...] = ()
    flags: tuple[str, ...] = ()
    raw: RawArticle | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text. ``entity`` is the fullest name of the same one in the article."""

    span: Span
    label: MentionLabel
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks. ``name`` is ``None`` where the text leaves it open; then ``candidates`` lists.

    ``organisation`` is the one the speaker speaks for or belongs to; for an organisation speaking
    itself it is its own name.
    """

    name: str | None
    type: SpeakerType
    role: str | None = None
    organisation: str | None = None
    mention: Span | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words or views in an article, as PARC3 and PolNeAR mark them.

    ``content`` holds what is said, quotation marks included, in one or several spans; ``source``
    and ``cue`` can be empty. ``confidence``, from 0 to 1, is that of a statement by this speaker.
    """

    id: str
    kind: AttributionKind
    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    speaker: Speaker | None = None
    confidence: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure: what it counts, against what, and who says so.

    ``span`` covers the figure as printed, with currency, per cent and scale, without approximator
    or noun. ``value`` is exact; ``low`` and ``high`` bound it by its printed precision and
    approximator. Shares are per cent values (25 for "25 per cent", 1/3 as 100/3 for "a third").
    """

    id: str
    span: Span
    form: ClaimForm
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    approximator: str | None = None
    unit: str | None = None
    counted: str | None = None
    population: str | None = None
    direction: str | None = None
    base: str | None = None
    period: str | None = None
    area: str | None = None
    status: ClaimStatus | None = None
    attribution: str | None = None
    speaker: Speaker | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """Whether figures agree, by which rule, with the sum shown."""

    claims: tuple[str, ...]
    rule: str
    verdict: Verdict
    sum: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made an extraction: newsmine's version, the model's name and hash, the settings."""

    newsmine: str
    model: str
    settings: Mapping[str, str | int | float | bool | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article."""

    article: Article
    provenance: Provenance
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    claims: tuple[Claim, ...] = ()
    checks: tuple[Check, ...] = ()
