"""What kind of source a phrase is: a name, a pronoun, a role, "the charity", "a report"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from newsmine.nlp.speakers.entities import Entities
from newsmine.nlp.speakers.lexicon import Lexicon, lexicon
from newsmine.nlp.speakers.names import Name
from newsmine.types import Span

PhraseKind = Literal[
    "pronoun",
    "name",
    "names",
    "words of",
    "role",
    "nominal",
    "document",
    "group",
    "asked",
    "anonymous",
    "spokes",
    "unknown",
]

PRONOUNS = frozenset(
    {"he", "she", "it", "they", "his", "her", "its", "their", "him", "them", "who"}
)
_DETERMINER = re.compile(
    r"(?:the|a|an|this|that|these|those|its|their|his|her|our|one|another)\s+", re.IGNORECASE
)
_CUT = re.compile(
    r"\s*,|\s+(?=(?:of|by|from|for|in|at|to|into|on|who|whose|which|that|with|within|about|between|"
    r"against|after|under|behind|close to|among|across|over|near|involving|including|based|"
    r"representing|named|"
    r"surveyed|polled|questioned|released|published|obtained|taking|working|living)\b)"
    r"|\s(?=(?:last|earlier this|this) (?:year|month|week|night|spring|summer|autumn|winter)\b)"
    r"|\s(?=(?:\w\w+ed|undertaken|seen|shown|drawn up|held|given|written|made|read|sent|shared|set)"
    r" (?:\w+ly )?(?:by|for|on|in|at|to|with|as|only|last|this|next|today|yesterday|earlier)\b)"
)
_RELATIVE = re.compile(r"\s*,?\s(?:who|which|whose|where)\b|\s[-–—]\s(?=who\b|which\b|an? |the )")
_TITLED = re.compile(r"\b(?:for|of|on|in) [a-zA-Z][\w-]+(?: (?:and )?[\w-]+)* $")
_BEFORE_OTHER = re.compile(
    r"\b(?:of|for|by|to|and|with|from|in|at|on|than|behind|against|like|as|representing|called) $"
)
# "Head of nets at the Tide Council Gemma Larch": a body, then at once the person
_BODY_BEFORE = re.compile(
    r"\b(?:of|for|to|at|in|from) (?:the )?(?:[A-Z][\w&’'-]*|of|and|for|the)"
    r"(?: (?:[A-Z][\w&’'-]*|of|and|for|the))* $"
)
# "Pell, chairman and founder of the Tide Council": what follows is told of the first
_TOLD_OF = re.compile(r",\s+(?!and\b)[a-z]")
# "the RMT union": what a name is called after it; "the Larch campaign" is another one
_CALLED = re.compile(
    r"(?:(?:pressure|campaign|lobby|rights|aid|action|retail) )?group|organi[sz]ation|charity|"
    r"newspaper|magazine|website|firm|company|union|party|helpline|retailer|supermarket|chain|airline|"
    r"broadcaster|regulator|watchdog|think[ -]tank|quango|agency|store"
)
_LOOSE = frozenset({"those", "people", "anyone", "anybody", "someone", "somebody", "one"})
_COUNT = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d+)"
_QUANTITY = re.compile(
    r"(?:(?:only|just|some|about|almost|nearly|around|over|under|more than|less than|fewer than|"
    r"at least|a total of|another|a further|up to|roughly|barely|slightly|a mere|remaining|"
    r"approximately|an average of|close to|the|an?|as many as|well)\s+)*"
    r"(?:[\d.,]+ ?(?:%|per ?cent\b)|[\w-]+(?:[ -]\w+)? per ?cent\b|"
    rf"{_COUNT} (?:in|out of) (?:every )?{_COUNT}\b(?: [a-z-]+s\b| people\b)?|"
    r"rest\b|remainder\b|"
    r"(?:(?:vast|overwhelming|large|small|growing|slim|clear|narrow) )*"
    r"(?:majority|minority|half|third|quarter|fifth|tenth|number|proportion|percentage)s?\b|"
    r"(?:one|two|three|four)[- ](?:third|quarter|fifth|tenth)s?\b|"
    r"(?:most|many|several|few|some|all|both|others|dozens|hundreds|thousands|millions)\b|"
    r"[\d,]+ (?:respondents|people)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source phrase taken apart.

    Args:
        kind: What it is.
        span: Where it stands.
        text: As printed, white space made single.
        core: Without determiner and without what follows the noun.
        head: The noun it is about, lower case; the pronoun itself for a pronoun.
        name: The number of the name that speaks, where one is printed.
        owners: Numbers of other names in it ("a Home Office spokesman"), in order.
        definite: Whether it starts with "the", "its", a possessive or nothing at all.
        determiner: Its first word where that is a determiner, lower case.
    """

    kind: PhraseKind
    span: Span
    text: str
    core: str
    head: str
    name: int | None = None
    owners: tuple[int, ...] = ()
    definite: bool = True
    determiner: str = ""


