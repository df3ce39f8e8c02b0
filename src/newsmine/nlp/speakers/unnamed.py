"""Documents, groups and people who are not named."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newsmine.nlp.speakers.affiliations import official, owner_of
from newsmine.nlp.speakers.called import without_acronym
from newsmine.nlp.speakers.documents import (
    family,
    is_new,
    publisher_in,
    told_elsewhere,
)
from newsmine.nlp.speakers.ledger import Found, Ledger, Referent, as_printed, plain
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.phrases import Phrase
from newsmine.types import SpeakerType

_OWN = re.compile(r"^([a-z]+)[’']s own ")  # "the council's own papers"
_HOUSED = re.compile(r"(?<=\w) at (?:the )?[A-Z].*$")  # "Tide Centre at the University of Pell"
_NEWNESS = re.compile(r"^(?:new|latest|recent|fresh)\s+", re.IGNORECASE)
# whoever did the work is not the one whose survey it is
_MADE_BY = re.compile(r"\b(?:carried out|conducted|undertaken|done|compiled) by\b")
_OF_THEM = re.compile(
    r"(?:one|another|many|some|several|others|most|both|few|a (?:second|third|fourth)|the other)"
    r"(?: of (?:them|those))?"
)
_SHARE = re.compile(
    r"%|\bper ?cent\b|^(?:the )?(?:rest|remainder)$|"
    r"\b(?:majority|minority|proportion|half|third|quarter|fifth|tenth)s?\b|"
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|\d+) (?:in|out of) \w+|"
    r"^(?:most|many|some|others|few|all|both|several)$",
    re.IGNORECASE,
)
_POLLED = re.compile(
    r"\b(?:polls?|polled|surveys?|surveyed|questionnaires?|respondents?|interviewees|"
    r"(?:people|adults|parents|children|voters|those) (?:were )?(?:asked|questioned|interviewed))\b"
)
_ODD = {"people": "person", "men": "man", "women": "woman", "children": "child", "mps": "MP"}
_FAR = -3.5  # a group spoken of three sentences back, or farther
_ANY = frozenset({"report", "reports"})  # a headline's word for a study or a survey
_LOOSE = frozenset({"research", "analysis", "work", "findings", "results", "data", "evidence"})


@dataclass(slots=True)
class Unnamed(Ledger):
    """Sources that are called but not named: documents, groups, people without a name."""

    def document(self, phrase: Phrase) -> Found:
        end = phrase.span[1] + 80
        publisher = publisher_in(phrase, self.profiles, end)
        new = is_new(phrase) or _at_large(phrase) or _of_its_own(phrase)
        earlier = None if new else self._earlier_document(phrase, publisher)
        if earlier is not None:
            self._named_better(earlier, phrase)
            found = self.again(earlier)
            return replace(found, reason=f"speaker: '{phrase.text}' is a document spoken of before")
        told = None
        if publisher is None and not new and not phrase.owners:
            told = told_elsewhere(phrase, list(self.publications), self.entities)
            publisher = told.publisher if told else self._speaking_publisher(phrase)
        organisation = self.profiles.publisher_name(publisher) or official(phrase)
        reason = "document" if organisation is None else f"document of '{organisation}'"
        better = told is not None and phrase.head in _LOOSE | _ANY and told.noun not in _LOOSE
        noun = told.noun if told and better else phrase.head
        whose = None if told is not None and told.worked else publisher
        name = self._described(phrase, whose, noun)
        return self.new(phrase, "document", reason, name=name, organisation=organisation)

    def _described(self, phrase: Phrase, publisher: int | None, noun: str) -> str:
        """A document by its publisher and noun ("BT report"), in the words printed if they are.

        As the phrase is printed where nobody is told.
        """
        if publisher is None:
            return _OWN.sub(r"\1 ", _NEWNESS.sub("", plain(phrase)))
        entity, text = self.entities.all[publisher], self.stage.layout.text
        ends = (n for n in entity.names if text.startswith(f" {noun}", n.span[1]))
        printed = next((n.bare for n in ends), without_acronym(entity.name))
        return f"{_HOUSED.sub('', printed)} {noun}"

    def _speaking_publisher(self, phrase: Phrase) -> int | None:
        """The report is that of the organisation that spoke last, or of its speaker's."""
        if phrase.determiner not in {"the", "its"}:
            return None
        last = self.stage.last_source(phrase.span[0])
        if last is None or last < 0:
            return None
        if self.entities.all[last].label == "ORG":
            return last
        organisation = self.profiles.of(last).organisation
        return next((e.key for e in self.entities.all if e.name == organisation), None)

    def _named_better(self, who: int, phrase: Phrase) -> None:
        """A document first called "research" and then "the survey" is a survey."""
        referent = self.referents[who]
        organisation = referent.speaker.organisation
        if organisation and referent.head in _LOOSE and phrase.head not in _LOOSE:
            name = f"{_HOUSED.sub('', without_acronym(organisation))} {phrase.head}"
            speaker = replace(referent.speaker, name=name)
            self.referents[who] = replace(referent, speaker=speaker, head=phrase.head)

    def _earlier_document(self, phrase: Phrase, publisher: int | None) -> int | None:
        organisation = self.profiles.publisher_name(publisher)
        for who in sorted(self.referents):
            referent = self.referents[who]
            if referent.speaker.type != "document" or referent.head not in family(phrase.head):
                continue
            if organisation is None and not self._owned(phrase) and _refers_back(phrase):
                return who
            if _MADE_BY.search(phrase.text) and _refers_back(phrase):
                return who
            if organisation is not None and referent.speaker.organisation == organisation:
                return who
        return None

    def _owned(self, phrase: Phrase) -> bool:
        """Whether a person or an organisation is named in the phrase."""
        meant = (e for number in phrase.owners for e in self.entities.meant(number))
        return any(e.label in ("PERSON", "ORG") for e in meant)

    def of_them(self, phrase: Phrase) -> Found | None:
        """One or some of the people spoken of just before ("one said", "many believe")."""
        printed = phrase.text.lower()
        single = printed.startswith(("one", "another", "a ", "the "))
        if not _OF_THEM.fullmatch(printed) or (not single and self._poll_before(phrase)):
            return None
        ranked = self.stage.ranked(phrase.span[0], self._several)
        if not ranked or ranked[0][0] < _FAR:
            return None
        group = self.referents[ranked[0][1]].speaker
        name = singular(group.name or "") if single else group.name
        kind: SpeakerType = "anonymous" if single else group.type
        return self.new(
            phrase, kind, f"of '{group.name}'", name=name, organisation=group.organisation
        )

    def _several(self, who: int) -> float | None:
        return 0.0 if who < 0 and self.referents[who].plural else None

    def asked(self, phrase: Phrase) -> Found:
        lex, text = lexicon(), phrase.text
        share = bool(_SHARE.search(text)) and self._poll_before(phrase)
        if not lex.asked.search(text) and not share:
            noun = re.search(r"\bof (?:the )?((?:[a-z-]+ )?[a-z-]+s)\b", text)
            name = noun[1] if noun else text
            return self.new(phrase, "group", "a share of a group", name=name)
        return self.new(phrase, "group", "a share of those asked", name="survey respondents")

    def _poll_before(self, phrase: Phrase) -> bool:
        """Whether the story tells of a poll: then a share of people is of those asked."""
        return bool(_POLLED.search(self.stage.layout.text))

    def group(self, phrase: Phrase) -> Found:
        if phrase.head in {"mps", "peers", "lords"} and plain(phrase).lower() == phrase.head:
            committees = {
                e.key
                for e in self.entities.all
                if e.label == "ORG" and "committee" in e.name.lower()
            }
            if len(committees) == 1:
                found = self.entity(committees.pop())
                return replace(found, reason=f"speaker: '{phrase.text}' of the one committee")
        organisation = owner_of(phrase, self.profiles)
        return self.new(phrase, "group", "group", name=plain(phrase), organisation=organisation)

    def of_before(self, phrase: Phrase) -> Found | None:
        """Somebody without a name who was called so before ("an EU diplomat": "the diplomat")."""
        if not phrase.definite or phrase.determiner not in {"the", "that", "this"}:
            return None
        for who in sorted(self.referents):
            referent = self.referents[who]
            same = referent.head == phrase.head and referent.speaker.type == "anonymous"
            if same and self._of_same(referent, phrase):
                return replace(self.again(who), reason=f"speaker: '{phrase.text}' spoken of before")
        return None

    def _of_same(self, referent: Referent, phrase: Phrase) -> bool:
        """Whether a phrase that names a body ("the Tidewell boss") names that of the referent."""
        owner = self.owner(phrase)
        organisation = referent.speaker.organisation
        return owner is None or organisation in (None, self.entities.all[owner].name)

    def anonymous(self, phrase: Phrase) -> Found:
        before = self.of_before(phrase)
        if before is not None:
            return before
        organisation = owner_of(phrase, self.profiles)
        size = len(phrase.head.split())
        role = " ".join(phrase.core.split()[-size:]) if phrase.kind != "unknown" else None
        plural = phrase.head.endswith("s") and phrase.kind == "anonymous"
        name = _with_organisation(phrase, organisation) if phrase.kind == "spokes" else None
        found = self.new(
            phrase, "anonymous", "not named", name=name, role=role, organisation=organisation
        )
        if plural and found.who is not None:
            self.referents[found.who] = replace(self.referents[found.who], plural=True)
        return found


