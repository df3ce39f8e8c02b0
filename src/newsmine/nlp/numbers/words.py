"""Number tokens to values: twenty-one thousand and six, two and a half million, three quarters.

The grammar works on a chain, tokens with nothing but joiners (space, hyphen, "and", "of a", …)
between them, and reads the longest numeral at each place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from newsmine.nlp.numbers.lexer import Candidate, Token, candidates, tokens
from newsmine.nlp.numbers.lexicon import number_words
from newsmine.nlp.numbers.wholes import SMALL, Chain, Read
from newsmine.types import Span

_JOINERS = {
    "": "space", "and": "and", "and a": "and a", "and an": "and a", "of a": "of a", "of": "of",
    "a": "a", "point": "point", "over": "over", "out of": "out of", "in": "in",
    "in every": "in", "out of every": "out of", "in a": "in",
}  # fmt: skip
_LONGEST_GAP = 16
_TEN = Fraction(10)
_NEGATIVE = re.compile(r"(?<!\w)(?<!or\s)(?:minus|negative)\s{1,2}\Z", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<!\w)an?[\s-]{1,3}\Z", re.IGNORECASE)
_ONE_IN = re.compile(
    r"\s[a-z]{2,14}\sin\s(?:every\s)?(?:\d|three|four|five|six|seven|eight|nine|ten|twelve|twenty)"
)
_PRONOUN = re.compile(
    r"(?<!\w)(?:the|this|that|which|any|every|each|no|another)\s{1,2}\Z", re.IGNORECASE
)


class Numeral(NamedTuple):
    """A number as printed, before anything around it is looked at.

    ``step`` is the unit of the last printed digit (100,000 for 1.2m), ``None`` where the numeral
    prints no precision (a third). ``form`` is "number", "fraction", "ratio" or "plural".
    """

    span: Span
    value: Fraction
    step: Fraction | None
    form: str = "number"


def scan_numerals(text: str, places: Sequence[Candidate] | None = None) -> list[Numeral]:
    """Every numeral of a text with its exact value, whatever it stands for.

    Args:
        text: Any text.
        places: Where figures can begin, if that is known already.

    Returns:
        Numerals in order, spans in characters, not overlapping. `192.168.1.2` is four numerals,
        `May 4th` none. Plural scales alone (`hundreds`) have the scale's value and the form
        "plural".
    """
    out: list[Numeral] = []
    if places is None:
        places = candidates(text, number_words())
    for chain in _chains(text, places):
        out.extend(chain.numerals())
    return out


def _chains(text: str, places: Sequence[Candidate]) -> Iterator[_Chain]:
    run: list[Token] = []
    gaps: list[str] = []
    for token in tokens(text, places):
        gap = text[run[-1].end : token.start] if run else ""
        joiner = _joiner(gap) if run else None
        if run and joiner:
            gaps.append(joiner + ("-" if "-" in gap else ""))
        elif run:
            yield _Chain(text, run, gaps)
            run, gaps = [], []
        run.append(token)
    if run:
        yield _Chain(text, run, gaps)


def _joiner(gap: str) -> str | None:
    if len(gap) > _LONGEST_GAP or "\n\n" in gap or not gap:
        return None
    return _JOINERS.get(re.sub(r"[\s-]+", " ", gap).strip().lower())


class _Chain(Chain):
    """Tokens that only joiners part, and the grammar over them."""

    def numerals(self) -> Iterator[Numeral]:
        at = 0
        while at < len(self.run):
            read = self._numeral(at) or self._plural(at)
            ratio = self._ratio(read) if read else None
            if read is None or (ratio is None and self._pronoun(at, read)):
                at += 1
                continue
            read = ratio or read
            yield self._made(at, read)
            at = read.end

    def _pronoun(self, at: int, read: Read) -> bool:
        """`the one you mentioned`, `which one`: no number."""
        if self.run[at].text != "one" or read.end > at + 1 or read.form != "number":
            return False
        start = self.run[at].start
        if _ONE_IN.match(self.text, self.run[at].end):
            return False
        return bool(_PRONOUN.search(self.text, max(0, start - 10), start))

    def _made(self, at: int, read: Read) -> Numeral:
        start, value = self.run[at].start, read.value
        if before := _NEGATIVE.search(self.text, max(0, start - 12), start):
            start, value = before.start(), -value
        elif self._takes_article(at, read) and (
            before := _ARTICLE.search(self.text, max(0, start - 5), start)
        ):
            start = before.start()
        return Numeral((start, self.run[read.end - 1].end), value, read.step, read.form)

    def _takes_article(self, at: int, read: Read) -> bool:
        """`a hundred`, `a third`, `a twenty-first`; not `a twenty` alone."""
        role = self.run[at].role
        return role in ("hundred", "scale", "dozen", "part") or (
            role == "ty" and read.form == "fraction"
        )

    # Decimals, fractions, ratios

    def _numeral(self, at: int) -> Read | None:
        whole = self._whole(at)
        fraction = self._fraction(at)
        if fraction and (whole is None or fraction.end > whole.end):
            return self._and_part(at, fraction) or self._times(fraction)
        if whole is None:
            return None
        return self._pointed(whole) or self._with_part(whole) or self._over(at, whole) or whole

    def _pointed(self, whole: Read) -> Read | None:
        """`two hundred point zero three`; after "point", `seventy-one` is .71."""
        if self._gap(whole.end) != "point" or self._role(whole.end) == "digits":
            return None
        digits, end = "", whole.end
        while (small := self._small(end)) and (end == whole.end or self._gap(end) == "space"):
            digits += str(small.value)
            end = small.end
        if not digits:
            return None
        step = 1 / _TEN ** len(digits)
        return self._times(Read(whole.value + int(digits) * step, step, end))

    def _fraction(self, at: int) -> Read | None:
        """`two thirds`, `half`: the longest denominator that leaves a numerator."""
        last = self._part_after(at)
        if last is None:
            return None
        if last == at:
            return self._alone(at)
        for split in range(at + 1, last + 1):
            top = self._whole(at)
            if top and top.end > split:
                top = self._whole_until(at, split)
            below = self._denominator(split, last)
            if top and top.end == split and below and self._can_split(at, split, last, top):
                return Read(top.value / below, None, last + 1, form="fraction")
        return self._alone_compound(at, last)

    def _part_after(self, at: int) -> int | None:
        """The index of the denominator word that ends the run of whole-number tokens at ``at``."""
        end = at
        while self._role(end) in (*SMALL, "hundred", "scale") or (
            end == at and self._role(end) == "digits"
        ):
            end += 1
            if end - at > 12 or self._gap(end) not in ("space", "and"):
                return None
        if self._role(end) == "part":
            return end
        return end if self._role(end) == "compound_part" and end > at else None

    def _alone(self, at: int) -> Read | None:
        """`half`, `a third`, `quarter million`; a bare `third` or `millionth` is an ordinal."""
        before = self.text[max(0, self.run[at].start - 4) : self.run[at].start].lower()
        article = re.search(r"(?<!\w)an?[\s-]{1,2}\Z", before)
        word = self.run[at].text
        scaled = word == "quarter" and self._role(at + 1) == "scale"
        if word.endswith("s") or not (article or word == "half" or scaled):
            return None
        return Read(1 / self.run[at].value, None, at + 1, form="fraction")

    def _alone_compound(self, at: int, last: int) -> Read | None:
        """`a twenty-first`: a compound denominator whose numerator is the article."""
        below = self._denominator(at, last)
        before = self.text[max(0, self.run[at].start - 3) : self.run[at].start].lower()
        if below is None or last == at or before.strip() != "a":
            return None
        return Read(1 / below, None, last + 1, form="fraction")

    def _can_split(self, at: int, split: int, last: int, top: Read) -> bool:
        if split < last and self._hyphen(split):
            return False
        if self._gap(split) == "and":
            return False
        if self._role(at) == "digits" and self.run[last].value > 10:
            return False
        plural = self.run[last].text.endswith("s") or self.run[last].text == "half"
        return plural or top.value == 1 or self._hyphen(last)

    def _denominator(self, start: int, last: int) -> Fraction | None:
        """The value of an ordinal read as a denominator: fifth, twenty-fifth, one hundred fifth."""
        part = self.run[last]
        if start == last:
            return part.value if part.role == "part" else None
        if self._role(start) in ("hundred", "scale") or self._role(last - 1) in ("unit", "teen"):
            return None
        if part.value >= 10 and self._role(last - 1) == "ty":
            return None
        before = self._whole_until(start, last)
        return before.value + part.value if before and before.end == last else None

    def _times(self, read: Read) -> Read:
        """`half a million`, `two thirds of a million`, `quarter million`, `half a dozen`."""
        if self._role(read.end) in ("scale", "dozen") and self._gap(read.end) in (
            "a",
            "space",
            "of a",
        ):
            scale = self.run[read.end].value
            step = read.step and read.step * scale
            return self._times(Read(read.value * scale, step, read.end + 1, scale))
        return read

    def _with_part(self, whole: Read) -> Read | None:
        """`five and a half million`, `one hundred and three quarters`, `3 million and a half`."""
        joiner = self._gap(whole.end)
        if joiner not in ("and", "and a"):
            return None
        # "Rooms 7 and 9 and two-fifths": digits take a fraction with an article only.
        if joiner == "and" and self._role(whole.end - 1) == "digits":
            return None
        part = self._fraction(whole.end)
        if part is None or part.value >= 1:
            return None
        if self._role(part.end) in ("scale", "dozen") and self._gap(part.end) in ("space", "a"):
            scale = self.run[part.end].value
            if whole.scale > scale:
                return Read(whole.value + part.value * scale, None, part.end + 1, scale)
            total = (whole.value + part.value) * scale
            return Read(total, scale / 10, part.end + 1, scale)
        unit = whole.scale if whole.scale >= 10**6 else Fraction(1)
        return Read(whole.value + part.value * unit, None, part.end)

    def _and_part(self, at: int, fraction: Read) -> Read | None:
        """`one hundred and three quarters` is 100¾; `one hundred and thirty fifths` is 26."""
        cuts = [k for k in range(at + 1, fraction.end) if self._gap(k) == "and"]
        if not cuts:
            return None
        top, part = self._whole_until(at, cuts[-1]), self._fraction(cuts[-1])
        if top is None or top.end != cuts[-1] or part is None or part.value >= 1:
            return None
        return Read(top.value + part.value, None, fraction.end)

    def _over(self, at: int, top: Read) -> Read | None:
        """`one over three`, where no noun follows and no currency stands before."""
        if self._gap(top.end) != "over":
            return None
        below = self._whole(top.end)
        if below is None or not below.value:
            return None
        after = self.text[self.run[below.end - 1].end :][:3]
        before = self.text[: self.run[at].start][-2:].strip()
        if before[-1:] in tuple("$£€") or re.match(r"\s{0,2}[\w%]", after):
            return None
        return Read(top.value / below.value, None, below.end, form="fraction")

    def _ratio(self, top: Read) -> Read | None:
        """`one out of three`, `1 in 50`; only proper ones, `in` only after one."""
        joiner = self._gap(top.end)
        if joiner not in ("in", "out of") or top.form != "number" or top.value <= 0:
            return None
        below = self._whole(top.end)
        if below is None or (self._role(below.end) == "plural" and joiner == "in"):
            return None
        value, end = below.value, below.end
        if self._role(end) == "plural" and self._gap(end) == "space":
            value, end = value * self.run[end].value, end + 1
        if value <= top.value or (joiner == "in" and not self._in_ratio(top, value, end)):
            return None
        return Read(top.value / value, None, end, form="ratio")

    def _in_ratio(self, top: Read, below: Fraction, end: int) -> bool:
        """`three in ten`, not `12 in six boxes`, `5 in 2004`, `one in 10 minutes`."""
        after = self.text[self.run[end - 1].end : self.run[end - 1].end + 12].lower()
        if re.match(r"[\s-]{1,2}(?:second|minute|hour|day|week|month|year|decade)", after):
            return False
        return top.value == 1 or (top.value < 10 and below in _ROUND_WHOLES)

    def _plural(self, at: int) -> Read | None:
        if self._role(at) != "plural":
            return None
        return Read(self.run[at].value, None, at + 1, form="plural")


_ROUND_WHOLES = frozenset(Fraction(n) for n in (3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 25, 50, 100, 1000))
