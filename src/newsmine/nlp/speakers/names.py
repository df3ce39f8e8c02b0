"""Names in running text, found by capitals and word lists; a model's mentions vote on the kind.

The model is noisy and may be missing, so every name must be found without it. What is called a
name here has no determiner, no possessive ending and no role in it; a title belongs to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsmine.nlp.speakers.fixed import fixed_forms
from newsmine.nlp.speakers.lexicon import Lexicon, Title, lexicon
from newsmine.nlp.speakers.runs import capital_runs, starts_sentence
from newsmine.nlp.speakers.spellings import known_words
from newsmine.nlp.speakers.starts import without_start
from newsmine.nlp.speakers.text import Layout, Token
from newsmine.types import Mention, MentionLabel, Span

# what a model may call a name, and what looks like one at a sentence start ("They’ve")
_SMALL_WORD = re.compile(
    r"(?:Shadow|Mitigating|Prosecuting|Defending|Sentencing|The|A|An|Its?|This|That|These|Those|They|There|We|You|He|She|I|Their|Our|His|Her|What|Who)"
    r"(?:[’'](?:s|ve|d|re|ll|m))?"
)
_COURTESY = frozenset({"Mr", "Mrs", "Ms", "Miss", "Mx", "Dr"})
_ADDRESSED = frozenset({"President", "Justice", "Chairman", "Speaker", "Chancellor"})
_DESCRIBED = re.compile(r" ([a-z-]+)( [A-Z])?")
_LETTERED = re.compile(r"[DR]-[A-Z][a-z]+\.?|[A-Z]{2,4}s|PhD|MSc|BSc")  # "PCs" are no body


@dataclass(frozen=True, slots=True)
class Name:
    """One printed name. ``bare`` is without the title; ``label`` is what a model called it.

    A ``weak`` one is a single word whose capital can come from its place in the sentence.
    """

    span: Span
    bare: str
    title: Title | None = None
    definite: bool = False
    possessive: bool = False
    label: MentionLabel | None = None
    after_role: bool = False
    weak: bool = False

    @property
    def words(self) -> list[str]:
        """The words of the bare name."""
        return self.bare.split()


def find_names(layout: Layout, mentions: Sequence[Mention] = ()) -> list[Name]:
    """All names in the text, in order, without overlaps."""
    runs = list(capital_runs(layout))
    found = [
        replace(name, weak=True) if _weak(name, layout) else name
        for run in runs
        for name in _names_in(run, layout)
    ]
    seen = [(run[0].start, run[-1].end) for run in runs]
    found = [n for n in found if not _LETTERED.fullmatch(n.bare)]
    named = _with_mentions(_with_fixed(found, layout.text), mentions, seen, layout.text)
    told = [n if n.bare else replace(n, bare=_printed(layout.text, n.span)) for n in named]
    told = [n for n in told if not (_common_start(n, layout) or _SMALL_WORD.fullmatch(n.bare))]
    return [n for n in told if n.bare and (n.title or n.bare not in lexicon().titles)]


def _common_start(name: Name, layout: Layout) -> bool:
    """As in "Energy supplier Hollow Gas": a common word, capital for its place, says what it is."""
    noun = _DESCRIBED.match(layout.text, name.span[1])
    if noun is None or not name.weak or name.possessive or name.bare.isupper():
        return False
    if name.label and not noun[2]:
        return False
    called = noun[1] in lexicon().nominals or noun[1] in lexicon().firms
    listed = name.bare in lexicon().known | lexicon().seats | lexicon().places
    listed = listed or name.bare.lower() in lexicon().parties
    return called and not listed and name.bare.lower() in known_words()


def _printed(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())


def _with_fixed(names: list[Name], text: str) -> list[Name]:
    """Committees of a house, whose names go on in small letters, and "No 10"."""
    found = fixed_forms(text)
    fixed = [Name(m.span(), " ".join(m.group().split())) for m in found]
    spans = [n.span for n in fixed]
    kept = [n for n in names if not any(s < n.span[1] and n.span[0] < e for s, e in spans)]
    return sorted([*kept, *fixed], key=lambda n: n.span) if fixed else names


def _weak(name: Name, layout: Layout) -> bool:
    lone = len(name.words) == 1 and not name.title and not name.definite
    shouted = name.bare.isupper() and len(name.bare) > 6
    return lone and (not name.bare.isupper() or shouted) and starts_sentence(name.span[0], layout)


def _names_in(run: list[Token], layout: Layout) -> Iterator[Name]:
    """The names that a run holds, after titles, roles, parties and origins are told apart."""
    lex = lexicon()
    run = without_start(run, layout, lex)
    start = 0
    for cut, after_role in _cuts(run, lex):
        part = run[start:cut]
        yield from _name(part, layout, lex, after_role=False, final=cut == len(run))
        start = cut
        if after_role:
            yield from _name(run[cut:], layout, lex, after_role=True, final=True)
            return
    yield from _name(run[start:], layout, lex, after_role=False, final=True)


def _cuts(run: list[Token], lex: Lexicon) -> Iterator[tuple[int, bool]]:
    """Where a new name starts inside a run, and whether what lies before it is a role."""
    texts = [w.text for w in run]
    titles = _title_length(texts, lex)
    for at in range(1, len(run)):
        office = " ".join(texts[:at])
        longer = " ".join(texts[: at + 1]) in lex.titles  # "Detective Superintendent"
        if " of " in office and office.lower() in lex.government and at > titles:
            yield at, True  # "Leader of the House Gemma Larch"
            return
        office_of = office.lower() in lex.roles and office in lex.titles and not longer
        if office_of and _title_length(texts[at:], lex):
            yield at, True
            return
        if at < titles:
            continue
        linked = texts[at - 1] in {"of", "for", "and", "the"}
        titled = not linked and _title_length(texts[at:], lex)
        if titled and not _title_length(texts[:at], lex, whole=True):
            yield at, bool(lex.role_at_end(texts[:at]))
            if lex.role_at_end(texts[:at]):
                return
            texts = ["" for _ in texts[:at]] + texts[at:]
            continue
        if _title_length(texts, lex):
            continue
        rest = texts[at:]
        if rest[0] in {"of", "for", "and", "the", "&"} or texts[at - 1] in {"of", "for", "the"}:
            continue
        plural = len(rest) == 1 and lex.role_at_end([rest[0].removesuffix("s")]) > 0
        if lex.role_at_end(texts[:at]) and not _more_role(rest, lex) and not plural:
            yield at, True
            return
        seated = " ".join(texts[:at]).lower() in lex.parties and " ".join(rest) in lex.seats
        beside = seated or _adjective(texts[:at], lex) or _body_before(texts[:at], rest, lex)
        if seated or (beside and _personal(rest, lex)):
            yield at, False
        elif _personal(rest, lex) and {"of", "for"} & set(texts[:at]) and _is_role(texts[:at], lex):
            yield at, True
            return


def _more_role(rest: list[str], lex: Lexicon) -> bool:
    """Whether the words after a role noun go on with the role ("Chief | Executive")."""
    return any(lex.role_at_end([w]) for w in rest[:3]) or any(w in lex.heads for w in rest)


def _adjective(words: list[str], lex: Lexicon) -> bool:
    phrase = " ".join(words)
    known = phrase in lex.adjectives or phrase in lex.places or phrase in lex.seats
    return known or phrase.lower() in lex.parties


def _body_before(words: list[str], rest: list[str], lex: Lexicon) -> bool:
    """As in "head of the Tide Council Gemma Larch": two names, nothing between."""
    whole = len(words) > 1 and words[-1] in lex.heads and words[0] not in lex.first_names
    return whole and len(rest) < 4 and rest[-1] not in lex.things


def _personal(words: list[str], lex: Lexicon) -> bool:
    return len(words) >= 2 and words[0] in lex.first_names and words[-1] not in lex.heads


def _title_length(texts: list[str], lex: Lexicon, *, whole: bool = False) -> int:
    """How many words at the start are titles with a name after them."""
    count = 0
    while True:
        for size in (3, 2, 1):
            phrase = " ".join(w.strip(".") for w in texts[count : count + size])
            if len(texts) >= count + size and phrase in lex.titles:
                count += size
                break
        else:
            break
    if not whole and len(texts) == 2 and texts[0].strip(".") in _COURTESY:
        return 0 if texts[1] in _ADDRESSED else 1  # "Mr King", "Ms Church"
    rest = texts[count:]
    if whole:
        return count if not rest else 0
    if not rest or rest[0] in {"of", "for", "and", "the"} or rest[-1] in lex.things:
        return 0
    weekly = texts[:count] == ["PC"] and rest[-1] in lex.inner  # "PC Weekly"
    return 0 if weekly or (lex.role_at_end(rest[:1]) and len(rest) > 1) else count


def _name(
    part: list[Token], layout: Layout, lex: Lexicon, *, after_role: bool, final: bool
) -> Iterator[Name]:
    """A name out of a part of a run; nothing where the part is a role or a lone common word."""
    text = layout.text
    while part and part[-1].text in {"of", "for", "and", "the", "&"}:
        part = part[:-1]
    while len(part) > 2 and part[-1].text in lex.honours and not _follows_the(part[0], text):
        if part[-2].text.lower() in lex.parties:
            break  # "Hollow Labour MP" is no person
        part = part[:-1]
    if not part:
        return
    texts = [w.text for w in part]
    count = _title_length(texts, lex)
    alone = len(part) == 1 and {texts[0].lower(), texts[0].lower().removesuffix("s")} & lex.common
    if alone and (texts[0].isupper() or starts_sentence(part[0].start, layout)):
        return
    if not count and not after_role and _is_role(texts, lex):
        yield from _organisation_in_role(part, layout, lex)
        return
    title = lex.titles.get(texts[count - 1].strip(".")) if count else None
    for size in (3, 2):
        phrase = " ".join(w.strip(".") for w in texts[max(0, count - size) : count])
        title = lex.titles.get(phrase, title) if count >= size else title
    span = part[0].start, part[-1].end
    yield Name(
        span=span,
        bare=_printed(text, (part[count].start, part[-1].end)),
        title=title,
        definite=_follows_the(part[0], text),
        possessive=final and part[-1].possessive,
        after_role=after_role,
    )


def _follows_the(word: Token, text: str) -> bool:
    return bool(re.search(r"\b[Tt](?:he|HE)\s$", text[max(0, word.start - 5) : word.start]))


def _is_role(texts: list[str], lex: Lexicon) -> bool:
    if texts[0] in lex.first_names and len(texts) > 1:
        return False
    lone_head = lex.role_at_end(texts) == 1 and texts[-1] in lex.heads and len(texts) > 1
    if (lex.role_at_end(texts) and not lone_head) or texts[-1] in lex.group_names:
        return True
    if "of" in texts or "for" in texts:
        cut = min(i for i, w in enumerate(texts) if w in {"of", "for"})
        return lex.role_at_end(texts[:cut]) > 0 or texts[0] in lex.titles
    return False


def _organisation_in_role(part: list[Token], layout: Layout, lex: Lexicon) -> Iterator[Name]:
    """The organisation at the start of a capitalised role ("Home Office Minister")."""
    texts = [w.text for w in part]
    for size in range(len(texts) - 1, 0, -1):
        words = texts[:size]
        phrase = " ".join(words)
        known = words[-1] in lex.heads or phrase.lower() in lex.parties or phrase in lex.seats
        acronym = size == 1 and len(phrase) > 1 and phrase.isupper()
        if (known or acronym) and not lex.role_at_end(words) and texts[size] != "of":
            yield from _name(part[:size], layout, lex, after_role=False, final=False)
            return
    for at in range(1, len(texts)):  # "Hollow Labour MP"
        if texts[at].lower() in lex.parties:
            yield from _name(part[at : at + 1], layout, lex, after_role=False, final=False)
            return
    for at in range(1, len(texts) - 1):
        owned = texts[at + 1 :]
        if texts[at] in {"of", "for"} and (set(owned) & lex.heads or owned[0].isupper()):
            start = at + 1 + (owned[0] == "the")
            yield from _name(part[start:], layout, lex, after_role=False, final=True)
            return


def _with_mentions(
    names: list[Name], mentions: Sequence[Mention], runs: list[Span], text: str
) -> list[Name]:
    """Names with the label of the mention that covers most of them, and mentions without a name.

    A mention inside capitals that were found to be no name ("Education Secretary") is left out.
    """
    ordered = sorted({m.span: m for m in mentions}.values(), key=lambda m: m.span)
    names = _merged(names, ordered, text)
    starts = [m.span[0] for m in ordered]
    labelled, used = [], set[int]()
    for name in names:
        shared = _overlaps(name, ordered, starts)
        used |= {index for _, index in shared}
        most, index = max(shared, default=(0, -1))
        label = ordered[index].label if 2 * most >= len(name.bare) else None
        labelled.append(replace(name, label=label))
    run_starts = [start for start, _ in runs]
    lone = [
        m
        for i, m in enumerate(ordered)
        if i not in used and not _inside_run(m.span, runs, run_starts)
    ]
    return sorted([*labelled, *map(_of_mention, lone)], key=lambda n: n.span)


def _overlaps(name: Name, mentions: list[Mention], starts: list[int]) -> list[tuple[int, int]]:
    """Shared characters and number of each mention that touches a name."""
    found = []
    for index in range(bisect_left(starts, name.span[0] - 80), len(mentions)):
        start, end = mentions[index].span
        if start >= name.span[1]:
            break
        shared = min(end, name.span[1]) - max(start, name.span[0])
        if shared > 0:
            found.append((shared, index))
    return found


def _inside_run(span: Span, runs: list[Span], starts: list[int]) -> bool:
    index = bisect_right(starts, span[0]) - 1
    return index >= 0 and span[0] < runs[index][1]


def _of_mention(mention: Mention) -> Name:
    return Name(mention.span, "", label=mention.label)


def _described(text: str, inside: list[Name], end: int) -> bool:
    """As in "Civil rights group Freedom": the last one is the name, what comes before calls it."""
    between = text[inside[-2].span[1] : inside[-1].span[0]].split()
    calls = bool(between) and between[-1] in lexicon().nominals
    return calls and inside[-1].span[1] == end and all(w.islower() for w in between)


def _merged(names: list[Name], mentions: list[Mention], text: str) -> list[Name]:
    """Names that one mention covers together become one ("Freedom of Information Act")."""
    starts = [n.span[0] for n in names]
    out, following = [], 0
    for mention in mentions:
        start, end = mention.span
        first, last = max(following, bisect_left(starts, start)), bisect_left(starts, end)
        inside = names[first:last]
        if len(inside) < 2 or inside[-1].span[1] > end or any(n.title for n in inside):
            continue
        if _described(text, inside, end):
            continue
        out += names[following:first]
        out.append(Name(mention.span, "", definite=inside[0].definite, label=mention.label))
        following = last
    return out + names[following:]
