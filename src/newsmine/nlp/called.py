"""``what he called “a mess”``: the word quoted is his, whoever writes the sentence.

The encoder, taught by annotators who seldom mark it, gives such words to nobody or takes them for
what the sentence's own source reacts to (``welcomed | what it called “a landmark”``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from newsmine.nlp.ordering import in_order
from newsmine.nlp.quotation_marks import Quotations
from newsmine.types import Attribution, Span

REASON = "what somebody is said to call it"
_CERTAIN = 0.8
_PERSON = r"[^\W\d_a-z][\w’'-]*\.?"
_WHO = rf"(?:he|she|they|it|we|I|(?:the|her|his|its|their) [\w’'-]+|{_PERSON}(?: {_PERSON}){{0,3}})"


def with_called(
    text: str, attributions: Sequence[Attribution], *, quotations: Quotations
) -> tuple[Attribution, ...]:
    """The attributions with what somebody is said to call a thing, in order, numbered anew.

    Args:
        text: The clean text.
        attributions: What was found; a row of the words alone, or with ``what he called`` before
            them, goes. Where they stand in more that somebody says, nothing changes.
        quotations: How the text's marks pair.
    """
    kept, new = list(attributions), []
    for whole, called in _called(text, quotations):
        others = [a for a in kept if _touch(a, whole)]
        if all(whole[0] <= s and e <= whole[1] for a in others for s, e in a.content):
            kept = [a for a in kept if a not in others]
            new.append(called)
    if not new:
        return tuple(attributions)
    return in_order([*kept, *new])


def _called(text: str, quotations: Quotations) -> Iterator[tuple[Span, Attribution]]:
    """From ``what`` to the closing mark, and the row."""
    for quoted in quotations.quoted:
        match = _clause().search(text, max(0, quoted.span[0] - 80), quoted.span[0])
        if match is None or not quoted.closed or quoted.depth:
            continue
        content = (match.start("article"), quoted.span[1])
        yield (
            (match.start(), quoted.span[1]),
            Attribution(
                "",
                "mixed",
                (content,),
                (match.span("who"),),
                (match.span("verb"),),
                confidence=_CERTAIN,
                reasons=(REASON,),
            ),
        )


def _touch(attribution: Attribution, span: Span) -> bool:
    return any(s < span[1] and span[0] < e for s, e in attribution.content)


@cache
def _clause() -> re.Pattern[str]:
    data = resources.files("newsmine.data").joinpath("called.toml").read_text("utf-8")
    verbs = "|".join(tomllib.loads(data)["called"]["verbs"])
    article = r"(?:(?:an?|the|his|her|its|their) (?:[\w’'-]+ )?)?"
    return re.compile(
        rf"\bwhat (?P<who>{_WHO}) (?:has |have |had )?(?:\w+ly )?(?P<verb>{verbs}) "
        rf"(?P<article>{article})\Z"
    )
