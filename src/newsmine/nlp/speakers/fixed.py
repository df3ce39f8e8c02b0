"""Names that capitals alone do not hold together: "No 10", "the education select committee"."""

from __future__ import annotations

import re
from functools import cache

from newsmine.nlp.speakers.lexicon import lexicon

_FIXED = re.compile(
    r"\b(?:No|Number) 10\b|"
    r"\b(?:House of )?(?:Commons|Lords)(?:\s[a-z]+,?){1,5}?\s(?:sub-)?committee\b|"
    r"\b[A-Z][a-z1]+(?:\s[A-Z][a-z]+)?\s(?:police|magistrates)\b|"
    r"\b[A-Z][a-z]+(?:\s[A-Z][a-z]+)?\s(?:(?:city|county|borough|district|town|parish)\s)?council\b|"
    r"\b(?:(?!The\b)[A-Z][a-z]+\s)*(?:Yes|No|Leave|Remain)\scampaign\b|"
    r"\b(?:Mail|Independent|Scotland|Wales|Ireland) on Sunday\b|"
    r"\b(?:Save|Stop|Help|Protect|Keep|Reclaim)\sthe\s[A-Z]\w+(?:\s[A-Z]\w+)*"
)
_FIELD = (
    r"(?!(?:the|of|by|and|an?|its|said|that|to|for|on|in|at|from|another|influential|powerful|"
    r"cross-party|all-party|parliamentary)\b)[a-z][\w-]+"
)
# "the work and pensions select committee" is a body, though printed in small letters
_SELECT = re.compile(
    rf"\b(?:(?:House of )?(?:Commons|Lords) )?{_FIELD}(?:,? (?:and )?{_FIELD}){{0,3}}?"
    r" select committee\b"
)


@cache
def _known() -> re.Pattern[str]:
    """Well-known names that capitals alone do not hold together ("Friends of the Earth")."""
    odd = (n for n in lexicon().known if re.search(r" [a-z]|[^\w\s]", n))
    forms = sorted((re.escape(n).replace("'", "[’']") for n in odd), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(forms)})(?!\w)")


def fixed_forms(text: str) -> list[re.Match[str]]:
    """Where such names stand, without overlaps; not in order."""
    lex = lexicon()
    found = [
        m
        for m in _FIXED.finditer(text)
        if m.group().endswith(("10", "campaign")) or m.group().split()[0] not in lex.not_names
    ]
    patterns = [_SELECT, _known()] if "select committee" in text else [_known()]
    for pattern in patterns:
        found += [m for m in pattern.finditer(text) if not any(_touch(m, f) for f in found)]
    return found


def _touch(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()
