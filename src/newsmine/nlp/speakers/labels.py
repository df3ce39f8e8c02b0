"""Whether a name is a person, an organisation or a place: votes of all places where it stands."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from newsmine.nlp.speakers.held import held_votes, subject_votes
from newsmine.nlp.speakers.lexicon import Lexicon, lexicon
from newsmine.nlp.speakers.names import Name
from newsmine.nlp.speakers.runs import PARTICLE_WORDS
from newsmine.nlp.speakers.spellings import known_words
from newsmine.nlp.speakers.text import Layout, tokens
from newsmine.types import MentionLabel, Span

_AGE = re.compile(r",? (?:aged )?\(?\d{1,2}\)?[,)]")
_BEFORE_ROLE = re.compile(r"(?:[’']s)? (?:[a-z-]+ )?([a-z-]+) [A-Z][a-z]")
_PERSON_NEXT = re.compile(
    r"[’'](?:s)? (?:(Mr|Mrs|Ms|Miss|Dr|Sir|Professor|Prof) |([A-Z]\w+) [A-Z])"
)
# "Gamer Weekly magazine", "Humanist Voice, which campaigns"
_CALLED_AFTER = re.compile(
    r" (?:magazine|newspaper|website|charity|union|campaign|group|helpline|foundation|party|"
    r"institute|agency|firm|company|consultancy|think[ -]tank|airline|chain)\b|"
    r", (?:the )?(?:[\w-]+ )?(?:accountants|actuaries|analysts|brokers|consultants|pollsters|"
    r"recruiters|solicitors|stockbrokers)\b|"
    r", which (?!is in\b|lies\b)\w|"
    r", (?:the|an?) (?:[\w’'-]+ ){0,3}(?:firm|company|group|charity|operator|maker|retailer|chain|"
    r"bank|union|watchdog|regulator|website|magazine|newspaper|think-?tank|body|organisation)"
    r"(?=[,.]| that)"
)
_PARTS = frozenset(
    {"Greater", "Central", "Inner", "Outer", "Great", "New", "Old", "Upper", "Lower"}
)
_PLAIN = frozenset({"Respect", "Reform"})
_PARTY_POST = re.compile(r"[’']s? | (?:MPs?|MEPs?|leader|peers?|councillors?|candidates?)\b")
_TOLD = 3  # votes that tell an organisation though a sentence starts with it
_SMALL = frozenset({"of", "for", "and", "the", "&", "in", "on", "to"})


def name_key(name: Name) -> str:
    """What spellings of one name share; a titled name is another one."""
    return squash(name.bare) if name.title is None else "t:" + squash(name.bare)


def squash(name: str) -> str:
    """A name without case, spaces and marks, to compare spellings."""
    return re.sub(r"[\W_]", "", name).lower()


def labels_of(
    layout: Layout, names: Sequence[Name], speaking: frozenset[Span]
) -> dict[str, MentionLabel | None]:
    """The kind of each spelling, by the votes of all its places."""
    votes: dict[str, Counter[MentionLabel]] = defaultdict(Counter)
    printed: dict[str, Counter[MentionLabel]] = defaultdict(Counter)
    strong: set[str] = set()
    plain = {w.text for w in tokens(layout.text) if w.text.islower()}
    for name in names:
        told = _votes(name, layout)
        printed[name_key(name)].update(told)
        votes[name_key(name)].update(told)
        if name.label:
            votes[name_key(name)][name.label] += 2
        speaks = name.span in speaking
        if speaks and not name.title and votes[name_key(name)].total() == 0:
            votes[name_key(name)]["ORG"] += 1
        listed = name.bare in lexicon().seats | lexicon().known
        behind = layout.text[name.span[1] : name.span[1] + 20]
        sure = _is_party(name, behind) or listed
        owns = name.possessive and told["ORG"] > 0
        clear = told["ORG"] >= _TOLD and name.bare.lower() not in known_words()
        told_so = (
            sure or owns or clear or speaks or name.label or name.bare in lexicon().first_names
        )
        word = (name.bare.lower() in plain and not speaks) or _of_document(name, behind, sure=sure)
        if not name.weak or (told_so and not word):
            strong.add(name_key(name))
    surnames = {squash(n.words[-1]) for n in names if n.title and n.words}
    for name in names:  # "Peter House" beside "Mr House"
        first, last = name.words[:1], name.words[1:][-1:]
        if first and last and first[0] in lexicon().first_names and squash(last[0]) in surnames:
            votes[name_key(name)]["PERSON"] += 2
    out: dict[str, MentionLabel | None] = {}
    for key, counter in votes.items():
        if key in surnames and counter["ORG"] <= counter["PERSON"] + 2:
            counter["PERSON"] += 2
        out[key] = _winner(counter, printed[key]) if key in strong else None
    _surnames_follow(names, printed, out)
    _short_names_follow(names, printed, out)
    return out


def _of_document(name: Name, after: str, *, sure: bool) -> bool:
    """As in "Brain study finds": what it is about, not whose it is."""
    noun = re.match(r" ([a-z]+)", after)
    known = name.bare.lower() in known_words() and not name.bare.isupper()
    return known and not sure and noun is not None and noun[1] in lexicon().documents


def _is_party(name: Name, after: str) -> bool:
    """A party; one that is called by a plain word only where its capital tells, or a post."""
    plain = name.weak and name.bare in _PLAIN and not _PARTY_POST.match(after)
    return name.bare.lower() in lexicon().parties and not plain


def _winner(votes: Counter[MentionLabel], printed: Counter[MentionLabel]) -> MentionLabel | None:
    """The kind with the most votes; of a tie that only a model made, the organisation."""
    best = votes.most_common(1)
    if not best or best[0][1] <= 0:
        return None
    tied = votes["ORG"] == votes["PERSON"] == best[0][1]
    return "ORG" if tied and not printed["PERSON"] else best[0][0]


def _surnames_follow(
    names: Sequence[Name],
    printed: Mapping[str, Counter[MentionLabel]],
    out: dict[str, MentionLabel | None],
) -> None:
    """A bare surname or first name of a person in the article is that person too.

    Only what is printed around the name speaks against it: a model that takes a surname for a
    place or a company does so each time.
    """
    parts = set()
    for name in names:
        if out[name_key(name)] == "PERSON" and len(name.words) > 1:
            parts |= {squash(name.words[0]), squash(name.words[-1])}
    for key in parts & set(out):
        if printed[key]["ORG"] <= 2 + printed[key]["PERSON"] and printed[key]["LOC"] <= 2:
            out[key] = "PERSON"


def _short_names_follow(
    names: Sequence[Name],
    printed: Mapping[str, Counter[MentionLabel]],
    out: dict[str, MentionLabel | None],
) -> None:
    """A lone word that begins or ends the name of an organisation is no person ("Hollow")."""
    people = {squash(w) for n in names if out[name_key(n)] == "PERSON" and n.title for w in n.words}
    people |= {
        squash(w)
        for n in names
        if out[name_key(n)] == "PERSON" and len(n.words) > 1
        for w in n.words
    }
    for name in names:
        key = name_key(name)
        if out[key] != "ORG" or len(name.words) < 2 or printed[key]["ORG"] < 3:
            continue
        for part in {squash(name.words[0]), squash(name.words[-1])} - people:
            alone = out.get(part) == "PERSON" and printed[part]["PERSON"] == 0
            if alone:
                out[part] = "ORG"


def _votes(name: Name, layout: Layout) -> Counter[MentionLabel]:
    lex, text, words = lexicon(), layout.text, name.words
    votes: Counter[MentionLabel] = Counter()
    if not words:
        return votes
    before, after = (
        text[max(0, name.span[0] - 40) : name.span[0]],
        text[name.span[1] : name.span[1] + 60],
    )
    if name.title:
        votes["PERSON"] += 6
    if name.after_role or _called_by_role(before, lex):
        votes["PERSON"] += 3
    votes["PERSON"] += _first_name_votes(words, lex)
    if _AGE.match(after):
        votes["PERSON"] += 2
    votes["ORG"] += _organisation_votes(name, before, after, lex)
    if words[0] not in lex.first_names:
        votes["ORG"] += subject_votes(name, text, layout.sentence_span(name.span[0])[0])
    if name.bare in lex.places or name.bare in lex.adjectives:
        votes["ORG"] = 0
        votes["LOC"] += 4
    elif re.search(r"\b(?:in|near|across|outside) $", before) and not name.definite:
        votes["LOC"] += 2 + 3 * before.endswith("based in ")
    if _looks_personal(name, lex):
        votes["PERSON"] += 1
    return votes


def _called_by_role(before: str, lex: Lexicon) -> bool:
    """As in "group leader Orrin Pell"; what makers and owners are called is no person's alone."""
    noun = re.search(r"(?:^|\s)([a-z][\w-]+) $", before)
    if noun and noun[1] == "rival":
        return False  # "rival Hollow said": a firm as well
    if lex.role_at_end(before.split()[-2:]) == 2 and before.endswith(" "):
        return True  # "chief executive", though an executive can be a body
    if noun is None or noun[1] == "official" or noun[1] in lex.nominals:
        return False
    return noun[1] in lex.roles or noun[1] in lex.anonymous


