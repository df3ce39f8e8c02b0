"""Whose unnamed people are: "a spokesman for the Tide Council", "committee members"."""

from __future__ import annotations

import re

from newsmine.nlp.speakers.departments import GOVERNMENT
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.phrases import Phrase
from newsmine.nlp.speakers.profiles import Profile, Profiles

_MINISTER = re.compile(
    r"\b(?:minister|secretary|chancellor)[’']s |\bfor the (?:attorney general|chancellor|"
    r"[a-z]+ (?:minister|secretary))\b",
    re.IGNORECASE,
)
_FOR_SOME = re.compile(r"\b(?:for|from|of) (?:an?|one|another|some|several) ")
_PREMIER = re.compile(
    r"\b(?:prime minister|pm|premier)[’']s |for the (?:prime minister|pm)\b", re.IGNORECASE
)
_OFFICIAL = re.compile(r"(?:(?:[Tt]he|[Aa]n?|[Ss]ome) )?(?:[a-z]+ )?[Gg]overnment(?:[’']s)? \w")
_IN_CABINET = re.compile(r"\b[Cc]abinet (?:minister|colleague|source)s?$")
_SEATS = ("Downing Street", "No 10", "Number 10")
_AUTHORS = frozenset(
    {"author", "authors", "co-author", "co-authors", "researchers", "scientists", "academics"}
)
_TEAM = re.compile(
    r"\b(?:team|researchers|scientists|academics)"
    r"(?: [a-z]+ by [A-Z][^,.;:]{2,40}?,?(?: an? [^,.]{2,40})?)?"
    r"(?: of [a-z]+(?: [a-z]+)?)? (?:at|from) (?:the )?$"
)
_PEOPLE_AT = re.compile(r"\b(?:at|from) the (?:[a-z-]+ ){0,2}?([a-z-]+)$")
# people in the plural who belong to the one body that stands before them
_STAFF = re.compile(
    r"members|officials|executives|bosses|chiefs|figures|staff|insiders|sources|managers|"
    r"directors|ministers|workers|employees|lawyers|engineers|researchers|scientists"
)

# whose relatives they are tells nobody's employer
_FAMILY = re.compile(
    r"(?:grand)?(?:mother|father|son|daughter|child|parents?)|mum|dad|wife|husband|widow|brother|"
    r"sister|uncle|aunt|cousin|relatives?|neighbours?"
)


def owner_of(phrase: Phrase, profiles: Profiles) -> str | None:
    """The organisation that unnamed people speak for or belong to, None where none is told.

    Args:
        phrase: The source, of kind "spokes", "anonymous", "group" or "unknown".
        profiles: The organisations of the article.
    """
    if phrase.kind == "spokes":
        return _spoken_for(phrase, profiles)
    if _IN_CABINET.search(phrase.core):
        return GOVERNMENT
    if _outside(phrase, profiles) or _FAMILY.fullmatch(phrase.head):
        return None
    printed = _printed(phrase, profiles, {"ORG"})
    if printed is not None:
        return printed
    if phrase.head == "ministers":
        return GOVERNMENT
    if phrase.head == "councillors":
        return profiles.name_of(profiles.of_kind("council", phrase.span[0]))
    if phrase.text.lower() == "officials":
        return _of_department(phrase, profiles)
    at = _PEOPLE_AT.search(phrase.text)
    if at is not None and at[1] in lexicon().nominals:
        return profiles.name_of(profiles.nominal(at[1], phrase.span[0])[0])
    if phrase.head in _AUTHORS:
        named = profiles.publisher_of(phrase.text.lower()) or _of_team(phrase, profiles)
        plain = phrase.text.lower().split()[-1] == phrase.head
        return named or (profiles.publisher_of("study") if plain else None)
    return _called_before(phrase, profiles)


def _outside(phrase: Phrase, profiles: Profiles) -> bool:
    """As in "a Tide Council critic"; "an independent expert at the Tide Council" is of it."""
    names = (profiles.entities.names[number].bare for number in phrase.owners)
    return phrase.head in lexicon().outsiders and any(name in phrase.core for name in names)


def official(phrase: Phrase) -> str | None:
    """The government, for "government figures" and "a new government report"."""
    return GOVERNMENT if _OFFICIAL.match(phrase.text) else None


