"""Parts, wholes and shares: 8,282 of 31,238 is 26.5 per cent, not more than one in three."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from newsmine.nlp.checks.compare import compare, dimension
from newsmine.nlp.checks.figures import Figure, Sheet, whole_words
from newsmine.nlp.checks.intervals import Interval, Judgement, judge
from newsmine.nlp.checks.sums import check, in_unit, make, plain, valued
from newsmine.nlp.checks.things import Thing, same_thing, thing_of
from newsmine.types import Check

_SHARES = ("share", "ratio")
_FAR = 4
"""Sentences from a share back to the whole that it is taken of."""
_HUNDRED = Fraction(100)
_AS_MANY = re.compile(r"\s?(?:as\smany|more|the\snumber|higher|fewer)(?!\w)", re.IGNORECASE)


def shares(sheet: Sheet) -> Iterator[Check]:
    """A number beside its share: each against the whole, or against the share said otherwise."""
    yield from _with_whole_between(sheet)
    yield from _with_whole_behind(sheet)
    for a, b in sheet.neighbours():
        if not _restated(sheet, a, b) or _is_named_whole(sheet, a):
            continue
        if a.form in _SHARES and b.form in _SHARES:
            yield _said_twice(a, b)
        elif "count" in (a.form, b.form) and (a.form in _SHARES or b.form in _SHARES):
            part, share = (a, b) if a.form == "count" else (b, a)
            if found := _of_whole(sheet, part, share):
                yield found


def _with_whole_between(sheet: Sheet) -> Iterator[Check]:
    """`100 of the 400 pupils (25 per cent)`, `25 per cent of the 400 pupils, or 100`."""
    for first, whole in sheet.neighbours():
        if not (whole.form == "count" and sheet.linked("part-of", first, whole)):
            continue
        _, last = sheet.beside(whole)
        if last is None or not _restated(sheet, whole, last):
            continue
        forms = {first.form, last.form}
        part, share = (first, last) if first.form == "count" else (last, first)
        if "count" in forms and forms & {*_SHARES} and _larger(whole, part):
            yield _share_check(part, whole, share, None)


_ASIDE = re.compile(r"\s[^.;:()\d]{2,30}(?:\d{4}(?:[/–-]\d\d)?)?\s?[,–]\s(?:[a-z]+\s){0,3}")


def _with_whole_behind(sheet: Sheet) -> Iterator[Check]:
    """`8,282 calls, more than one in three of its 31,238 calls`."""
    for share, whole in sheet.neighbours():
        part, _ = sheet.beside(share)
        if part is None or share.form not in _SHARES or not part.form == whole.form == "count":
            continue
        if not (sheet.linked("part-of", share, whole) and _larger(whole, part)):
            continue
        if _ASIDE.fullmatch(sheet.gap(part, share)) and same_thing(part.thing, whole.thing):
            yield _share_check(part, whole, share, None)


def _is_named_whole(sheet: Sheet, figure: Figure) -> bool:
    """`100 of the 400 pupils (25 per cent)`: the 400 are no part."""
    before, _ = sheet.beside(figure)
    return before is not None and sheet.linked("part-of", before, figure)


def _restated(sheet: Sheet, a: Figure, b: Figure) -> bool:
    """`8,282 (27 per cent)`, `one in three of the offences (8,282)`, `a quarter – 24%`."""
    if not sheet.linked("restated", a, b):
        return False
    opens = sheet.gap(a, b).strip()[-1:]
    return opens not in "(," or sheet.after(b, limit=1) == {"(": ")", ",": ","}[opens]


def _said_twice(a: Figure, b: Figure) -> Check:
    exact, loose = sorted((a, b), key=lambda f: f.form == "ratio" or f.claim.unit is None)
    judged = judge(loose.value, loose.interval, exact.interval)
    text = (
        f"{loose.printed} ({plain(loose.value or Fraction(0))} per cent); printed: {exact.printed}"
    )
    return check("share said twice", (a, b), judged, text)


def _of_whole(sheet: Sheet, part: Figure, share: Figure) -> Check | None:
    whole, named = _whole_of(sheet, part, share)
    if whole is None or part.value is None or not whole.value:
        return None
    figures = (part, whole, share)
    differs = [n for n in compare(share.claim, whole.claim).differs if n in ("area", "status")]
    if differs:
        return make("share", figures, "not_comparable", None, f"they differ in {differs[0]}")
    reason = None if named else f"taken of the {whole.printed} {whole.claim.counted or ''}".strip()
    return _share_check(part, whole, share, reason)


def _share_check(part: Figure, whole: Figure, share: Figure, reason: str | None) -> Check:
    worked = (part.interval / whole.interval).times(100)
    judged = judge(share.value, share.interval, worked)
    shown = plain(100 * (part.value or Fraction(0)) / (whole.value or 1))
    text = f"{valued(part)} ÷ {valued(whole)} = {shown} per cent; printed: {share.printed}"
    return check("share", (part, whole, share), judged, text, reason)


def _whole_of(sheet: Sheet, part: Figure, share: Figure) -> tuple[Figure | None, bool]:
    """The whole that the sentence names ("of 400 pupils"), else the nearest number of its kind."""
    counts = [f for f in sheet.near(part, sentences=_FAR) if f.form == "count" and _larger(f, part)]
    of = [f for f in counts if f.sentence == part.sentence and _is_whole(sheet, f)]
    if of:
        return of[0], True
    wanted = _population(share)
    alike = [f for f in counts if wanted and f.thing == wanted]
    return (alike[0], False) if alike else (None, False)


def _population(share: Figure) -> Thing | None:
    return thing_of(share.claim.population) or share.thing


def _larger(whole: Figure, part: Figure) -> bool:
    return bool(whole.value and part.value and whole.value > part.value)


def _is_whole(sheet: Sheet, figure: Figure) -> bool:
    return bool(whole_words("of").search(sheet.before(figure)))


# Parts that make up a whole


def parts(sheet: Sheet) -> Iterator[Check]:
    """The parts of a sentence against the whole that it names."""
    for whole in sheet.figures:
        if whole.form not in ("count", "money") or not whole.value:
            continue
        mates = [f for f in sheet.of_sentence(whole.sentence) if f is not whole]
        mates = [f for f in mates if dimension(f.claim) == dimension(whole.claim) and f.value]
        after = [f for f in mates if f.start > whole.start]
        before = [f for f in mates if f.start < whole.start]
        said = whole_words("in-all").match(sheet.after(whole))
        if said or whole_words("makes").search(sheet.before(whole)):
            yield from _summed(whole, before, must=len(before) >= 2)
        elif after and whole_words("made-of").fullmatch(sheet.gap(whole, after[0])):
            yield from _summed(whole, after, must="–" not in sheet.gap(whole, after[0]))
        elif after and _is_whole(sheet, whole):
            rest = bool(whole_words("rest").search(sheet.before(after[-1])))
            yield from _summed(whole, after, must=rest)
            yield from (_too_large(whole, part) for part in after if _larger(part, whole))


def _summed(whole: Figure, of: Sequence[Figure], *, must: bool) -> Iterator[Check]:
    """Parts that add up; where they must and do not, that too."""
    if len(of) < 2:
        return
    worked = Interval(Fraction(0), Fraction(0))
    for part in of:
        worked = worked + part.interval
    judged = judge(whole.value, whole.interval, worked)
    if judged.verdict == "agree" or must:
        total = sum((f.value or Fraction(0) for f in of), Fraction(0))
        text = f"{' + '.join(map(valued, of))} = {in_unit(total, whole)}; printed: {whole.printed}"
        yield check("parts and total", (*of, whole), judged, text)


def _too_large(whole: Figure, part: Figure) -> Check:
    text = f"{valued(part)} > {valued(whole)}"
    return make("parts and total", (part, whole), "disagree", text, "a part larger than its whole")


def complements(sheet: Sheet) -> Iterator[Check]:
    """Shares of one whole that make a hundred: `60 per cent … the remaining 40 per cent`."""
    for sentence in {f.sentence for f in sheet.figures if f.form in _SHARES}:
        of = [f for f in sheet.of_sentence(sentence) if f.form in _SHARES and f.value]
        if len(of) < 2:
            continue
        rest = bool(whole_words("rest").search(sheet.before(of[-1])))
        worked = Interval(_HUNDRED, _HUNDRED)
        for share in of[:-1]:
            worked = worked - share.interval
        judged = judge(of[-1].value, of[-1].interval, worked)
        closed = all(f.interval.low is not None and f.interval.high is not None for f in of)
        plainly = judged.verdict == "agree" and _plainly_hundred(of) and _one_population(of)
        if closed and (rest or plainly):
            yield _made_hundred(of, judged)


def _plainly_hundred(of: Sequence[Figure]) -> bool:
    """Per cents in digits that make 99 to 101; "half" and "four in 10" make it by chance."""
    exact = all(f.claim.unit == "per cent" and not f.claim.approximator for f in of)
    return exact and abs(sum((f.value or Fraction(0) for f in of), Fraction(0)) - 100) <= 1


def _one_population(of: Sequence[Figure]) -> bool:
    known = [_population(f) for f in of]
    return all(same_thing(known[0], other) for other in known[1:])


def _made_hundred(of: Sequence[Figure], judged: Judgement) -> Check:
    total = sum((f.value or Fraction(0) for f in of), Fraction(0))
    text = f"{' + '.join(plain(f.value or Fraction(0)) for f in of)} = {plain(total)} per cent"
    return check("shares of a hundred", tuple(of), judged, text)


# One thing so many times another


def multiples(sheet: Sheet) -> Iterator[Check]:
    """`19,790 girls and 3,218 boys`, `six times as many`: the two numbers against the multiple."""
    for multiple in sheet.figures:
        if multiple.form != "multiple" or multiple.interval == Interval(None, None):
            continue
        for two in _two_numbers(sheet, multiple):
            ordered = sorted(two, key=lambda f: f.value or 0)
            judged = judge(
                multiple.value, multiple.interval, ordered[1].interval / ordered[0].interval
            )
            sure = _AS_MANY.match(sheet.after(multiple)) and two[0].sentence == multiple.sentence
            if judged.verdict != "disagree" or sure:
                yield _multiple_check(multiple, ordered, judged)


def _two_numbers(sheet: Sheet, multiple: Figure) -> Iterator[tuple[Figure, Figure]]:
    """The two numbers of different things that the multiple names, else the nearest before it."""
    before = (f for f in sheet.near(multiple, sentences=1) if f.end <= multiple.start)
    counts = [f for f in before if f.form == "count" and f.value]
    named = (_of_thing(counts, name) for name in (multiple.claim.base, multiple.claim.counted))
    last = [f for f in named if f is not None]
    last = last if len(last) == 2 else counts[:2]
    if len(last) < 2:
        return
    second, first = last
    if first.sentence == second.sentence and same_thing(first.thing, second.thing) is False:
        yield first, second


def _of_thing(counts: Sequence[Figure], name: str | None) -> Figure | None:
    """`six times as many girls as boys`: the nearest number of girls, and that of boys."""
    thing = thing_of(name)
    return next((f for f in counts if thing and f.thing and f.thing.head == thing.head), None)


def _multiple_check(multiple: Figure, ordered: Sequence[Figure], judged: Judgement) -> Check:
    less, more = ordered
    shown = plain((more.value or Fraction(0)) / (less.value or Fraction(1)))
    text = f"{valued(more)} ÷ {valued(less)} = {shown}; printed: {multiple.printed}"
    return check("multiple", (more, less, multiple), judged, text)