def parse_source(text: str, span: Span, entities: Entities) -> Phrase:
    """Takes a source phrase apart; every non-empty phrase gets a kind, at worst "unknown"."""
    span = _without_clause(text, span)
    printed = " ".join(text[slice(*span)].split()).strip(" ,;:")
    lex, numbers = lexicon(), entities.within(span)
    if (lone := printed.strip(".'’*~").lower()) in PRONOUNS:  # scanning adds specks
        return Phrase("pronoun", span, printed, printed, lone)
    cut = _cut(text, span, [entities.names[i].span for i in numbers])
    first = " ".join(text[span[0] : cut].split()).strip(" ,")
    found = _DETERMINER.match(first)
    determiner = found.group().strip().lower() if found else ""
    core = first[found.end() :] if found else first
    name = _speaking_name(numbers, span, cut, entities, text)
    kind, head = _kind(core, printed, determiner, lex)
    if name is not None and kind not in ("names", "asked"):
        joined = _joined(text, span, numbers, entities)
        kind, head = ("names" if joined else "name"), entities.names[name].bare
    elif name is None and core.split()[-1:] and core.split()[-1].lower() in lex.said_by:
        kind = "words of" if _personal_owner(numbers, entities) else "document"
    owners = tuple(i for i in numbers if i != name and not _is_title(text, span, entities, i))
    definite = determiner not in {"a", "an", "one", "another"}
    return Phrase(kind, span, printed, core, head, name, owners, definite, determiner)


def _without_clause(text: str, span: Span) -> Span:
    """As in "a spokesman for Hollow Systems, which owns the mill": the clause tells of others."""
    clause = _RELATIVE.search(text, *span)
    if clause is None or text[span[0] : clause.start()].strip().lower() in _LOOSE | {""}:
        return span
    return span[0], clause.start()


def _cut(text: str, span: Span, names: list[Span]) -> int:
    """Where the noun of the phrase ends: before the first modifier that is not inside a name."""
    for match in _CUT.finditer(text, span[0], span[1]):
        at = match.start()
        if at > span[0] and not any(s <= at < e for s, e in names):
            return at
    return span[1]


def _speaking_name(
    numbers: list[int], span: Span, cut: int, entities: Entities, text: str
) -> int | None:
    """The name that the noun part ends with, if it owns nothing after it."""
    inside = [i for i in numbers if entities.names[i].span[0] < cut]
    inside = [i for i in inside if not _bracketed(text, span[0], entities.names[i])] or inside
    apposed = _apposed_name(numbers, span, cut, entities, text)
    if apposed is not None:
        return apposed
    if not inside:
        return None
    last = entities.names[inside[-1]]
    rest = text[last.span[1] : cut].strip(" ,.)\"”’'")
    if _CALLED.fullmatch(rest) and _names_itself(inside[-1], entities):
        return inside[-1]
    bracket = re.fullmatch(r"\([A-Z][\w&.-]*", rest)
    honours = lexicon().honours | {""}
    lone_possessive = last.possessive and rest in ("", "s")
    if rest and rest in honours and not _is_person(inside[-1], entities):
        return None  # "The Labour MP"
    return inside[-1] if rest in honours or bracket or lone_possessive else None


def _bracketed(text: str, start: int, name: Name) -> bool:
    """As in "Gemma Larch (Lib Dem, Hollow East)": what stands in brackets does not speak."""
    before = text[start : name.span[0]]
    return "(" in before.lstrip("( ") and before.rfind("(") > before.rfind(")")


def _names_itself(number: int, entities: Entities) -> bool:
    """Whether a noun after a name calls it: "the RMT union", not "the Labour government"."""
    name = entities.names[number]
    other = (
        name.possessive or name.bare.lower() in lexicon().parties or _is_person(number, entities)
    )
    place = all(e.label == "LOC" for e in entities.meant(number))
    return not (other or place or name.bare in lexicon().seats | lexicon().adjectives)


def _is_person(number: int, entities: Entities) -> bool:
    return any(e.label == "PERSON" for e in entities.meant(number))


def _apposed_name(
    numbers: list[int], span: Span, cut: int, entities: Entities, text: str
) -> int | None:
    """The person after "Its founder, ": a name that the noun part itself lacks.

    After "Its report, " stands a title.
    """
    if text[span[0] : cut].lower().split()[-1:] in ([d] for d in lexicon().documents):
        return None
    for number in numbers:
        name = entities.names[number]
        person = _is_person(number, entities)
        if _closes(text, span, cut, name, person=person):
            return number
        between = text[cut : name.span[0]]
        apposed = re.fullmatch(r"\s*,\s", between) or _second_role(between)
        if person and apposed and not name.possessive:
            before = [i for i in numbers if entities.names[i].span[1] == cut]
            return None if before else number
    return None


def _second_role(between: str) -> bool:
    """As in "The committee's chairwoman, Labour MP Gemma Larch"."""
    match = re.fullmatch(r"\s*,\s((?:[\w-]+ ){1,4})", between)
    return match is not None and lexicon().role_at_end(match[1].split()) > 0


