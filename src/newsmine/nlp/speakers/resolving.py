"""Who is speaking: from the source span of each attribution to the fullest name in the article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from newsmine.nlp.speakers.called import bracketed_acronyms
from newsmine.nlp.speakers.documents import publications
from newsmine.nlp.speakers.entities import Entities, gather
from newsmine.nlp.speakers.figures import with_known_bodies
from newsmine.nlp.speakers.headlines import with_same_words
from newsmine.nlp.speakers.ledger import Found
from newsmine.nlp.speakers.marking import Parts, stage
from newsmine.nlp.speakers.names import find_names
from newsmine.nlp.speakers.phrases import parse_source
from newsmine.nlp.speakers.portfolios import outside_portfolios
from newsmine.nlp.speakers.profiles import Profiles, descriptions
from newsmine.nlp.speakers.repairs import repaired
from newsmine.nlp.speakers.resolution import Resolver, attributed
from newsmine.nlp.speakers.salience import Stage
from newsmine.nlp.speakers.sources import RELATIVES
from newsmine.nlp.speakers.subjects import subjects
from newsmine.nlp.speakers.text import Layout, layout
from newsmine.nlp.speakers.writers import writer_at
from newsmine.types import Article, Attribution, Mention, Span

_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being|get|gets)\b(?:\s\w+)?\s*$")
_SHARED = re.compile(r"(?:\b(?:and|but|then|also)|,)\s*(?:has|have|had|then|also)?\s*$")
_PREPOSED = re.compile(r"\b(?:by|in|while|before|after|without|to|will|would|is expected to)\s+$")
_ASIDE = frozenset({"outlet", "date", "byline", "furniture"})
_OPENING = re.compile(r"^[\"“‘']")


def resolve_speakers(
    article: Article, *, attributions: Sequence[Attribution], mentions: Sequence[Mention]
) -> tuple[tuple[Attribution, ...], tuple[Mention, ...]]:
    """Fills in who speaks, and the fullest name behind each mention, within one article.

    A source that fits two is left open: a speaker without a name, with both as candidates. An
    attribution without a source goes on with the speaker before it where it continues a
    quotation; otherwise its speaker stays ``None``.

    Args:
        article: The article; all spans count characters of its ``text``.
        attributions: With source, cue and content spans. Their order is kept.
        mentions: Names that a model found; they may be wrong, partial or missing.

    Returns:
        The attributions with ``speaker`` and one more of ``reasons``, and the mentions with
        ``entity``, in the order given. Words that scanning damaged are read as they must have been
        printed ("Ostreliey" beside "Ostrelley"); spans are those of the text as scanned.
    """
    made = repaired(article, attributions)
    if made is None:
        return _resolved(article, attributions, mentions)
    spoken, named = _resolved(
        made.article,
        [made.attribution(a) for a in attributions],
        [made.mention(m) for m in mentions],
    )
    return (
        tuple(
            made.resolved(*pair, article.text) for pair in zip(attributions, spoken, strict=True)
        ),
        tuple(replace(m, entity=n.entity) for m, n in zip(mentions, named, strict=True)),
    )


def _resolved(
    article: Article, attributions: Sequence[Attribution], mentions: Sequence[Mention]
) -> tuple[tuple[Attribution, ...], tuple[Mention, ...]]:
    resolver = _resolver(article, attributions, mentions)
    done: dict[int, tuple[Attribution, Found]] = {}
    order = sorted(range(len(attributions)), key=lambda i: _position(attributions[i]))
    told = _subjects(resolver, attributions)
    for place, index in enumerate(order):
        attribution = attributions[index]
        while told and told[-1][0] < _position(attribution):
            resolver.subject(told.pop())
        source = resolver.source_of(attribution)
        if source is not None:
            found = resolver.source(source, told=_told(attribution, source, article.text))
        else:
            found = _without_source(resolver, attributions, order, place, done)
        done[index] = attribution, found
    spoken = tuple(
        attributed(a, resolver.completed(done[i][1])) for i, a in enumerate(attributions)
    )
    named = tuple(_entity_of(m, resolver.entities) for m in mentions)
    known = with_known_bodies(spoken, article, resolver.entities.all)
    return with_same_words(known, article.text, top=resolver.stage.top), named


def _resolver(
    article: Article, attributions: Sequence[Attribution], mentions: Sequence[Mention]
) -> Resolver:
    text = layout(article.text)
    names = outside_portfolios(find_names(text, mentions), text.text)
    spoken = [s for a in attributions for s in a.source]
    entities = gather(text, names, bracketed_acronyms(article.text, names), spoken)
    parts, speaking = _parts(article, attributions), _speaking(text, spoken, entities)
    scene = stage(text, entities, parts, speaking=speaking)
    profiles = Profiles(scene, entities, descriptions(scene, entities))
    profiles.learn_offices()
    return Resolver(
        scene, entities, profiles, publications(profiles), lambda at: writer_at(article, at)
    )


def _parts(article: Article, attributions: Sequence[Attribution]) -> Parts:
    def said(*, direct: bool) -> tuple[Span, ...]:
        found = (a.content for a in attributions if (a.kind == "direct") is direct)
        return tuple(sorted(s for content in found for s in content))

    def zones(kinds: Iterable[str]) -> tuple[Span, ...]:
        return tuple(sorted(z.span for z in article.zones if z.kind in kinds))

    return Parts(
        quoted=said(direct=True),
        reported=said(direct=False),
        written=tuple(sorted(s for a in attributions for s in a.source)),
        furniture=zones(_ASIDE),
        captions=zones({"caption"}),
        top=_top(article),
        headline=max((end for _, end in zones({"headline"})), default=0),
    )


def _speaking(lay: Layout, sources: Sequence[Span], entities: Entities) -> set[int]:
    """The names in sources; but not the council in "a council report"."""
    worded = (s for s in sources if re.search(r"\w", lay.text[slice(*s)]))
    phrases = (parse_source(lay.text, s, entities) for s in worded)
    spoken = (p for p in phrases if p.kind != "document")
    return {n for p in spoken for n in entities.within(p.span)}


def _top(article: Article) -> int:
    """Where the lead ends: the end of its zone, else of the first paragraph of the body."""
    lead = [zone.span[1] for zone in article.zones if zone.kind == "lead"]
    body = [zone.span for zone in article.zones if zone.kind == "body"]
    if lead or not body:
        return max(lead, default=0)
    first = re.compile(r"\n\s*\n").search(article.text, *body[0])
    return first.start() if first else body[0][1]


def _subjects(resolver: Resolver, attributions: Sequence[Attribution]) -> list[Span]:
    """Whom sentences are about, the last first."""
    sources = [s for a in attributions if (s := resolver.source_of(a)) is not None]
    found = subjects(resolver.stage, resolver.entities, sources)[::-1]
    lay = resolver.stage.layout
    return [s for s in found if not any(_said_of(s, a, lay) for a in attributions)]


def _said_of(subject: Span, attribution: Attribution, lay: Layout) -> bool:
    """As in "A new mill, he said, is late": whom the words are about, not the sentence."""
    inside = any(start <= subject[0] < end for start, end in attribution.content)
    return inside and any(
        subject[1] <= start and lay.sentence(start) == lay.sentence(subject[0])
        for start, _ in attribution.source
    )


def _told(attribution: Attribution, source: Span, text: str) -> Span | None:
    """The source as given, where another stretch names the speaker: not for "who" or "which"."""
    apart = (s for s in attribution.source if s[1] <= source[0] or source[1] <= s[0])
    return next((s for s in apart if text[slice(*s)].lower() not in RELATIVES), None)


def _position(attribution: Attribution) -> int:
    spans = attribution.source or attribution.content or attribution.cue
    return spans[0][0] if spans else 0


def _entity_of(mention: Mention, entities: Entities) -> Mention:
    """The mention with the fullest name of what most of it names; its own text fits at worst."""
    start, end = mention.span
    for number in entities.within(mention.span):
        meant, span = entities.meant(number), entities.names[number].span
        most = 2 * (min(end, span[1]) - max(start, span[0])) > end - start
        if most and len(meant) == 1 and meant[0].name:
            return replace(mention, entity=meant[0].name)
    return mention


# --- attributions without a source ---------------------------------------------------------


def _without_source(
    resolver: Resolver,
    attributions: Sequence[Attribution],
    order: Sequence[int],
    place: int,
    done: dict[int, tuple[Attribution, Found]],
) -> Found:
    attribution = attributions[order[place]]
    if not attribution.content:
        return Found(None, "speaker: no source")
    previous = done.get(order[place - 1]) if place else None
    text, stage_ = resolver.stage.layout.text, resolver.stage
    if attribution.cue:
        return _cue_only(attribution, previous, resolver)
    if attribution.kind == "indirect" and not _OPENING.match(text[slice(*attribution.content[0])]):
        return Found(None, "speaker: no source, and nothing quoted")
    following = attributions[order[place + 1]] if place + 1 < len(order) else None
    ahead = _said_after(resolver, attribution, following)
    if ahead is not None:
        return ahead
    introduced = _introduced(resolver, attribution, previous)
    if introduced is not None:
        return introduced
    other = _answering(
        attribution, previous, done.get(order[place - 2]) if place > 1 else None, stage_
    )
    if other is not None:
        return _continuing(other, resolver, attribution)
    if previous and previous[1].speaker and _near(attribution, previous[0], stage_):
        return _continuing(previous[1], resolver, attribution)
    return Found(None, "speaker: no source, and nobody spoke just before")


def _continuing(found: Found, resolver: Resolver, attribution: Attribution) -> Found:
    if found.who is not None:
        resolver.stage.add(attribution.content[0][0], found.who)
    reason = (
        found.reason if "question" in found.reason else "speaker: goes on the attribution before"
    )
    return replace(found, reason=reason)


def _answering(
    attribution: Attribution,
    previous: tuple[Attribution, Found] | None,
    earlier: tuple[Attribution, Found] | None,
    stage_: Stage,
) -> Found | None:
    """In a dialogue of two, the one who asked asks again, or the other one answers.

    Each quotation must have a paragraph of its own: within one, or without a question mark, a
    quotation without a cue goes on with the last speaker.
    """
    if previous is None or earlier is None or not (previous[0].content and earlier[0].content):
        return None
    starts = (earlier[0].content[0][0], previous[0].content[0][0], attribution.content[0][0])
    first, second, third = (stage_.layout.paragraph(start) for start in starts)
    pair = {f.speaker.name for _, f in (previous, earlier) if f.speaker and f.speaker.name}
    if (second - first, third - second) != (1, 1) or len(pair) < 2:
        return None
    asked = [_asks(a, stage_) for a in (earlier[0], previous[0], attribution)]
    if asked in ([True, False, True], [False, True, False], [True, True, False]):
        return replace(earlier[1], reason="speaker: the other one, by question and answer")
    return None


def _asks(attribution: Attribution, stage_: Stage) -> bool:
    start, end = attribution.content[-1]
    return stage_.layout.text[start:end].rstrip("\"”’'").endswith("?")


def _cue_only(
    attribution: Attribution, previous: tuple[Attribution, Found] | None, resolver: Resolver
) -> Found:
    """A cue whose source is left out: shared with the one before in the sentence, or nobody's.

    Else whom the sentence is about, where it starts with a name or with who spoke before.
    """
    start, end = attribution.cue[0]
    lay, nobody = resolver.stage.layout, Found(None, "speaker: no source")
    before = lay.text[max(0, start - 40) : start]
    if _PASSIVE.search(before):
        return nobody
    same = previous and lay.sentence(start) == lay.sentence(_end(previous[0]) - 1)
    shared = lay.text[start:end].endswith("ing") or _SHARED.search(before)
    if previous and previous[1].speaker and shared and same:
        return replace(previous[1], reason="speaker: shares the source of the cue before")
    who = _subject_of(resolver.stage, start)
    if who is None or not (shared or _PREPOSED.search(before)):
        return nobody
    return replace(resolver.again(who), reason="speaker: whom the sentence is about")


def _subject_of(stage_: Stage, position: int) -> int | None:
    """Whoever the sentence of a position starts with."""
    floor = stage_.layout.sentence_span(position)[0]
    marks = (m for m in stage_.marks if floor <= m.position < position and m.weight >= 0.9)
    return next((m.who for m in marks if not stage_.in_report(m.position)), None)


def _end(attribution: Attribution) -> int:
    parts = (attribution.content, attribution.cue, attribution.source)
    return max((end for part in parts for _, end in part), default=0)


def _near(attribution: Attribution, previous: Attribution, stage_: Stage) -> bool:
    here = stage_.layout.paragraph(attribution.content[0][0])
    return here - stage_.layout.paragraph(_end(previous) - 1) <= 1


def _said_after(
    resolver: Resolver, attribution: Attribution, following: Attribution | None
) -> Found | None:
    """A quotation that opens a paragraph and runs straight into one whose speaker is named."""
    text, lay = resolver.stage.layout.text, resolver.stage.layout
    source = resolver.source_of(following) if following else None
    if following is None or source is None or not following.content:
        return None
    start, stop = attribution.content[0][0], attribution.content[-1][1]
    opens = not text[lay.paragraphs[lay.paragraph(start)] : start].strip()
    touches = not text[stop : following.content[0][0]].strip()
    after = source[0] > following.content[0][0]
    if opens and touches and after and lay.paragraph(start) == lay.paragraph(source[0]):
        return replace(resolver.source(source), reason="speaker: named after it")
    return None


def _introduced(
    resolver: Resolver, attribution: Attribution, previous: tuple[Attribution, Found] | None
) -> Found | None:
    """A sentence between the last attribution and this one that is about one person."""
    lay, start = resolver.stage.layout, attribution.content[0][0]
    floor = _end(previous[0]) if previous else 0
    sentence = lay.sentence(start)
    if sentence == 0:
        return None
    span: Span = lay.sentences[sentence - 1], start
    if span[0] < floor or lay.paragraph(span[0]) < lay.paragraph(start) - 1:
        return None
    people = {
        m.who: m.weight
        for m in resolver.stage.marks
        if span[0] <= m.position < span[1] and m.who >= 0
        if resolver.entities.all[m.who].label == "PERSON"
    }
    subjects = [who for who, weight in people.items() if weight >= 0.5]
    who = subjects[0] if subjects else next(iter(people)) if len(people) == 1 else None
    if who is None:
        return None
    resolver.stage.add(start, who)
    return replace(resolver.entity(who), reason="speaker: introduced in the sentence before")
