"""Byline lines: who wrote it, and as what."""

from __future__ import annotations

import re
from functools import cache

from newsmine.ingest import lexicon
from newsmine.types import Byline

LONGEST = 140
"""Characters: four authors with their roles."""

_WORD = re.compile(r"[^\W\d_][\w.’'‑-]*\.?")
_PLACE = re.compile(r"\s+(?:in|at)\s+[A-Z][\w’'-]*(?:[ ,]+(?:and\s+)?[A-Z][\w’'-]*)*$")
_FOR = re.compile(r"\s+for\s+(?:the\s+)?[A-Z][\w’'.& -]*$", re.I)
_AGENCY = re.compile(r"[A-Z]{2,6}")
_AND = ("and", "&")


def parse_bylines(line: str) -> tuple[Byline, ...]:
    """The authors that a byline line names; empty where the line is no byline.

    ``- By NAME Role``, ``BY NAME, Role``, ``By NAME and NAME in Place``, ``By NAME Role and NAME``.
    Names stay as printed. A line needs its opener: a bare name above a story could be anybody.
    """
    if len(line) > LONGEST:
        return ()
    opened = _opener().match(line)
    if opened is None:
        return ()
    body = line[opened.end() :].strip().rstrip(".,;: ")
    if not body or body.split()[0].casefold() in lexicon.words("bylines", "never_first"):
        return ()
    if body.casefold() in lexicon.words("bylines", "agencies") or _unnamed(body):
        return (Byline(body),)
    place = _PLACE.search(body)
    if opened["open"].casefold() == "from" and place is None:
        return ()
    body = _FOR.sub("", _PLACE.sub("", body))
    return _authors(body)


def _unnamed(body: str) -> bool:
    """Whether a byline hides the name: *our Crime Correspondent*."""
    first, _, rest = body.partition(" ")
    return first.casefold() in ("our", "a", "the") and is_role(rest)


def parse_signature(line: str, following: str = "") -> tuple[Byline, ...]:
    """The author of a line without opener: *Ann Bell Chief Reporter*, or a name above its role."""
    if len(line) > LONGEST or _opener().match(line):
        return ()
    names = _authors(line.strip(" -–—"))
    if len(names) == 1 and names[0].role is None and is_role(following):
        return (Byline(names[0].name, following.strip()),)
    return names if names and all(b.role and is_role(b.role) for b in names) else ()


def ends_in_role(text: str) -> bool:
    """Whether a short line, known to follow an author's name, ends as a job does."""
    words = text.split()
    name, role = _split_role(text)
    return 0 < len(words) <= 6 and _is_head(words[-1]) and (role is None or " " not in name)


def is_role(text: str) -> bool:
    """Whether a line is a job on a newspaper, and nothing else: *Media and Technology Reporter*."""
    tokens = text.replace(",", " ").split()
    if not tokens or len(tokens) > 8 or not _is_head(tokens[-1]):
        return False
    return all(_in_role(t) for t in tokens)


@cache
def _opener() -> re.Pattern[str]:
    openers = sorted(lexicon.load("bylines")["openers"], key=len, reverse=True)
    joined = "|".join(re.escape(o).replace(r"\ ", r"\s+") for o in openers)
    return re.compile(rf"(?i)[\s\-–—•*|]*(?P<open>{joined})\s*:?\s+")


def _authors(body: str) -> tuple[Byline, ...]:
    """Authors in a row; each is a name and maybe a role, else the row is no byline."""
    found: list[Byline] = []
    for part in _parts(body):
        name, role = _split_role(part) if not found or not ends_in_role(part) else ("", part)
        if _is_name(name) or (found and _AGENCY.fullmatch(part)):
            found.append(Byline(name, role))
        elif found and found[-1].role is None:
            found[-1] = Byline(found[-1].name, part)
        else:
            return ()
    return _shared(tuple(found), body)


def _shared(authors: tuple[Byline, ...], body: str) -> tuple[Byline, ...]:
    """A role in the plural at the end is everybody's: *A and B, Education Correspondents*."""
    last = authors[-1].role if authors else None
    if last and last.endswith("s") and is_role(last) and not any(a.role for a in authors[:-1]):
        return tuple(Byline(a.name, singular(last)) for a in authors)
    return authors


def singular(role: str) -> str:
    """One author's part of a role in the plural: *Staff Writers* are each a *Staff Writer*."""
    plural = _is_head(role.split()[-1]) and role.endswith("s") and _is_head(role.split()[-1][:-1])
    return role[:-1] if plural else role


def _parts(body: str) -> list[str]:
    """The pieces between commas, semicolons and those "and"s that stand between authors."""
    parts: list[str] = []
    for piece in re.split(r"\s*[,;/|]\s*(?:and\s+)?|\s+[–—-]\s+", body):
        words: list[str] = []
        for word in piece.split():
            if word.casefold() in _AND and words and not _open_role(words):
                parts.append(" ".join(words))
                words = []
            else:
                words.append(word)
        parts.append(" ".join(words))
    return [part for part in parts if part]


def _open_role(words: list[str]) -> bool:
    """Whether a role has begun and waits for its head: *Ann Bell Home* (and Foreign Editor)."""
    if words[0][0].islower():
        return True
    after = range(0 if _in_role(words[0]) else 2, len(words))
    begun = next((i for i in after if _in_role(words[i])), None)
    return begun is not None and not any(_is_head(w) for w in words[begun:])


def _split_role(part: str) -> tuple[str, str | None]:
    """Name and role of one author; the role begins after two names at least."""
    words = part.split()
    if is_role(part):
        return "", part
    for i in range(2, len(words)):
        if _in_role(words[i]) and is_role(" ".join(words[i:])):
            return " ".join(words[:i]), " ".join(words[i:])
    return part, None


def _in_role(word: str) -> bool:
    folded = word.casefold().replace("'", "’").strip(",")
    if folded in ("and", "&", "of", "the"):
        return True
    return _is_head(word) or folded in lexicon.words("bylines", "modifiers")


def _is_head(word: str) -> bool:
    return word.casefold().strip(",.") in lexicon.words("bylines", "heads")


def _is_name(text: str) -> bool:
    """Two to five capitalised words, small ones between them allowed, that are no role."""
    words = text.split()
    if not 2 <= len(words) <= 5 or is_role(text) or any(c.isdigit() for c in text):
        return False
    particles = lexicon.words("bylines", "particles")
    if not all(_WORD.fullmatch(w) for w in words) or not words[-1][0].isupper():
        return False
    if words[0].endswith(("’s", "'s")) or words[-1].endswith(("’s", "'s")):
        return False
    return all(w[0].isupper() or w.casefold() in particles for w in words)
