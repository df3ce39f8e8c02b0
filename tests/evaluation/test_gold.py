"""The sample corpus is what its data card says, and its loader refuses what is not."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest

from newsmine.errors import NewsmineError
from newsmine.evaluation.gold import SUFFIX, GoldArticle, GoldClaim, load_gold, read_gold
from newsmine.types import Span

FOLDER = Path(__file__).parents[2] / "corpora" / "sample"
PATHS = sorted(FOLDER.glob(f"*{SUFFIX}"))
OPENING = "'\"‘“`"
NO_MARKS = ("interview", "transcript")

# Those that the field's newspapers name most; the data card says what else was looked up.
REAL = (
    *("NSPCC", "Ofcom", "Childline", "Barnardo's", "IWF", "Internet Watch Foundation"),
    *("5Rights", "UNICEF", "CEOP", "Samaritans", "National Crime Agency", "NCMEC", "Meta"),
    *("Facebook", "Instagram", "WhatsApp", "TikTok", "Snapchat", "YouTube", "Google", "Apple"),
    *("Microsoft", "Twitter", "Roblox", "Discord", "Telegram", "Omegle", "Reddit", "AOL"),
    *("Yahoo", "MySpace", "Bebo", "Daily Mail", "Guardian", "Telegraph", "The Times"),
    *("The Sun", "Daily Mirror", "Daily Express", "Independent", "Metro", "BBC", "ITV"),
    *("Sky News", "Reuters", "Press Association", "YouGov", "Ipsos", "Theresa May"),
    *("Tony Blair", "Boris Johnson", "Keir Starmer", "Rishi Sunak", "Priti Patel"),
    *("Nadine Dorries", "Sajid Javid", "Molly Russell", "Online Safety Act"),
    *("Online Safety Bill", "Online Harms White Paper"),
    *("Orrery Group", "Tattlebox", "Murmurly"),  # invented at first, found to exist
)

# The answers of an interview are printed without quotation marks and without cues.
MARKED = [path for path in PATHS if not any(word in path.name for word in NO_MARKS)]

every_article = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name[:2])
every_marked_article = pytest.mark.parametrize("path", MARKED, ids=lambda path: path.name[:2])


# The corpus


def test_every_text_has_gold_and_a_number_of_its_own():
    texts = {path.stem for path in FOLDER.glob("*.txt")}
    assert texts == {article.name for article in load_gold(FOLDER)}
    numbers = sorted(int(name[:2]) for name in texts)
    assert numbers == list(range(1, len(numbers) + 1))


@every_marked_article
def test_direct_contents_start_with_a_quotation_mark(path: Path):
    article = read_gold(path)
    direct = [span for a in article.attributions if a.kind == "direct" for span in a.content]
    assert [s for s in _strings(article, direct) if s[0] not in OPENING] == []


@every_article
def test_indirect_contents_hold_no_quotation_but_a_scare_quote(path: Path):
    article = read_gold(path)
    for start, end in (s for a in article.attributions if a.kind == "indirect" for s in a.content):
        marks = {m.start() for m in re.finditer('["‘“`]', article.text[start:end])}
        scare = [(s - start, e - start) for s, e in article.not_quotes]
        assert {m for m in marks if not any(s <= m < e for s, e in scare)} == set()


@every_article
def test_mixed_contents_hold_a_quotation_mark(path: Path):
    article = read_gold(path)
    mixed = [_strings(article, a.content) for a in article.attributions if a.kind == "mixed"]
    assert [parts for parts in mixed if not re.search("['\"‘“]", " ".join(parts))] == []


@every_article
def test_contents_overlap_neither_their_cue_nor_their_source(path: Path):
    for attribution in read_gold(path).attributions:
        for start, end in attribution.content:
            others = attribution.cue + attribution.source
            assert not [span for span in others if span[0] < end and start < span[1]]


@every_marked_article
def test_only_what_continues_lacks_a_cue(path: Path):
    article = read_gold(path)
    assert [a for a in article.attributions if not a.cue and not a.continues] == []
    assert [a for a in article.attributions if a.cue and a.continues] == []


@every_article
def test_what_continues_has_the_speaker_of_an_earlier_one(path: Path):
    earlier = set()
    for attribution in sorted(read_gold(path).attributions, key=lambda a: a.content[0]):
        if attribution.continues:
            assert attribution.speaker in earlier
        earlier.add(attribution.speaker)


@every_article
def test_quotations_are_not_listed_as_no_quotations(path: Path):
    article = read_gold(path)
    contents = {s for a in article.attributions if a.kind == "direct" for s in a.content}
    assert not contents & set(article.not_quotes)


@every_article
def test_header_fields_are_printed_in_the_text(path: Path):
    article = read_gold(path)
    printed = " ".join(article.text.lower().split())
    names = [byline.name for byline in article.bylines]
    for wanted in (article.outlet, article.headline, article.standfirst, *names):
        assert wanted is None or " ".join(wanted.lower().split()) in printed


@every_article
def test_published_dates_are_iso_and_their_year_is_printed(path: Path):
    article = read_gold(path)
    if article.published is not None:
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", article.published)
        assert article.published[:4] in article.text


@every_article
def test_values_are_those_that_the_claims_print(path: Path):
    wrong = []
    for claim in read_gold(path).claims:
        values = claim.value if isinstance(claim.value, tuple) else (claim.value,)
        printed = _readings(claim.text)
        if not all(
            v is None or any(math.isclose(v, p, rel_tol=1e-5) for p in printed) for v in values
        ):
            wrong.append((claim.text, claim.value))
    assert wrong == []


@every_article
def test_values_fit_their_form(path: Path):
    assert [c for c in read_gold(path).claims if not _fits(c)] == []


@every_article
def test_figures_are_claims_or_none_but_not_both(path: Path):
    article = read_gold(path)
    claims = [claim.span for claim in article.claims]
    assert len(set(claims)) == len(claims)
    for start, end in article.not_claims:
        assert not [span for span in claims if span[0] < end and start < span[1]]


@every_article
def test_the_speaker_of_a_claim_is_one_of_the_article_and_has_one_organisation(path: Path):
    article = read_gold(path)
    speakers = {a.speaker.name: a.speaker.organisation for a in article.attributions if a.speaker}
    named = {claim.speaker: claim.organisation for claim in article.claims if claim.speaker}
    assert {name: speakers.get(name, "nobody") for name in named} == named


def test_the_wire_story_is_printed_in_three_papers():
    printed: dict[str, set[str | None]] = {}
    for article in load_gold(FOLDER):
        if article.wire:
            printed.setdefault(article.wire, set()).add(article.outlet)
    assert printed
    assert all(len(outlets) == 3 for outlets in printed.values())


def test_organisations_turn_up_in_several_papers():
    outlets: dict[str, set[str | None]] = {}
    for article in load_gold(FOLDER):
        for attribution in article.attributions:
            if attribution.speaker and attribution.speaker.organisation:
                outlets.setdefault(attribution.speaker.organisation, set()).add(article.outlet)
    assert sum(len(found) >= 3 for found in outlets.values()) >= 5


@every_article
def test_no_real_charity_paper_platform_or_politician_is_named(path: Path):
    found = re.findall(rf"\b(?:{'|'.join(REAL)})\b", read_gold(path).text.replace("’", "'"))
    assert found == []


# The loader


def test_offsets_are_those_of_the_raw_text(tmp_path: Path):
    path = _pair(tmp_path, "One\r\nsaid: ‘No.’\r\n", attributions=[_said("‘No.’")])
    assert read_gold(path).attributions[0].content == ((11, 16),)


def test_a_word_is_not_found_inside_another(tmp_path: Path):
    path = _pair(tmp_path, "She went with it", not_claims=["it"])
    assert read_gold(path).not_claims == ((14, 16),)


def test_nth_chooses_among_several(tmp_path: Path):
    path = _pair(tmp_path, "12 girls, 12 boys", not_claims=[{"text": "12", "nth": 2}])
    assert read_gold(path).not_claims == ((10, 12),)


@pytest.mark.parametrize(
    ("gold", "message"),
    [
        ({"not_claims": ["13"]}, "01-x.gold.json: the string '13' is printed 0 times"),
        ({"not_claims": ["12"]}, "01-x.gold.json: the string '12' is printed 2 times"),
        ({"not_claims": [{"text": "12", "nth": 3}]}, "is printed 2 times, wanted number 3"),
        ({"not_claims": [{"text": "12", "nth": 0}]}, "is printed 2 times, wanted number 0"),
        ({"not_claims": [""]}, "the string '' is printed 0 times"),
        ({"quotes": []}, "unknown key 'quotes'"),
        ({"attributions": [{"kind": "reported", "content": ["girls"]}]}, "value 'reported'"),
        ({"attributions": ["girls"]}, "has 'girls' for an attribution"),
        ({"claims": [{"text": "girls", "form": "sum", "value": 1}]}, "value 'sum'"),
        ({"claims": [{"text": "girls", "form": "count", "value": "1"}]}, "has the value '1'"),
        ({"zones": {"advert": ["girls"]}}, "value 'advert'"),
    ],
)
def test_wrong_gold_is_named_with_its_file(tmp_path: Path, gold: dict[str, object], message: str):
    path = _pair(tmp_path, "12 girls, 12 boys", **gold)
    with pytest.raises(NewsmineError) as caught:
        read_gold(path)
    assert message in str(caught.value)
    assert str(path) == caught.value.thing


def test_missing_or_damaged_files_are_named(tmp_path: Path):
    path = _pair(tmp_path, "12 girls")
    path.write_text("{", encoding="utf-8")
    with pytest.raises(NewsmineError, match="cannot be read"):
        read_gold(path)
    path.with_name("01-x.txt").unlink()
    with pytest.raises(NewsmineError, match="cannot be read"):
        read_gold(path)
    with pytest.raises(NewsmineError, match="holds no"):
        load_gold(tmp_path / "nowhere")


def _pair(folder: Path, text: str, **gold: object) -> Path:
    (folder / "01-x.txt").write_bytes(text.encode())
    path = folder / f"01-x{SUFFIX}"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def _said(content: str) -> dict[str, object]:
    return {"kind": "direct", "content": [content], "source": ["One"], "cue": ["said"]}


def _strings(article: GoldArticle, spans: list[Span] | tuple[Span, ...]) -> list[str]:
    return [article.text[start:end] for start, end in spans]


# A reading of printed figures that owes nothing to newsmine's own number grammar

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBERS = {word: float(n) for n, word in enumerate(_UNITS)} | {
    **{word: 20.0 + 10 * n for n, word in enumerate(_TENS)},
    **{"a": 1.0, "an": 1.0, "hour": 1.0, "decade": 10.0, "dozen": 12.0, "second": 2.0},
    **{"first": 1.0, "ninth": 9.0, "doubled": 2.0, "double": 2.0, "twice": 2.0, "twofold": 2.0},
    **{"trebled": 3.0, "tripled": 3.0, "threefold": 3.0, "fourfold": 4.0, "quadrupled": 4.0},
    **{"fivefold": 5.0, "tenfold": 10.0, "fifteenfold": 15.0},
}
_SHARES = {"half": 50, "halved": 50, "third": 100 / 3, "quarter": 25, "fifth": 20, "sixth": 100 / 6}
_SHARES |= {"eighth": 12.5, "tenth": 10}
_SCALES = {
    "thousand": 1e3,
    "million": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "k": 1e3,
    "p": 0.01,
}


def _readings(text: str) -> set[float]:
    """What a figure can mean: each number printed, scaled, as a share, or as one in another."""
    words = re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", text.lower())
    numbers = [float(w.replace(",", "")) if w[0].isdigit() else _NUMBERS.get(w) for w in words]
    plain = [n for n in numbers if n is not None]
    scales = [_SCALES[w] for w in words if w in _SCALES] or [1.0]
    shares = [_SHARES[w.removesuffix("s")] for w in words if w.removesuffix("s") in _SHARES]
    out = {n * scale for n in plain for scale in [1.0, *scales]}
    out |= {share * n * k for share in shares for n in [1.0, *plain] for k in (1, 0.01)}
    out |= {0.5 * scale for scale in scales if "half" in words}
    if "half as" in text:
        out.add(1.5)
    if {"in", "of", "per"} & set(words) and len(plain) >= 2 and plain[-1]:
        out.add(plain[0] / plain[-1])
    return out


def _fits(claim: GoldClaim) -> bool:
    values = claim.value if isinstance(claim.value, tuple) else (claim.value,)
    if claim.direction not in ("up", "down", None):
        return False
    if claim.form == "vague":
        return True
    if any(v is None or v < 0 for v in values) or list(values) != sorted(values):
        return False
    highest = {"share": 100.0, "ratio": 1.0}.get(claim.form, math.inf)
    currency = claim.form != "money" or (claim.unit or "") in ("GBP", "USD", "EUR")
    return currency and all(v <= highest for v in values)
