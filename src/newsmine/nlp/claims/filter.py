"""Which figures are claims: incidental cardinals and periods that qualify others are not."""

from __future__ import annotations

import re

from newsmine.nlp.claims.lexicon import idle, idle_figures, word_set
from newsmine.nlp.claims.naming import is_address, is_age, is_name, is_ordinal
from newsmine.nlp.claims.phrases import is_plural
from newsmine.nlp.claims.text import Sentence
from newsmine.nlp.numbers import Number

# "the two men", "all three acts", "their five children": already known, so nothing is claimed.
_KNOWN = re.compile(
    r"(?<!\w)(?:the|these|those|both|all|his|her|their|our|my|your|its|any|either|every|which|what|"
    r"other|same|top|past|first|last|next|previous|latest|including|remaining|between|of\sthe|one\sor|"
    r"no|\w+['’]s?)\s(?:[a-z]{3,12}\s)?\Z",
    re.IGNORECASE,
)
_QUALIFIES_BEFORE = re.compile(
    r"(?<!\w)(?:last|past|next|first|previous|coming|final|following|recent|preceding|latest|these|"
    r"those|every\sother|within|in|after|over|during|since|by|until|before|the|only\sin|last\sfew|"
    r"another|than|opening|closing|early|every|to\swithin|as\slong\sas|throughout|across|into|same|"
    r"some\s\w+\sin|at|all)\s\Z",
    re.IGNORECASE,
)
_QUALIFIES_AFTER = re.compile(
    r"['’]?\s(?:ago|later|earlier|after|before|old|since|hence|on|away|running|previously|apart|up\sto|"
    r"to\s(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"end|the\send)|to\sgo|left|remaining|until|till|from\snow|from\s[A-Z]|end(?:ed|ing)|beforehand|into|in\s(?:a\srow|advance))(?!\w)",
)
_AGO = re.compile(r"\s(?:ago|later|earlier)(?!\w)")  # whatever leads to it: `took place a year ago`
_TAKES = re.compile(
    r"(?<!\w)(?:takes?|took|taken|taking|lasts?|lasted|lasting|requires?|required|needs?|spends?|"
    r"spent|spending|for|give|gives|gave|given|get|gets|served|serve|face|faces|wait|waits|waited)"
    r"\s(?:\w+\s){0,2}\Z",
    re.IGNORECASE,
)
_NOUNLESS = re.compile(
    r"\s?[.,;:!?)\"”’']|\s(?:in|on|at|by|from|to|with|for|or|when|but|the|a|as|before|after|since)(?!\w)|\s?\Z"
)
_HALF_NOT = re.compile(r"\s(?:price|way|time|hearted|open|empty|full|asleep|[a-z]{3,}ed)(?!\w)")
_FRACTION_NOT = re.compile(r"(?<!\w)(?:other|first|second|better)\s\Z")
# `a year and a half ago`
_AND_A_HALF = re.compile(r"(?<!\w)(?:year|month|week|hour|decade|century|day)s?\sand\s\Z")
# `split into two`, `a series of six films`: how something is made up.
_PARTED = re.compile(
    r"(?<!\w)(?:into|one\sof|(?:series|trio|pair|set|short-?list|trilogy|string)\sof)\s\Z",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"[£$€]\d[\w.,£$€)\s-]*\Z|\d\s?(?:%|per\scent|percent|points)\s\Z")
_PRONOUN_ONE = frozenset(("one", "a", "1", "zero", "nought", "0", "no"))


def is_claim(number: Number, sentence: Sentence) -> bool:
    """Whether a figure claims something, going by its kind and the words around it."""
    if not number.is_quantity or number.kind == "vague":
        return False
    if (number.value is None and number.low is None) or _is_idle(number, sentence):
        return False
    if number.kind == "count":
        return _count(number, sentence)
    if number.kind == "measure":
        defined = number.value == 1 and sentence.after(number.span[1], limit=2) == " ("
        return not (defined or _defines(number, sentence))
    if number.kind == "duration":
        return number.per is not None or _duration(number, sentence)
    if number.kind == "fraction":
        if sentence.text[slice(*number.span)].lower() == "half" and _HALF_NOT.match(
            sentence.after(number.span[1], limit=20)
        ):
            return False
        before = sentence.before(number.span[0])
        return not (_FRACTION_NOT.search(before) or _AND_A_HALF.search(before)) and not is_ordinal(
            number, sentence
        )
    return True


