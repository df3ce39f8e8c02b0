"""Documents that speak: what they are called, and whose they are."""

from __future__ import annotations

import re

from newsmine.nlp.speakers.after import named_from
from newsmine.nlp.speakers.entities import Entities
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.phrases import Phrase
from newsmine.nlp.speakers.profiles import Profiles
from newsmine.nlp.speakers.publications import Publication, family
from newsmine.nlp.speakers.spellings import known_words

__all__ = ["Publication", "family", "is_new", "publications", "publisher_in", "told_elsewhere"]

_SEEN = re.compile(r"\b(?:(?:read|reported) by|leaked to|passed to) (?:the )?$")
_NEW = re.compile(
    r"\b(?:separate|second|third|another|other|similar|different|earlier|previous|rival)\b"
)


def publications(profiles: Profiles) -> list[Publication]:
    """All places where a document stands beside its publisher, in text order."""
    return profiles.publications()


def publisher_in(phrase: Phrase, profiles: Profiles, end: int) -> int | None:
    """The publisher told in the phrase or right after it ("figures released by the charity")."""
    # "the league's poll, carried out by Tidemark": whose it is comes before who did the work
    owned = re.match(
        rf"(?:(?:the|this|that|an?) (?:[\w-]+ )?({_nominals()})(?:[’']s|[’'])?|"
        rf"({_nominals()})[’']s?) ",
        phrase.text.lower(),
    )
    called = (owned[1] or owned[2]) if owned else None
    whose = profiles.nominal(called, phrase.span[0])[0] if called else None
    if whose is not None:
        return whose
    for number in phrase.owners:
        meant = profiles.entities.meant(number)
        if len(meant) == 1 and meant[0].label in ("ORG", None) and _owns(number, profiles):
            return meant[0].key
    return _published_by(phrase, profiles, end)


def _owns(number: int, profiles: Profiles) -> bool:
    """Not as in "a memo leaked to the Tide Review" and "documents released under the Tide Act"."""
    name = profiles.entities.names[number]
    before = profiles.stage.layout.text[max(0, name.span[0] - 40) : name.span[0]]
    kinds = {e.label for e in profiles.entities.meant(number)}
    if kinds == {None} and name.weak and name.bare.lower() in known_words():
        return False  # "Crime statistics"
    return name.words[-1] not in {"Act", "Bill"} and not _SEEN.search(before)


def _published_by(phrase: Phrase, profiles: Profiles, end: int) -> int | None:
    text = profiles.stage.layout.text
    stretch = text[phrase.span[0] : max(phrase.span[1], min(end, phrase.span[1] + 80))]
    stretch = re.split(r"[.;:“”\"]|\b(?:reveal|show|suggest|found|find|said|say)", stretch)[0]
    ways = "|".join(map(re.escape, lexicon().published_by)) + r"|\w+ed \w+ly by"
    limit = phrase.span[0] + len(stretch)
    for match in re.finditer(rf"\b(?:{ways}) (?:the |its )?", stretch):
        told = named_from(profiles.view(), phrase.span[0] + match.end(), limit)
        meant = profiles.entities.meant(told) if told is not None else []
        owns = told is not None and _owns(told, profiles)
        if owns and len(meant) == 1 and meant[0].label in ("ORG", None):
            return meant[0].key
    named = re.search(rf"\b(?:{ways}) the ((?:[\w-]+ ){{0,2}}?)({_nominals()})\b", stretch)
    noun = named[2] if named else "" if phrase.determiner in ("its", "their") else None
    if noun is not None:
        return profiles.nominal(noun, phrase.span[0])[0]
    return _of_committee(phrase, profiles)


def _of_committee(phrase: Phrase, profiles: Profiles) -> int | None:
    """The report of MPs is that of the committee told of, where no other publisher is."""
    by_members = bool(re.search(r"\bMPs\b", phrase.text))
    inquiry = phrase.head in {"report", "inquiry"} and (by_members or phrase.determiner == "the")
    known = any(p.noun in family(phrase.head) for p in profiles.publications())
    return profiles.of_kind("committee", phrase.span[0]) if inquiry and not known else None


def _nominals() -> str:
    return "|".join(sorted(map(re.escape, lexicon().nominals), key=len, reverse=True))


def is_new(phrase: Phrase) -> bool:
    """Whether the phrase brings in another document than the one spoken of."""
    return phrase.determiner in ("another", "one") or bool(_NEW.search(phrase.text.lower()))


def told_elsewhere(
    phrase: Phrase, known: list[Publication], entities: Entities
) -> Publication | None:
    """The publication of the same family: the last before the phrase, else the first after it."""
    same = [p for p in known if p.noun.split()[-1] in family(phrase.head)]
    before = [p for p in same if p.span[0] <= phrase.span[0]]
    if before:
        return before[-1]
    publishers = {p.publisher for p in same}
    return same[0] if len(publishers) == 1 or (same and phrase.span[0] < 400) else None