def _printed(phrase: Phrase, profiles: Profiles, kinds: set[str | None]) -> str | None:
    """The first name of such a kind in the phrase that can mean one only."""
    order = reversed(phrase.owners) if "LOC" in kinds else phrase.owners
    for number in order:
        meant = profiles.entities.meant(number)
        if len(meant) == 1 and meant[0].label in kinds:
            return meant[0].name
    return None


def _spoken_for(phrase: Phrase, profiles: Profiles) -> str | None:
    printed = _printed(phrase, profiles, {"ORG", None, "LOC"})
    if printed is not None:
        return printed
    if _PREMIER.search(phrase.text):
        return _seat(profiles) or GOVERNMENT
    somebody = _somebody(phrase, profiles)
    if somebody is not None:
        premier = "prime minister" in (somebody.role or "").lower()
        return (_seat(profiles) if premier else None) or somebody.organisation
    if _MINISTER.search(phrase.text):
        return GOVERNMENT
    if _FOR_SOME.search(phrase.text):
        return None
    noun = _noun(phrase, phrase.text)
    key = profiles.nominal(noun, phrase.span[0])[0] if noun else _last_speaking(phrase, profiles)
    if key is None and noun and _itself(noun):
        return noun
    return profiles.name_of(key)


def _somebody(phrase: Phrase, profiles: Profiles) -> Profile | None:
    """The person whom a spokesman is of ("a spokesman for Mr Pell")."""
    for number in phrase.owners:
        meant = profiles.entities.meant(number)
        if len(meant) == 1 and meant[0].label == "PERSON":
            return profiles.of(meant[0].key)
    return None


def _last_speaking(phrase: Phrase, profiles: Profiles) -> int | None:
    """A mere "spokesman" is that of the organisation that spoke last, or of the one about."""
    last = profiles.stage.last_source(phrase.span[0])
    if last is not None and last >= 0 and profiles.entities.all[last].label == "ORG":
        return last
    return profiles.nominal("", phrase.span[0])[0]


def _of_department(phrase: Phrase, profiles: Profiles) -> str | None:
    """As in "The Tide Department said so. Officials admit": those of the body just heard."""
    stage, at = profiles.stage, phrase.span[0]
    last = stage.last_source(at)
    marks = [m.position for m in stage.marks if m.who == last and m.source and m.position < at]
    near = marks and stage.sentence(at) - stage.sentence(marks[-1]) == 1
    near = near and stage.layout.paragraph(at) == stage.layout.paragraph(marks[-1])
    if last is None or last < 0 or not near:
        return None
    entity = profiles.entities.all[last]
    return entity.name if entity.label == "ORG" and not entity.party else None


def _of_team(phrase: Phrase, profiles: Profiles) -> str | None:
    """The one body whose team or scientists the article tells of before ("a team at ...")."""
    text = profiles.stage.layout.text
    found = set()
    for number, name in enumerate(profiles.entities.names):
        meant = profiles.entities.meant(number)
        if name.span[0] >= phrase.span[0]:
            break
        if (
            len(meant) == 1
            and meant[0].label == "ORG"
            and _TEAM.search(text[max(0, name.span[0] - 120) : name.span[0]])
        ):
            found.add(meant[0].name)
    plain = phrase.text.lower().removeprefix("the ") == phrase.head
    return found.pop() if plain and len(found) == 1 else None


def _called_before(phrase: Phrase, profiles: Profiles) -> str | None:
    """As in "committee members" and "a government source"."""
    staff = phrase.kind != "group" or bool(_STAFF.fullmatch(phrase.head))
    if phrase.determiner in {"its", "their"} and staff:
        return profiles.name_of(profiles.nominal("", phrase.span[0])[0])
    noun = _noun(phrase, phrase.core)
    if not noun or not staff:
        return None
    key = profiles.nominal(noun, phrase.span[0])[0]
    return noun if key is None and noun == GOVERNMENT else profiles.name_of(key)


def _noun(phrase: Phrase, stretch: str) -> str:
    """The first noun of an organisation in a stretch of the phrase, its own noun left out."""
    words = re.findall(r"[\w-]+", stretch.lower())
    return next((w for w in words if w in lexicon().nominals and w != phrase.head), "")


def _itself(noun: str) -> bool:
    return all(sense.itself for sense in lexicon().nominals[noun])


def _seat(profiles: Profiles) -> str | None:
    """The address that speaks for a prime minister, as the article prints it."""
    named = {n.bare: e.name for e in profiles.entities.all for n in e.names}
    return next((named[seat] for seat in _SEATS if seat in named), None)