def _names_companies(noun: str, lex: Lexicon) -> bool:
    """Whether a noun before a name is that of a company even if the name is like a person's."""
    senses = lex.nominals.get(noun, ())
    return bool(senses) and noun not in lex.roles and not all(s.itself for s in senses)


@cache
def _companies() -> str:
    lex = lexicon()
    return "|".join(sorted(re.escape(n) for n in lex.nominals if _names_companies(n, lex)))


def _first_name_votes(words: list[str], lex: Lexicon) -> int:
    if words[0] in lex.first_names:
        return 4 if len(words) > 1 else 2
    return (
        3 if len(words) > 1 and re.fullmatch(r"(?:[A-Z]\.?)+", words[0]) and "." in words[0] else 0
    )


def _organisation_votes(name: Name, before: str, after: str, lex: Lexicon) -> int:
    thing = name.words[-1] in lex.things and name.words[-1] not in lex.heads
    titled = re.search(r"[a-z,] The $", before)  # "of The Tide Review", a newspaper
    if thing and not titled and name.bare not in lex.seats:
        return 0
    return (
        _form_votes(name, after, lex)
        + _votes_before(name, before, lex)
        + _votes_after(name, after, lex)
        + held_votes(name, before, after, lex)
    )


def _form_votes(name: Name, after: str, lex: Lexicon) -> int:
    """What the name itself is like."""
    words, votes = name.words, 0
    if words[-1] in lex.heads or (words[0] in lex.heads and len(words) > 1):
        votes += 5
    if any(w in lex.inner for w in words) and not name.title:
        votes += 3
    if any("-" in w and set(w.split("-")) <= lex.kinds["newspaper"] for w in words):
        votes += 6  # "Hollow Tribune-Record"
    if name.bare in lex.seats or _is_party(name, after):
        votes += 6
    if name.bare.replace("’", "'") in lex.known and not name.title:
        votes += 8
    origin = words[0] in lex.places | lex.adjectives | _PARTS or words[0] in lex.first_names
    if len(words) > 1 and words[-1] in lex.places and not origin:
        votes += 3  # "Hollow Systems Europe"
    if any(a in lex.heads and b in {"of", "for"} for a, b in pairwise(words)):
        votes += 5
    mixed = name.bare.isalnum() and sum(c.isupper() for c in name.bare) > 1
    if len(words) == 1 and mixed and not (name.bare.isupper() and len(name.bare) > 6):
        votes += 3
    if any(mark in name.bare for mark in ("&", "//", ".co", ".org", ".net")) or "for" in words:
        votes += 4
    return votes + 3 * (name.definite and not name.title)