def _at_large(phrase: Phrase) -> bool:
    """As in "recent polls": several, nobody's in particular."""
    several = phrase.head in {"polls", "surveys", "studies", "reports", "experiments", "trials"}
    return several and not phrase.determiner


def _of_its_own(phrase: Phrase) -> bool:
    """As in "police figures": the words before the noun say whose they are."""
    before = phrase.core.lower().removesuffix(phrase.head).split()
    lex = lexicon()
    return not phrase.determiner and any(w in lex.nominals or w in lex.groups for w in before)


def singular(name: str) -> str:
    """One of a group: "officials" is "official", "friends of Gemma Larch" a "friend of ..."."""
    head, *rest = re.split(r"(\s(?:of|for|from|in|at)\s)", name, maxsplit=1)
    words = head.split()
    last = words[-1] if words else ""
    one = _ODD.get(last.lower()) or re.sub(
        r"(?:(?<=[^s])s|(?<=ss)es)$", "", re.sub("ies$", "y", last)
    )
    return " ".join([*words[:-1], one]) + "".join(rest)


def _refers_back(phrase: Phrase) -> bool:
    """Whether a document phrase can mean one spoken of before: definite, without a modifier."""
    bare = phrase.core.lower() == phrase.text.lower()
    return phrase.determiner in {"the", "this", "that", "its", "their"} or bare


def _with_organisation(phrase: Phrase, organisation: str | None) -> str | None:
    """As in "a spokesman for the force": which force that is."""
    called = re.search(
        r"\b(?:for|from|of|at) ((?:the|its|his|her) [a-z-]+(?: [a-z-]+)?)$", phrase.text
    )
    if called is None or organisation is None or organisation.islower():
        return None
    return as_printed(phrase)[: called.start(1)] + without_acronym(organisation)