def _is_idle(number: Number, sentence: Sentence) -> bool:
    """`a £5 note`, `they gave it 110 per cent`: a thing's name, a saying."""
    printed = sentence.text[slice(*number.span)]
    if not idle_figures().fullmatch(printed):
        return False
    for figure, pattern in idle():
        if figure.fullmatch(printed):
            before = sentence.before(number.extent[0], limit=20)
            around = f"{before}#{sentence.after(number.span[1], limit=20)}"
            if pattern.search(around):
                return True
    return False


def _count(number: Number, sentence: Sentence) -> bool:
    printed = sentence.text[slice(*number.span)].lower()
    if printed in _PRONOUN_ONE:
        return False
    value = number.value if number.value is not None else number.low
    small = value is not None and abs(value) <= 12 and printed[0].isalpha()
    known = small and _KNOWN.search(sentence.before(number.extent[0], limit=30))
    if known and number.per is None:
        return False
    if printed in ("one or two", "two or three") or _is_denominator(number, sentence):
        return False
    if number.per is None and (_defines(number, sentence) or _is_of_set(number, sentence)):
        return False
    if number.per is None and _labels(number, sentence):
        return False
    if small and number.per is None and _incidental(number, sentence):
        return False
    following = sentence.after(number.span[1], limit=30)
    if number.per is None and _RUN.match(following):
        return False
    if small and number.approximator is None and number.per is None and _alone(sentence, number):
        # "split in two.", "at three in the list"
        return False
    return not _GOES_ON.match(following)


_GOES_ON = re.compile(r"(?:st|nd|rd|th)\b|-[a-z]")


def _labels(number: Number, sentence: Sentence) -> bool:
    return is_name(number, sentence) or is_age(number, sentence) or is_address(number, sentence)


# `for three consecutive years`: a period, in which nothing is counted.
_RUN = re.compile(
    r"\s(?:consecutive|successive|straight)\s(?:years?|months?|weeks?|days?|quarters?|nights?)(?!\w)"
)
# `7.5 lines per 100 people`: the hundred only says per how many.
_PER = re.compile(r"(?<!\w)(?:per|in\severy|out\sof\severy)\s\Z", re.IGNORECASE)
# `one gigabyte (1,000,000,000 bytes)`: what a unit is, not how much there is of something.
_UNIT_IS = re.compile(
    r"(?<!\w)(?:one|an?|1|per)\s(?:kilo|mega|giga|tera|peta|milli|centi)?(?:bytes?|bits?|met(?:re|er)|lit(?:re|er)|"
    r"gram(?:me)?|mile|yard|foot|inch|acre|hectare|ounce|pound|stone|ton(?:ne)?|gallon|pint|fathom|knot)"
    r"\s\((?:about\s|or\s)?\Z",
    re.IGNORECASE,
)
_OF_SET = re.compile(
    r"(?<!\w)(?:the|all|these|those|its|(?!(?:that|it|there|here|what|who|he|she|let)['’])\w+['’]s|s['’])\s(?:[a-z]+\s)?\Z",
    re.IGNORECASE,
)
# `Three of the 11 members voted against`: a part of a whole, which says something.
_PART_OF = re.compile(
    r"(?<!\w)(?:\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|most|majority|half|thirds?|"
    r"quarters?|none|few|many|several|only|cent|percent)%?\sof\s\Z",
    re.IGNORECASE,
)
_OF_US = re.compile(r"\sof\s(?:us|you)(?!\w)")
_ONE_OF = re.compile(r"(?<!\w)one\sof\s\Z", re.IGNORECASE)
_LARGEST_SET = 60
"""Members of a union, states of a federation: as known as `the two countries`."""
_COUNTS = re.compile(
    r"(?<!\w)(?:killed|died|dead|injured|wounded|hurt|arrested|charged|convicted|jailed|sentenced|"
    r"prosecuted|sacked|suspended|employed|hired|missing|shot|stabbed|referred|only|just|questioned)(?!\w)",
    re.IGNORECASE,
)


# "two laptops, five phones", "two of the 11 members", "two more": counted after all.
_LISTED = re.compile(
    r"(?<![\w-])(?:three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,6})(?=\s(?!years?|months?|weeks?|days?)[a-z])"
    r"|#\s(?:of|more|further|extra)(?!\w)",
    re.IGNORECASE,
)


def _defines(number: Number, sentence: Sentence) -> bool:
    if sentence.text[number.extent[0] - 1] != "(" or not _UNIT_IS.search(
        sentence.before(number.extent[0], limit=30)
    ):
        return False
    return bool(re.match(r"\s?[a-z]*\)", sentence.after(number.span[1], limit=20)))