def _votes_before(name: Name, before: str, lex: Lexicon) -> int:
    """What it is called, as in "housebuilder George Marsh" and "analysts at Hollow Roe"."""
    called = re.search(r"([\w-]+)(?: (?:for|of|at))? ?$", before)
    noun = called[1].lower() if called else ""
    if called and re.search(rf"\b[A-Z][\w’'-]+ {re.escape(called[1])} $", before):
        noun = noun if called[1].islower() else ""  # "the Tide Council Gemma Larch"
    if re.search(r"\bthink[ -]tank $", before):
        noun = "think-tank"
    spokes = noun in lex.spokes and before.rstrip().endswith((" for", " of"))
    role = name.after_role or name.title or _called_by_role(before, lex)
    if (noun in lex.nominals or spokes) and not role:
        return 3 + 5 * _names_companies(noun, lex) + 2 * spokes
    if before.endswith(" at ") and noun in lex.firms | lex.groups | lex.roles:
        return 5
    return (3 + 2 * (noun in lex.firms)) * bool(
        noun in lex.firms or re.search(rf"\b(?:{_companies()}), $", before)
    )


def _votes_after(name: Name, after: str, lex: Lexicon) -> int:
    """Whom it has: a person, a role or staff."""
    person = _PERSON_NEXT.match(after) if name.possessive and not name.title else None
    votes = 2 * bool(person and (person[1] or person[2] in lex.first_names))
    if not name.title and _CALLED_AFTER.match(after):
        votes += 3
    role = _BEFORE_ROLE.match(after)
    if role and role[1] in lex.roles and not (name.after_role or name.title):
        votes += 2
    if re.match(r"(?:[’']s)? (?:spokes\w+|chief|director|boss|workers|staff|managers?)\b", after):
        votes += 2
    return votes


def _looks_personal(name: Name, lex: Lexicon) -> bool:
    words = [w for w in name.words if w not in PARTICLE_WORDS] or name.words
    alphabetic = all(re.fullmatch(r"[^\W\d]+(?:[-’'][^\W\d]+)*\.?", w) for w in words)
    cased = all(
        w[0].isupper() and not (w.isupper() and len(w) > 1) for w in words if w not in _SMALL
    )
    plain = not name.definite and not any(w in lex.things or w in _SMALL for w in words)
    plain = plain and not any(w in lex.inner for w in words)
    adjective = words[0] in lex.adjectives or words[0] in lex.places
    return 2 <= len(words) <= 3 and alphabetic and cased and plain and not adjective
