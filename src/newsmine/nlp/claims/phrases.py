"""Noun phrases by words: where one ends, where the one before a verb begins.

There is no parser: a phrase goes on until a word that cannot be in one (data/claims_phrases.toml),
or until a plural that no plural follows ("online harm complaints | logged by schools").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsmine.nlp.claims.lexicon import changes, stops, word_set
from newsmine.nlp.claims.text import Sentence, Word
from newsmine.types import Span

BREAK = re.compile(r"[,.;:!?()\[\]\"“”–—\n]|\s-\s|\s['‘]|['’](?=\s)")
REACH = 110
_LONGEST = 7
TIMED = re.compile(
    r"(?:the\s)?(?:past|last|next|first|second|year|month|week|quarter|morning|afternoon|yearly|monthly"
    r"|weekly|daily|year-earlier|day|[A-Z]\w+day|January|February|March|April|May|June|July|August"
    r"|September|October|November|December)(?![\w])"
)
AUXILIARY = frozenset(
    ("has", "have", "had", "will", "would", "could", "may", "might", "is", "are", "was", "were",
     "be", "been", "being", "to", "also", "now", "already", "then", "still", "currently", "can",
     "should", "must", "set", "expected", "recently", "even", "just", "only", "more", "not",
     "nearly", "almost", "likely", "due", "sharply", "generally", "probably", "really", "tipped",
     "forecast", "projected", "predicted", "estimated", "thought", "believed", "reckoned",
     "understood", "scheduled", "supposed", "hoped", "feared")
)  # fmt: skip
_SAYING = frozenset(
    ("said", "says", "say", "told", "claimed", "claims", "found", "that", "suggests", "suggest",
     "showed", "shows", "show", "reveal", "revealed", "reported", "estimates", "estimated",
     "believe", "believes", "predicted", "predicts", "warned", "added", "adds", "and", "but",
     "while", "when", "as", "although", "though", "if", "where", "whether", "because", "with",
     "saw", "sees", "seen", "after")
)  # fmt: skip
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_TRAILING = frozenset(("preposition", "adverb", "determiner", "pronoun"))
_SCALES = frozenset(("million", "billion", "thousand", "hundred", "remaining"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as printed, and the rule that found it."""

    text: str
    rule: str
    population: str | None = None


_ASIDE = re.compile(
    r"\((?P<in>[\w.&-]{2,12})\)|[\"“'‘](?P<quoted>\w[\w-]*(?:\s[\w-]+){0,2})[\"”'’](?!\w)"
)


