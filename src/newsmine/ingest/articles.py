"""A clean text's fields and zones: outlet, date, headline, bylines, and what each paragraph is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from newsmine.ingest.alignment import AlignedText
from newsmine.ingest.blocks import Block, blocks_of
from newsmine.ingest.body import body_kinds
from newsmine.ingest.cleaning.drop_capitals import lost_initials
from newsmine.ingest.header import read_header
from newsmine.ingest.landmarks import published, stands_apart, title_case
from newsmine.ingest.language import NOT_ENGLISH, is_english
from newsmine.ingest.outlets import outlet_name
from newsmine.ingest.quality import LOW_QUALITY, quality_of
from newsmine.ingest.survey import NOTHING, Survey
from newsmine.types import Article, Byline, Given, RawArticle, Zone, ZoneKind

NO_PROFILE = "no profile"
CAPITAL_LEAD = "capital lead"
ENCODING_REPAIRED = "encoding repaired"
INITIAL_MISSING = "initial missing"

LONGEST_SLUG = 60

TOP = 4
"""Paragraphs at the top among which an outlet's name is the article's own, not a running head."""


def read_article(raw: RawArticle, clean: AlignedText, survey: Survey = NOTHING) -> Article:
    """The article in a clean text; what the file gives wins over what the text looks like.

    A text without outlet, date or byline has no profile and is flagged so; it stays whole, though
    a first short line above it is still its headline. A text of paragraphs only is all body. One in
    another language is flagged as that, since its words say nothing of how well it was read.
    """
    article = _read(raw, clean, survey)
    if not is_english(article.text):
        article = replace(article, flags=(*article.flags, NOT_ENGLISH))
    elif quality_of(article, survey).low:
        article = replace(article, flags=(*article.flags, LOW_QUALITY))
    return with_given(article)


def _read(raw: RawArticle, clean: AlignedText, survey: Survey) -> Article:
    if not raw.given.zones:
        return _profiled(raw, clean, survey)
    if not raw.pages:
        return _zoned(raw, clean)
    return _laid_out(_zoned(raw, clean), _profiled(raw, clean, survey))


def _laid_out(given: Article, looks: Article) -> Article:
    """An article of a page, whose layout tells little more than headlines: the rest as it looks."""
    zones = tuple(_merged(_filled(given.zones, looks.zones)))
    dated = any(zone.kind == "date" for zone in zones)
    return replace(
        looks,
        zones=zones,
        published=looks.published if dated else None,
        headline=_printed(looks.text, zones, "headline"),
        standfirst=_printed(looks.text, zones, "standfirst"),
    )


def _filled(given: Sequence[Zone], looks: Sequence[Zone]) -> Iterator[Zone]:
    """The given zones, and what is body or a masthead among them as it looks."""
    told = [zone for zone in given if zone.kind != "body" and not _is_masthead(zone, looks)]
    headed = any(zone.kind == "headline" for zone in told)
    for zone in given:
        if zone in told:
            yield zone
            continue
        for look in _within(zone, looks):
            start, end = max(look.span[0], zone.span[0]), min(look.span[1], zone.span[1])
            yield Zone((start, end), "body" if headed and look.kind == "headline" else look.kind)


def _is_masthead(zone: Zone, looks: Iterable[Zone]) -> bool:
    """Whether a headline by its type size is rather the outlet in large type.

    A date alone does not tell: "by March 2023" can be a headline's second line.
    """
    return zone.kind == "headline" and any(z.kind == "outlet" for z in _within(zone, looks))


def _within(zone: Zone, looks: Iterable[Zone]) -> list[Zone]:
    return [z for z in looks if z.span[0] < zone.span[1] and zone.span[0] < z.span[1]]


def _profiled(raw: RawArticle, clean: AlignedText, survey: Survey) -> Article:
    every = blocks_of(clean.text)
    running = _running(every, survey)
    blocks = [block for block in every if block not in running]
    header = read_header(blocks)
    below = blocks[header.size :]
    kinds = body_kinds(below, headed=bool(header.headline))
    if below and kinds[0] == "body" and (header.headline or below[0].capital_lead):
        kinds[0] = "lead"
    zones = [*header.zones, *(Zone(b.span, k) for b, k in zip(below, kinds, strict=True))]
    zones = sorted([*zones, *(Zone(b.span, "furniture") for b in running)], key=_start)
    flags = {
        NO_PROFILE: not header.landmarks,
        CAPITAL_LEAD: bool(below) and below[0].capital_lead,
        INITIAL_MISSING: any(len(fitting) > 1 for _, fitting in lost_initials(clean.text, survey)),
        ENCODING_REPAIRED: any("mojibake" in (e.rule or "") for e in clean.alignment.edits),
    }
    return Article(
        id=article_id(raw),
        path=raw.path,
        text=clean.text,
        alignment=clean.alignment,
        outlet=header.outlet and title_case(header.outlet),
        published=header.published,
        headline=" ".join(header.headline) or None,
        standfirst=" ".join(header.standfirst) or None,
        bylines=tuple(
            Byline(title_case(b.name), b.role and title_case(b.role)) for b in header.bylines
        ),
        zones=tuple(_merged(zones)),
        flags=tuple(flag for flag, raised in flags.items() if raised),
        raw=raw,
    )


def _start(zone: Zone) -> int:
    return zone.span[0]


def _running(blocks: list[Block], survey: Survey) -> list[Block]:
    """The lines that recur over the batch, those aside whose own words say what they are.

    A line above a date is the outlet's name, which recurs too; so does a name at the top.
    """
    found = []
    for i, block in enumerate(blocks):
        if not survey.recurs(block.text):
            continue
        repeated = i >= TOP and outlet_name(block.text) is not None
        dated = i + 1 < len(blocks) and published(blocks[i + 1].text) is not None
        if repeated or not (dated or stands_apart(block.text)):
            found.append(block)
    return found


def _zoned(raw: RawArticle, clean: AlignedText) -> Article:
    """The article of a file that says itself what is what."""
    zones = tuple(_mapped(raw.given.zones, clean))
    return replace(
        _plain(raw, clean),
        zones=zones,
        headline=_printed(clean.text, zones, "headline"),
        standfirst=_printed(clean.text, zones, "standfirst"),
    )


def _mapped(given: Iterable[Zone], clean: AlignedText) -> Iterator[Zone]:
    """Zones of the raw text as zones of the clean one; what text lies between them is body."""
    at = 0
    for zone in sorted(given, key=lambda zone: zone.span):
        spans = clean.alignment.to_clean(zone.span)
        start, end = (max(spans[0][0], at), spans[-1][1]) if spans else (at, at)
        if start < end:
            yield from _body(clean.text, at, start)
            yield Zone((start, end), zone.kind)
            at = end
    yield from _body(clean.text, at, len(clean.text))


def _body(text: str, start: int, end: int) -> Iterator[Zone]:
    between = text[start:end]
    if between.strip():
        left = len(between) - len(between.lstrip())
        yield Zone((start + left, start + len(between.rstrip())), "body")


def _printed(text: str, zones: Iterable[Zone], kind: ZoneKind) -> str | None:
    parts = (text[slice(*zone.span)] for zone in zones if zone.kind == kind)
    return " ".join(" ".join(parts).split()) or None


def as_it_is(raw: RawArticle) -> Article:
    """The article as its raw text: no cleaning, one body zone, no fields but those given."""
    return with_given(_plain(raw, AlignedText.of(raw.raw_text)))


def _plain(raw: RawArticle, clean: AlignedText) -> Article:
    return Article(
        id=article_id(raw),
        path=raw.path,
        text=clean.text,
        alignment=clean.alignment,
        zones=(Zone((0, len(clean.text)), "body"),),
        raw=raw,
    )


def with_given(article: Article) -> Article:
    """The article with the fields that its file gives."""
    given = article.raw.given if article.raw else Given()
    flags = [f for f in article.flags if f != NO_PROFILE or given == Given()]
    return replace(
        article,
        outlet=given.outlet or article.outlet,
        published=given.published or article.published,
        headline=given.headline or article.headline,
        standfirst=given.standfirst or article.standfirst,
        bylines=given.bylines or article.bylines,
        flags=tuple(dict.fromkeys([*flags, *given.flags])),
    )


def article_id(raw: RawArticle) -> str:
    """The file's name as a slug, and the first twelve digits of the raw text's SHA-256."""
    stem = re.split(r"[/\\]", raw.path)[-1]
    stem = re.sub(r"\.[A-Za-z][A-Za-z0-9]{0,5}(?=#|$)", "", stem)
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_SLUG].strip("-")
    return f"{slug or 'article'}-{raw.sha256[:12]}"


_MERGING: tuple[ZoneKind, ...] = ("body",)


def _merged(zones: Iterable[Zone]) -> list[Zone]:
    """Zones with neighbouring body paragraphs as one."""
    out: list[Zone] = []
    for zone in zones:
        if out and zone.kind == out[-1].kind and zone.kind in _MERGING:
            out[-1] = Zone((out[-1].span[0], zone.span[1]), zone.kind)
        else:
            out.append(zone)
    return out