def _is_of_set(number: Number, sentence: Sentence) -> bool:
    """`the 25 member states`, `one of 12 pupils`: a set that is known or only frames."""
    if number.approximator or number.value is None or number.value > _LARGEST_SET:
        return False
    before = sentence.before(number.span[0], limit=24)
    if number.value <= _FRAME and _ONE_OF.search(before):
        return True
    which = _OF_SET.search(before)
    if not which or _PART_OF.search(before[: which.start()]):
        return False
    words = sentence.words(number.span[1], number.span[1] + 40)[:3]
    return next((w.lower for w in words if is_plural(w)), None) in word_set("sets")


_FRAME = 20


def _is_denominator(number: Number, sentence: Sentence) -> bool:
    return bool(_PER.search(sentence.before(number.span[0], limit=16)))


def _incidental(number: Number, sentence: Sentence) -> bool:
    """`two men believed to be abroad`, `three areas that need work`: who or what is talked about.

    A bare `two` mostly introduces the pair that a story is about. Victims, arrests and the like are
    counted, however few, and so is what has an approximator or stands in a list of figures.
    """
    if number.approximator and number.approximator.lower() not in ("at least", "some"):
        return False
    if _OF_US.match(sentence.after(number.span[1], limit=8)):
        return True
    if _PARTED.search(sentence.before(number.extent[0], limit=16)):
        return True
    words = sentence.words(number.span[1], number.span[1] + 60)[:4]
    head = next((w.lower for w in words if is_plural(w)), None)
    if head in word_set("enumerations"):
        return True
    few = number.value == 2 or (number.value == 3 and head in word_set("pairs"))
    if number.approximator or not (few or head in word_set("persons")):
        return False
    before = sentence.before(number.span[0], limit=50)
    after = sentence.after(number.span[1], limit=60)
    if _COUNTS.search(f"{before} # {after}"):
        return False
    return not _LISTED.search(f"{before[-30:]}#{after[:30]}")


def _alone(sentence: Sentence, number: Number) -> bool:
    """A small word number without a noun or a figure that it is set against."""
    if _SET_AGAINST.search(sentence.before(number.span[0], limit=9)):
        return False
    return bool(_NOUNLESS.match(sentence.after(number.span[1], limit=12)))


_SET_AGAINST = re.compile(r"(?<!\w)(?:against|with|from|than)\s\Z")


def _duration(number: Number, sentence: Sentence) -> bool:
    before = sentence.before(number.extent[0], limit=40)
    after = sentence.after(number.span[1], limit=20)
    if number.value == 1 and sentence.text[number.span[0]].lower() == "o":
        return False
    if (number.approximator or "").lower() == "within" and number.unit in _LONG:
        return False
    if number.approximator == "Over" and _OPENING.match(after):
        return False
    if (number.approximator or "").lower() == "over" and _AMOUNT.search(before):
        return False  # `£2.2m over three years`
    if after.startswith(("-", "'-", "’-")):
        return False
    takes = _TAKES.search(before)
    if not takes and ((number.approximator or "").lower() in _ANOTHER or _WHOSE.search(before)):
        return False
    if _AGO.match(after) or (_QUALIFIES_AFTER.match(after) and not takes):
        return False
    if _SPAN_OF.search(before) or _EXTREME_FOR.search(sentence.before(number.extent[0], limit=70)):
        return False
    return not _QUALIFIES_BEFORE.search(_ADVERB.sub(" ", before))


# `Within six months it shut` is a time; `answered within five minutes` measures.
_LONG = frozenset(("weeks", "months", "years", "decades"))
# `Over 12 months it grew`; but `Over 12 months passed`
_OPENING = re.compile(r",|\s(?:it|he|she|they|we|the|an?|his|her|its|their|this)\s")
# `another two weeks of talks`; but `answered within five minutes` is a claim.
_ANOTHER = frozenset(("another", "a further"))
# `his three years at the club`
_WHOSE = re.compile(r"(?<!\w)(?:his|her|its|their|our|my|\w+(?:['’]s|s['’]))\s\Z", re.IGNORECASE)
_ADVERB = re.compile(r"\s(?:barely|just|little|scarcely|hardly|merely)\s\Z", re.IGNORECASE)
_SPAN_OF = re.compile(
    r"(?<!\w)(?:space|matter|end|period|course|start|beginning|close)\sof\s\Z|(?<!\w)despite\s\Z",
    re.IGNORECASE,
)
# `its lowest for six months`, `the first strike for 12 years`
_EXTREME_FOR = re.compile(
    r"(?<!\w)(?:the|its|their|his|her|a)\s(?:first|most|least|worst|best|[a-z]{3,}est)(?!\w)"
    r"(?:(?!\s(?:had|has|have)\s(?!been|seen|had)\w+ed\s)[^.,;:]){0,40}?"
    r"\sfor\s(?:(?:more|less)\sthan\s)?\Z",
    re.IGNORECASE,
)
