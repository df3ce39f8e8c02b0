"""People whom a story first calls and then names: "A mother has begged ... Imelda Pell's boy was".

Headlines, standfirsts and leads say what somebody is; the name follows at the start of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Set

from newsmine.nlp.speakers.entities import Entity
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.phrases import Phrase
from newsmine.nlp.speakers.profiles import Profile, Profiles, governs

_AFTER = 3  # paragraphs in which the name follows a headline or lead
_STAYS = re.compile(r"\bwho (?:asked not|did not (?:want|wish)|can ?not be|wished not|declined)\b")
_UNNAMED = re.compile(r"\b(?:unnamed|anonymous|unidentified|alleged)\b")
_HEADS = frozenset({"head", "boss", "chief"})
_NEVER = frozenset(["source", "insider", "ally", "aide", "friend", "official", "member", "victim"])


def named_later(phrase: Phrase, profiles: Profiles) -> int | None:
    """The key of the person that a phrase calls and that is named only after it.

    That is whoever has the noun of the phrase among the posts told of them, first named after it
    and the only such one; else whoever is first named at the start of the next sentence, or, at the
    top of a story, of one soon after. None where the phrase says that nobody is to be named.
    """
    text, (start, end) = profiles.stage.layout.text, phrase.span
    head = phrase.head.split()[-1] if phrase.head else ""
    fixed = phrase.determiner in {"one", "another"} or head in _NEVER or head in lexicon().spokes
    if fixed or _STAYS.search(text, end, end + 60) or _UNNAMED.search(phrase.text.lower()):
        return None
    after = [e for e in profiles.entities.all if _new(e, phrase, profiles)]
    top = start < profiles.stage.top
    wanted = set(re.findall(r"[\w-]+", phrase.core.lower())) if top else set()
    told = [e.key for e in after if top and _told(profiles.of(e.key), head, wanted)]
    full = [key for key in told if wanted <= profiles.of(key).words]
    if len(full) == 1 or len(told) == 1:
        return (full or told)[0]
    if told:
        return _opens_first(phrase, [e for e in after if e.key in told], profiles)
    return _opens(phrase, after, profiles, top=top)


def same_head(one: Set[str], other: Set[str]) -> bool:
    """A head teacher is not the head of an organisation."""
    return ("teacher" in one) == ("teacher" in other)


def _told(profile: Profile, head: str, wanted: Set[str]) -> bool:
    """Whether the noun of a phrase is among the posts; every secretary of state is a minister."""
    if head == "minister" and profile.role is not None and governs(profile.role, lexicon()):
        return True
    if head in _HEADS and profile.role is not None:
        words = re.split(r"\s(?:of|for|at|in)\s", profile.role.lower())[0].split()
        if " ".join(words[-2:]) in lexicon().staff or words[-1] in lexicon().staff:
            return True  # "the head of the charity" is its chief executive
    return head in profile.words and (head != "head" or same_head(profile.words, wanted))


def _new(entity: Entity, phrase: Phrase, profiles: Profiles) -> bool:
    """Whether a person can be meant who is not named before the phrase."""
    first = _first(entity, profiles)
    if entity.label != "PERSON" or first is None or first < phrase.span[1]:
        return False
    gender = lexicon().gender_of(phrase.core)
    wanted = set(re.findall(r"[\w-]+", phrase.core.lower()))
    fits = gender is None or entity.gender in (None, gender)
    return fits and ("shadow" in wanted) == ("shadow" in profiles.of(entity.key).words)


def _first(entity: Entity, profiles: Profiles) -> int | None:
    """Where somebody is first named in the story itself: a caption may stand before the lead."""
    starts = (n.span[0] for n in entity.names)
    return next((s for s in starts if not profiles.stage.beside(s)), None)


def _opens_first(phrase: Phrase, told: list[Entity], profiles: Profiles) -> int | None:
    """Of several who hold such a post: who starts the first sentence of the next paragraph."""
    lay = profiles.stage.layout
    for entity in told:
        at = _first(entity, profiles)
        if at is None or lay.paragraph(at) - lay.paragraph(phrase.span[0]) != 1:
            continue
        if not lay.text[lay.paragraphs[lay.paragraph(at)] : at].strip():
            return entity.key
    return None


def _opens(phrase: Phrase, after: list[Entity], profiles: Profiles, *, top: bool) -> int | None:
    """Who is first named at the start of the next sentence, or at the top of one soon after."""
    stage, lay = profiles.stage, profiles.stage.layout
    starts = {at: e for e in after if (at := _first(e, profiles)) is not None}
    if not (named := [s for s in starts if not stage.in_quote(s)]):
        return None
    at = min(named)
    first = starts[at]
    apart = lay.paragraph(at) - lay.paragraph(phrase.span[0])
    next_one = not apart and stage.sentence(at) - stage.sentence(phrase.span[0]) == 1
    if at - lay.sentence_span(at)[0] > 1 or not (next_one or (top and apart <= _AFTER)):
        return None
    other = _holds_other(first, phrase, profiles)
    if profiles.elsewhere(first.key, phrase.owners):
        return None
    return None if other and (not next_one or _of_family(first, profiles)) else first.key


def _of_family(entity: Entity, profiles: Profiles) -> bool:
    """As in "Sue, a mother of three", who is not the girl of the sentence before."""
    return bool(profiles.of(entity.key).words & lexicon().genders.keys())


def _holds_other(entity: Entity, phrase: Phrase, profiles: Profiles) -> bool:
    """Whether another post than that of the phrase is told of somebody now."""
    profile = profiles.of(entity.key)
    return (
        profile.role is not None
        and not profile.words & lexicon().past
        and phrase.head.split()[-1] not in profile.words
    )