def _closes(text: str, span: Span, cut: int, name: Name, *, person: bool) -> bool:
    """As in "the head of nets at the Tide Council, Gemma Larch" and "the watchdog, Ofnet"."""
    if name.possessive or cut >= name.span[0] or re.search(r"\w", text[name.span[1] : span[1]]):
        return False
    before = text[span[0] : name.span[0]]
    if person and _TITLED.search(before) and not _BEFORE_OTHER.search(before):
        head = re.findall(r"[\w-]+", text[span[0] : cut])
        return bool(lexicon().role_at_end(head)) or head[-1].lower() in lexicon().spokes
    words = re.findall(r"[\w-]+", text[span[0] : cut])
    lex = lexicon()
    if person and _BODY_BEFORE.search(before):
        return lex.role_at_end(words) > 0
    role = lex.role_at_end(words) > 0 if person else words[-1:] and words[-1] in lex.nominals
    if not person and text[cut : name.span[0]].strip() == ",":
        role = role or lex.role_at_end(words) > 0  # "Net traffic monitor, Tidecount"
    return bool(role) and bool(re.search(r",\s(?:the\s)?$", before))


def _joined(text: str, span: Span, numbers: list[int], entities: Entities) -> bool:
    """Whether two speak together; those who are named in what is told of one do not."""
    spans = [entities.names[i].span for i in numbers]
    aside = False
    for one, other in pairwise(spans):
        between = text[one[1] : other[0]]
        joins = re.search(r"\band\b", between) and len(between) < 30 and between.count(",") < 2
        if joins and not _TOLD_OF.match(between) and (not aside or between.startswith(", ")):
            return True
        aside = aside or bool(_TOLD_OF.match(between))
    return False


def _is_title(text: str, span: Span, entities: Entities, number: int) -> bool:
    """As in "the report, called “Late Tides”": what it is called owns nothing."""
    before = text[span[0] : entities.names[number].span[0]]
    if re.match(r"(?:its|their|his|her|the) (?:[a-z-]+ )?[a-z]+, [\"“‘]?$", before.lower()):
        return before.lower().rstrip(' "“‘,').split()[-1] in lexicon().documents
    return bool(
        re.search(r"\b(?:called|titled|entitled|named|dubbed|headed),? [\"“‘'][^”\"]*$", before)
    )


def _personal_owner(numbers: list[int], entities: Entities) -> bool:
    return any(entities.names[i].possessive and _is_person(i, entities) for i in numbers)


def _kind(core: str, printed: str, determiner: str, lex: Lexicon) -> tuple[PhraseKind, str]:
    words = re.findall(r"[\w’'/.&-]+", core.lower())
    head = words[-1] if words else ""
    if _quantity(printed, lex):
        return _asked(printed, lex)
    if head in lex.spokes:
        return "spokes", head
    if len(words) > 1 and " ".join(words[-2:]) in lex.documents:
        return "document", " ".join(words[-2:])
    if head in lex.documents and not {"senior", "leading", "key"} & set(words):
        return "document", head
    if head in lex.anonymous_plural:
        return "anonymous", head
    if determiner in {"a", "an", "one", "another"}:
        return _indefinite(words, lex)
    return _definite(words, head, lex)


def _quantity(printed: str, lex: Lexicon) -> bool:
    match = _QUANTITY.match(printed)
    if match is None:
        return False
    rest = printed[match.end() :].strip(" ,()")
    bare = not rest or rest.startswith(("of ", "in ", "out of", "(", "said")) or rest[0].isdigit()
    return bare or bool(lex.asked.search(rest))


def _asked(printed: str, lex: Lexicon) -> tuple[PhraseKind, str]:
    plain = re.fullmatch(r"(?:many|some|others|most|several|few|all|both)", printed.lower())
    return ("group", printed.lower()) if plain else ("asked", printed.lower())


def _indefinite(words: list[str], lex: Lexicon) -> tuple[PhraseKind, str]:
    head = words[-1] if words else ""
    if " ".join(words[-2:]) in lex.nominals and len(words) > 1:
        return "nominal", " ".join(words[-2:])
    count = lex.role_at_end(words)
    role = " ".join(words[-count:]) if count else ""
    if head in lex.anonymous or role:
        return "anonymous", role or head
    if head in lex.groups:
        return "group", head
    return ("nominal", head) if head in lex.nominals else ("anonymous", head)


def _definite(words: list[str], head: str, lex: Lexicon) -> tuple[PhraseKind, str]:
    two = " ".join(words[-2:])
    if two in lex.nominals:
        return "nominal", two
    count = lex.role_at_end(words)
    executive = head == "executive" and len(words) > 1
    if count and (head not in lex.nominals or count > 1 or executive):
        return "role", " ".join(words[-count:])
    if head in lex.nominals:
        return "nominal", head
    if head in lex.groups:
        return "group", head
    if head in lex.anonymous:
        return "anonymous", head
    return ("group", head) if head.endswith("s") and not head.endswith("ss") else ("unknown", head)
