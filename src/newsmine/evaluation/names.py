"""When two names are one."""

from __future__ import annotations

import re

_TITLE = re.compile(
    r"^(mr|mrs|ms|miss|dr|sir|dame|lord|lady|baroness|professor|prof|cllr|councillor|the|a|an)\.?\s+"
)


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names are one but for titles, or all words of one are among the other's."""
    a, b = _name_words(one), _name_words(other)
    return bool(a and b) and (a <= b or b <= a)


def _name_words(name: str | None) -> set[str]:
    plain = (name or "").lower().replace("’", "'").strip()
    while (shorter := _TITLE.sub("", plain)) != plain:
        plain = shorter
    return set(re.sub(r"[^\w ]", "", plain.removesuffix("'s")).split())
