"""The place that a figure is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from newsmine.nlp.claims.lexicon import word_map
from newsmine.nlp.claims.phrases import Phrase
from newsmine.nlp.claims.text import Sentence, vocabulary
from newsmine.nlp.numbers import Number
from newsmine.types import Mention, Span

_PLACE = (
    r"(?:(?:UK|United\sKingdom|US|USA|United\sStates|EU|world|[Nn]orth[\s-][Ee]ast"
    r"|[Nn]orth[\s-][Ww]est|[Ss]outh[\s-][Ee]ast|[Ss]outh[\s-][Ww]est|Midlands|Highlands)"
    r"|(?:Great\s)?Britain|England|Wales|Scotland|(?:Northern\s)?Ireland|London|Europe)(?![\w])"
)
_IN = re.compile(
    r"(?<!\w)(?:in|across|throughout|within|around|over)\s(?:the\s(?:whole\sof\s(?:the\s)?)?)?"
    rf"(?P<it>{_PLACE})|(?<!\w)(?P<wide>worldwide|globally|nationwide|nationally)(?!\w)",
    re.IGNORECASE,
)
# One of these words stands in whatever `_IN` finds.
_PLACES = frozenset(
    ("uk", "united", "us", "usa", "eu", "world", "north", "south", "midlands", "highlands",
     "britain", "england", "wales", "scotland", "ireland", "london", "europe", "worldwide",
     "globally", "nationwide", "nationally")
)  # fmt: skip
_LANDS = frozenset(
    ("county", "country", "city", "town", "capital", "region", "borough", "district", "village",
     "nation")
)  # fmt: skip
_MORE = re.compile(rf"(?:,\s|,?\sand\s)(?:the\s)?{_PLACE}(?!['’])")
_LOCATES = re.compile(
    r"(?<!\w)(?:in|across|throughout|within|around)\s(?:the\s|much\sof\s|all\sof\s|parts\sof\s)?\Z",
    re.IGNORECASE,
)
_OWNED = re.compile(rf"(?P<it>{_PLACE})['’]s\s(?:\w+\s)?\Z")
_REACH = 200
_WORDS = re.compile(r"[\w'’-]+")
_AROUND = re.compile(
    rf"(?<!\w)(?:in|across|throughout|around)\s(?P<it>(?:the|this)\s(?:{'|'.join(sorted(_LANDS))}))"
    r"(?![\w-])(?!['’]s)",
    re.IGNORECASE,
)
# A place before one of these, or told of in passing, is where something was said.
_SAID = re.compile(
    r"(?<!\w)(?:(?<!show\s)(?<!shows\s)(?<!reveal\s)(?<!found\s)(?<!suggest\s)(?<!suggests\s)that|said|says|told|warned|added|claimed)(?!\w)|[;:]"
)


def find_area(
    number: Number, sentence: Sentence, mentions: Sequence[Mention], counted: str | None = None
) -> Phrase | None:
    """The place that the sentence gives for a figure, as printed, or None.

    `in England and Wales` behind the figure comes before one in front of it; `the UK's 70,000
    signers` are the UK's. A place that the sentence only says something in (`told a conference in
    Northwick that …`) or that owns something else (`Britain's role`) is none. Where ``counted``
    names a nation (`UK households`, `Britons`), that is its place.
    """
    for word in _WORDS.findall(counted or ""):
        if place := word_map("nations").get(word):
            return Phrase(place, "nation-counted")
    before = sentence.before(number.extent[0], limit=60)
    # Looked for first, since hardly any text before a figure ends with an owner.
    if ("'s" in before or "’s" in before or "’S" in before or "'S" in before) and (
        owned := _OWNED.search(before)
    ):
        return Phrase(owned["it"], "owner")
    spans = sorted(_named(number, sentence, mentions))
    behind = [span for span in spans if span[0] >= number.span[1]]
    front = [span for span in spans if span[1] <= number.span[0]]
    for span in [*behind, *reversed(front)]:
        if not _apart(number, sentence, span):
            where = "behind" if span in behind else "in-front"
            return Phrase(sentence.text[slice(*_whole(sentence, span))], where)
    return None


def _named(number: Number, sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Span]:
    left = max(sentence.start, number.span[0] - _REACH)
    right = min(sentence.end, number.span[1] + _REACH)
    for mention in mentions:
        start, end = mention.span
        if mention.label != "LOC" or not left <= start < right:
            continue
        if _LOCATES.search(sentence.text, max(left, start - 24), start) and _free(sentence, end):
            yield mention.span
    words = vocabulary(sentence)
    for match in () if words.isdisjoint(_PLACES) else _IN.finditer(sentence.text, left, right):
        span = match.span("it") if match["it"] else match.span("wide")
        if _free(sentence, span[1]):
            yield span
    for match in () if words.isdisjoint(_LANDS) else _AROUND.finditer(sentence.text, left, right):
        yield match.span("it")


def _free(sentence: Sentence, end: int) -> bool:
    """Not `Britain's role`: the place itself is meant."""
    return sentence.text[end : end + 2] not in ("'s", "’s")


def _apart(number: Number, sentence: Sentence, span: Span) -> bool:
    """Whether a clause or a reporting word parts a place from the figure."""
    if span[1] <= number.span[0]:
        between = sentence.text[span[1] : number.extent[0]]
        return bool(_SAID.search(between)) and not _opens(sentence, span)
    between = sentence.text[number.span[1] : span[0]]
    return bool(_SAID.search(between))


def _opens(sentence: Sentence, span: Span) -> bool:
    """`In England and Wales, police said …`: a place that opens the sentence is all of it's."""
    return len(sentence.text[sentence.start : span[0]].strip("\n \"“‘'")) < 16


def _whole(sentence: Sentence, span: Span) -> Span:
    """`England | and Wales`: places that are joined to the first."""
    end = span[1]
    while more := _MORE.match(sentence.text, end, sentence.end):
        end = more.end()
    return span[0], end
