"""What an organisation is called: its fullest name, with the acronym where both are printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from newsmine.nlp.speakers.labels import squash
from newsmine.nlp.speakers.lexicon import lexicon
from newsmine.nlp.speakers.names import Name

_SMALL = frozenset({"of", "for", "and", "the", "&", "in", "on", "to"})


def called(names: Sequence[Name], party: str | None, acronyms: Mapping[str, str]) -> str:
    """The name of an organisation or place that is printed as ``names``.

    Args:
        names: All places where it is named.
        party: The key of the party that it is, if it is one.
        acronyms: Those given in brackets, with their expansion.

    Returns:
        For a party its preferred form of those printed; else the longest form. An acronym that
        the article prints too follows in brackets, and so do the other forms of a party
        ("Conservatives (Tories, Tory)"), so that a search for any finds it.
    """
    if party:
        return _party_name(names, party)
    full = _fullest(names)
    short = Counter(n.bare for n in names if _abbreviates(n.bare, full, acronyms))
    return f"{full} ({short.most_common(1)[0][0]})" if short else full


def without_acronym(name: str) -> str:
    """A name as ``called`` gives it, without what stands in brackets."""
    return re.sub(r" \([^)]*\)$", "", name)


def _abbreviates(bare: str, full: str, acronyms: Mapping[str, str]) -> bool:
    """Whether one printed word stands for the letters of the whole name."""
    one_word = len(bare.split()) == 1 and bare not in full.split() and len(full.split()) > 1
    key = squash(bare)
    return one_word and (key in initial_forms(full) or acronyms.get(key) == squash(full))


def _fullest(names: Sequence[Name]) -> str:
    """The longest form; of spellings of one form, the most frequent."""
    count = Counter(n.bare for n in names)
    return max(names, key=lambda n: (len(squash(n.bare)), count[n.bare])).bare


def _party_name(names: Sequence[Name], party: str) -> str:
    """The first printed form of the party, and in brackets those that share no word with it."""
    printed = {n.bare.lower(): n.bare for n in names}
    told: list[str] = []
    for form in lexicon().party_names.get(party, ()):
        words = set(form.lower().split())
        if form.lower() in printed and not any(
            _nested(words, set(t.lower().split())) for t in told
        ):
            told.append(printed[form.lower()])
    others = f" ({', '.join(told[1:])})" if told[1:] else ""
    return told[0] + others if told else _fullest(names)


def _nested(one: set[str], other: set[str]) -> bool:
    return one <= other or other <= one


def initial_forms(name: str) -> set[str]:
    """The acronyms that a name can have: with and without its small words."""
    words = [w for w in re.split(r"[\s\-/]+", name) if w]
    if len([w for w in words if w not in _SMALL]) < 2:
        return set()
    letters = [w if w.isupper() and len(w) < 4 else w[0] for w in words]
    full = "".join(letters)
    plain = "".join(x for x, w in zip(letters, words, strict=True) if w.lower() not in _SMALL)
    first = "".join(x[0] for x in letters)
    return {re.sub(r"\W", "", f).lower() for f in (full, plain, first)} - {""}


def bracketed_acronyms(text: str, names: Iterable[Name]) -> dict[str, str]:
    """Acronyms that follow their expansion in brackets: squashed acronym to squashed name."""
    out = {}
    for name in names:
        match = re.match(
            r"(?:[’']s)? \((?:the |or )?[\"“‘]?([A-Z][\w&.]{1,11})[\"”’]?\)",
            text[name.span[1] : name.span[1] + 20],
        )
        if match:
            out[squash(match[1])] = squash(name.bare)
    return out