def breaks(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the clause breaks between two words; not at `(GDP)` or around a `"quoted" word`."""
    gap = sentence.text[start:end]
    if not BREAK.search(gap):
        return False
    if gap.strip() not in _MARKS:
        return True
    near = _ASIDE.finditer(
        sentence.text, max(sentence.start, start - 40), min(sentence.end, end + 40)
    )
    return not any(m.start() in range(start, end) or m.end() - 1 in range(start, end) for m in near)


_MARKS = frozenset("()\"“”'‘’")


def last_clause(sentence: Sentence, words: list[Word], *, keep: bool = False) -> list[Word]:
    """The words since the last break in punctuation; with ``keep``, since the one before."""
    cuts = [
        place
        for place in range(1, len(words))
        if breaks(sentence, words[place - 1].end, words[place].start)
    ]
    if keep and cuts:
        first = cuts[-2] if len(cuts) > 1 else 0
        return words[first : cuts[-1]]
    out = words[cuts[-1] :] if cuts else words
    for place in range(len(out) - 1, -1, -1):
        if out[place].lower in ("that", "while", "but", "whereas"):
            return out[place + 1 :]
    return out


def kind_of(word: Word) -> str | None:
    """The kind of a word that ends phrases; `US` is no pronoun, `May` no auxiliary."""
    if word.text in ("US", "IT", "May", "Will"):
        return None
    lower = word.lower
    before, mark, _after = lower.partition("'")  # `it's`, `we've`
    return "pronoun" if mark and stops().get(before) == "pronoun" else stops().get(lower)


def is_verb(word: Word) -> bool:
    lower = word.lower
    if lower in changes("verbs") or kind_of(word) == "verb" or lower in word_set("verbs"):
        return True
    return lower.endswith("ed") and len(lower) > 4


def verb_place(clause: list[Word]) -> int | None:
    """The verb nearest to the figure: of change, auxiliary, or a participle."""
    places = range(len(clause) - 1, -1, -1)
    last = len(clause) - 3
    for place in places:
        if is_verb(clause[place]) or _acts(clause, place):
            return place
        if clause[place].lower in ("up", "down") and place >= last:
            moved = f"{clause[place - 1].lower} {clause[place].lower}" if place else ""
            return place - 1 if moved in changes("verbs") else place
    return None


def _acts(clause: list[Word], place: int) -> bool:
    """`thieves netting £4m`: a present participle after a plural."""
    word = clause[place].lower
    return (
        word.endswith("ing") and is_verbal(word) and place > 0 and _plural(clause[place - 1].lower)
    )


def subject_end(clause: list[Word]) -> int:
    """Where the words before the clause's verb and its auxiliaries end; 0 without a verb."""
    place = verb_place(clause) or 0
    while place > 0 and clause[place - 1].lower in AUXILIARY:
        place -= 1
    for inner in range(place - 1, -1, -1):
        if clause[inner].lower in ("which", "who"):
            rest = [word.lower for word in clause[inner + 1 : place]]
            return inner if all(word in AUXILIARY for word in rest) else place
    return place


def phrase_before(sentence: Sentence, words: list[Word]) -> str | None:
    """The noun phrase that ends with the last word, with `of`, `in` and `for` phrases in it."""
    start = len(words)
    while start > 0 and len(words) - start < 10:
        word = words[start - 1].lower
        kind = kind_of(words[start - 1])
        if start == 1 and kind == "verb" and word not in AUXILIARY and len(words) > 1:
            # `Paid leave would be …`: nothing stands before that could be its subject.
            start = 0
            break
        inner = word == "with" and start > 1 and kind_of(words[start - 2]) is None
        if (word in _SAYING and not inner) or kind in ("verb", "conjunction"):
            break
        if kind == "pronoun" and start < len(words):
            start += is_verb(words[start])  # `It asked | girls at the school`
            break
        at_end = start > len(words) - 2
        if (is_figure(word) and not (at_end and _YEAR.fullmatch(word))) or word in changes("verbs"):
            break
        start -= 1
    kept = words[start:]
    if kept and _YEAR.fullmatch(kept[-1].lower):
        kept = kept[:-1]
    while kept and (kind_of(kept[0]) in ("preposition", "adverb") or kept[0].lower == "of"):
        kept = kept[1:]
    while kept and (
        kind_of(kept[-1]) in _TRAILING or is_verbal(kept[-1].lower) or is_adverb(kept[-1].lower)
    ):
        kept = kept[:-1]
    nouns = [w for w in kept if kind_of(w) is None and not is_verbal(w.lower)]
    if not nouns or all(w.lower in ("equivalent", "equal") for w in nouns):
        return None
    return printed(sentence, kept)


def printed(sentence: Sentence, words: list[Word]) -> str:
    """The words as printed, a bracket closed that was opened."""
    end = words[-1].end
    text = sentence.text[words[0].start : end]
    if "(" in text and ")" not in text and sentence.text[end : end + 1] == ")":
        return text + ")"
    return text


def noun_phrase(
    sentence: Sentence, start: int, *, determiner: bool = False, many: bool = False
) -> str | None:
    """The noun phrase that begins at ``start``, as printed.

    It stops at punctuation and at words that cannot be in it; `of` joins on. With ``determiner``
    it may begin with one (`the bosses polled`). With ``many`` a number over one stands before it,
    so that its head is a plural: adjectives joined by `and` lead on (`large and small islands`),
    and what looks like a verb is none (`lives lost`, `live births`).
    """
    words = sentence.words(start, start + REACH)
    if not words or sentence.text[start : words[0].start].strip():
        return None
    span = _those(sentence, words) if determiner else None
    span = span or _phrase_span(sentence, words, determiner, many)
    if span is None:
        return None
    text = sentence.text[slice(*span)].strip()
    if " " not in text and (is_adverb(text.lower()) or text.lower() in ("more", "fewer", "less")):
        return None
    return text.removesuffix("'s").removesuffix("’s") or None


def _those(sentence: Sentence, words: list[Word]) -> Span | None:
    """`those with broadband`, `those polled`, `those who had paid`: up to the next verb."""
    if words[0].lower not in ("those", "people"):
        return None
    who = len(words) > 1 and words[1].lower == "who"
    if words[0].lower == "people" and not who:
        return None
    end, told = 1, False
    for place, word in enumerate(words[1:12], 1):
        if BREAK.search(sentence.text[words[place - 1].end : word.start]):
            break
        kind, lower = kind_of(word), word.lower
        verb = kind == "verb" or is_verbal(lower)
        if who and not told:
            told = place > 1 and not (kind == "adverb" or lower in AUXILIARY)
        elif (
            (verb and place > 1)
            or kind in ("conjunction", "verb")
            or (kind == "pronoun" and not who)
        ):
            break
        end = place + 1
    return (words[0].start, words[end - 1].end) if end > 1 else None


def _leads_on(words: list[Word], place: int) -> bool:
    """Whether adjectives go on to a plural: `large | and small islands`, `tight, | long hugs`."""
    for word in words[place : place + 4]:
        if _plural(word.lower):
            return True
        if is_figure(word.lower) or (kind_of(word) and word.lower not in ("and", "or")):
            return False
    return False


def _names(words: list[Word], place: int) -> bool:
    """`the Sunday Pennant` is no day of the week."""
    following = words[place + 1].text if place + 1 < len(words) else ""
    return words[place].text[0].isupper() and following[:1].isupper()


def _is_noun_here(words: list[Word], place: int) -> bool:
    """After a number over one, `lives` is no verb, nor `live` or `work` before a plural."""
    lower = words[place].lower
    if lower.endswith("s") and lower not in _THIRD_PERSON:
        return place == 0
    following = words[place + 1].lower if place + 1 < len(words) else ""
    return place == 0 and lower in _MODIFIERS and _plural(following)


_THIRD_PERSON = frozenset(("is", "was", "has", "does", "says"))
_MODIFIERS = frozenset(("live", "work", "play", "back", "claim", "plan", "vote", "read", "own"))


def _phrase_span(
    sentence: Sentence, words: list[Word], determiner: bool, many: bool
) -> Span | None:
    end, head, last = 0, False, "of" if determiner else ""
    for place, word in enumerate(words[:12]):
        gap = sentence.text[words[place - 1].end : word.start] if place else ""
        kind, lower = kind_of(word), word.lower
        if kind == "adverb" and _names(words, place):
            kind = None
        if many and not head and end == place > 0 and last == "word":
            joined = gap.strip() == "," or (lower in ("and", "or") and gap == " ")
            if joined and _leads_on(words, place):
                end = place + 1
                continue
        if place and breaks(sentence, words[place - 1].end, word.start):
            break
        if kind == "verb" and (
            (last == "determiner" and place and lower not in AUXILIARY)
            or (many and _is_noun_here(words, place))
        ):
            kind = None  # `of the vote`, `40 lives lost`
        if lower == "of":
            if end == 0:
                break
            last = "of"
            continue
        if kind == "determiner" and last == "of":
            last = "determiner"
            continue
        owned = place and words[place - 1].lower.endswith(("'s", "s'"))
        if owned and is_figure(lower):
            head, last = False, "of"
            continue
        if end == 0 and determiner and place < 4 and (is_figure(lower) or lower in _SCALES):
            last = "determiner"
            continue
        if kind is not None or is_figure(lower):
            if kind in ("determiner", "pronoun") and end and last not in ("of", "plural"):
                end -= 1
            break
        plural = _plural(lower)
        if head and not plural and last != "of" and last != "determiner":
            break
        loose = end and not head and last not in ("of", "determiner")
        if loose and is_verbal(lower) and _ends(sentence, words, place):
            break
        end, head, last = place + 1, plural, "plural" if plural else "word"
        if end >= _LONGEST + 3:
            break
    if many and end and head and (more := _coordinated(sentence, words, end)):
        end = more
    if end == 0:
        return None
    return words[0].start, words[end - 1].end


def _coordinated(sentence: Sentence, words: list[Word], end: int) -> int | None:
    """`40 girls | and boys`, `12 thefts | and burglaries in May`: one number for both plurals."""
    if end + 1 >= len(words) or words[end].lower not in ("and", "or"):
        return None
    if not _plural(words[end + 1].lower) or kind_of(words[end + 1]):
        return None
    following = words[end + 2] if end + 2 < len(words) else None
    if following is None or breaks(sentence, words[end + 1].end, following.start):
        return end + 2
    return end + 2 if kind_of(following) in ("preposition", "adverb", "conjunction") else None


def _ends(sentence: Sentence, words: list[Word], place: int) -> bool:
    """Whether no noun can follow a word: `children running`, but `online grooming offences`."""
    if place + 1 >= len(words) or is_plural(words[place - 1]):
        return True
    following = words[place + 1]
    gap = sentence.text[words[place].end : following.start]
    return bool(BREAK.search(gap)) or kind_of(following) is not None or is_figure(following.lower)


def is_plural(word: Word) -> bool:
    """Whether a word is a plural, by its form or the list of irregular ones."""
    return _plural(word.lower)


def _plural(word: str) -> bool:
    if word in word_set("plurals"):
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")) and len(word) > 3


def is_verbal(word: str) -> bool:
    """Whether a word looks like a participle and is no noun that does (`funding`, `speed`)."""
    if (
        word in word_set("participle_nouns")
        or (word.endswith("eed") and len(word) < 6)
        or "-" in word
    ):
        return False
    return word.endswith(("ed", "ing")) and len(word) > 4


def is_adverb(word: str) -> bool:
    """Whether a word ends as adverbs do and is no noun that does (`family`, `reply`)."""
    return word.endswith("ly") and word not in word_set("ly_nouns")


def is_figure(word: str) -> bool:
    """Whether a word is a figure; `11-year-olds` are people."""
    if word[0].isdigit() and word.endswith("olds"):
        return False
    return word[0].isdigit() or word[0] in "£$€%" or word in ("cent", "percent")
