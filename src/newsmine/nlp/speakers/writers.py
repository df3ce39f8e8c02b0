"""Who "I" is outside a quotation: the one whose name stands under a letter or over an article."""

from __future__ import annotations

import re

from newsmine.types import Article

NO_THIRD_PERSON = frozenset({"i", "me", "we", "us", "my", "our", "you", "your"})
_LETTERS = re.compile(
    r"^\W*(?:Dear )?(?:Sir|Sirs|Madam|Editor|SIR)(?: or Madam)?\s*[,–—:-]", re.MULTILINE
)
_CAPITALS = r"[A-Z][A-Z.'’-]*(?:\s[A-Z][A-Z.'’-]*){1,4}"
_SIGNED = re.compile(
    rf"^[ \t]*({_CAPITALS})(?:,? \((?:Mrs?|Miss|Ms|Dr|Prof)\))?,?[ \t]*$", re.MULTILINE
)


def writer_at(article: Article, position: int) -> str | None:
    """The name of whoever writes at a position of the article's text.

    In letters to the editor that is the next signature, a line in capitals; else the only author
    that the byline gives. None where nobody signs, or several do.
    """
    if _LETTERS.search(article.text):
        signed = _SIGNED.search(article.text, position)
        return _cased(signed[1]) if signed else None
    names = {byline.name for byline in article.bylines}
    return _cased(names.pop()) if len(names) == 1 else None


def _cased(name: str) -> str:
    """A name that is set in capitals as it is written elsewhere; initials stay."""
    if not name.isupper():
        return name
    return re.sub(r"[A-Z][A-Z’']+", lambda word: word.group().title(), name)
