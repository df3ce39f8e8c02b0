"""The JSON contract, on records made by hand."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from newsmine.export.extraction import to_dict
from newsmine.index.texts import quote_of
from newsmine.ingest.alignment import AlignedText, Replacement
from newsmine.types import (
    Article,
    Attribution,
    Byline,
    Check,
    Claim,
    Extraction,
    Mention,
    Page,
    Provenance,
    RawArticle,
    Span,
    Speaker,
    Word,
)

RAW = "“We coun- ted 1,200,” said Ann Lee of Hearthlight.\n\n“A third\nmore,” she added."
ALIGNED = AlignedText.of(RAW).replace(
    [Replacement(8, 10, "", "hyphen"), Replacement(60, 61, " ", "line")]
)
TEXT = ALIGNED.text
MADE_BY = Provenance("0.1.0", "en_newsmine-1", {"clean": True})


def span(words: str) -> Span:
    """Where these words lie in the clean text."""
    start = TEXT.index(words)
    return start, start + len(words)


ARTICLE = Article("lantern-1a2b3c4d", "lantern.txt", TEXT, ALIGNED.alignment)
ANN = Speaker("Ann Lee", "person", role="head of policy", organisation="Hearthlight")
SAID = Attribution(
    id="a1",
    kind="direct",
    content=(span("“We counted 1,200,”"), span("“A third more,”")),
    source=(span("Ann Lee of Hearthlight"),),
    cue=(span("said"),),
    speaker=ANN,
    confidence=0.9,
    reasons=("marks", "cue after"),
)
COUNT = Claim("c1", span("1,200"), "count", Fraction(1200), counted="reports", speaker=ANN)


def extraction(
    *,
    article: Article = ARTICLE,
    attributions: tuple[Attribution, ...] = (),
    claims: tuple[Claim, ...] = (),
    mentions: tuple[Mention, ...] = (),
    checks: tuple[Check, ...] = (),
) -> Extraction:
    return Extraction(article, MADE_BY, mentions, attributions, claims, checks)


def test_hand_made_text_is_as_meant() -> None:
    assert TEXT == "“We counted 1,200,” said Ann Lee of Hearthlight.\n\n“A third more,” she added."


def test_keys_in_the_order_of_the_contract() -> None:
    record = to_dict(
        extraction(
            attributions=(SAID,),
            claims=(COUNT,),
            mentions=(Mention(span("Ann Lee"), "PERSON", "Ann Lee"),),
            checks=(Check(("c1",), "count_rate", "agree", "1 = 1"),),
        )
    )
    assert " ".join(record) == "article attributions claims mentions checks provenance"
    assert " ".join(record["article"]) == (
        "id path outlet published headline standfirst bylines text flags"
    )
    assert " ".join(record["attributions"][0]) == (
        "id kind quote content source cue raw speaker confidence reasons"
    )
    assert " ".join(record["attributions"][0]["raw"]) == "content source cue"
    assert " ".join(record["attributions"][0]["speaker"]) == "name type role organisation"
    assert " ".join(record["claims"][0]) == (
        "id text span raw form value low high approximator unit counted population direction"
        " base period area status attribution speaker organisation"
    )
    assert " ".join(record["mentions"][0]) == "text span raw label entity"
    assert " ".join(record["checks"][0]) == "claims rule verdict sum reason"
    assert record["provenance"] == {
        "newsmine": "0.1.0",
        "model": "en_newsmine-1",
        "settings": {"clean": True},
    }


def test_article_known_and_unknown() -> None:
    known = Article(
        *("id-1", "a.txt", TEXT, ALIGNED.alignment),
        outlet="Daily Lantern",
        published="2018-05",
        headline="League counts",
        bylines=(Byline("Jo Penn", "Home Editor"), Byline("Al Reed")),
        flags=("ocr",),
    )
    assert to_dict(extraction(article=known))["article"] == {
        "id": "id-1",
        "path": "a.txt",
        "outlet": "Daily Lantern",
        "published": "2018-05",
        "headline": "League counts",
        "standfirst": None,
        "bylines": [{"name": "Jo Penn", "role": "Home Editor"}, {"name": "Al Reed", "role": None}],
        "text": TEXT,
        "flags": ["ocr"],
    }
    unknown = to_dict(extraction())["article"]
    assert unknown["outlet"] is unknown["published"] is unknown["headline"] is None
    assert unknown["bylines"] == unknown["flags"] == []


def test_attribution() -> None:
    (found,) = to_dict(extraction(attributions=(SAID,)))["attributions"]
    assert found["quote"] == "“We counted 1,200,” … “A third more,”"
    assert [TEXT[s:e] for s, e in found["content"]] == ["“We counted 1,200,”", "“A third more,”"]
    assert found["source"] == [list(span("Ann Lee of Hearthlight"))]
    assert found["speaker"] == {
        "name": "Ann Lee",
        "type": "person",
        "role": "head of policy",
        "organisation": "Hearthlight",
    }
    assert (found["confidence"], found["reasons"]) == (0.9, ["marks", "cue after"])


def test_raw_leads_back_to_the_input() -> None:
    (found,) = to_dict(extraction(attributions=(SAID,)))["attributions"]
    assert [RAW[s:e] for s, e in found["raw"]["content"]] == [
        "“We coun",
        "ted 1,200,”",
        "“A third\nmore,”",
    ]
    assert [RAW[s:e] for s, e in found["raw"]["cue"]] == ["said"]


def test_a_change_that_two_spans_share_is_named_once() -> None:
    aligned = AlignedText.of("a1b").replace([Replacement(1, 2, "one", "figure")])
    article = Article("x", "x.txt", aligned.text, aligned.alignment)
    split = Attribution("a1", "indirect", content=((1, 2), (3, 4)))
    (found,) = to_dict(extraction(article=article, attributions=(split,)))["attributions"]
    assert found["content"] == [[1, 2], [3, 4]]
    assert found["raw"]["content"] == [[1, 2]]


def test_nobody_known() -> None:
    bare = Attribution("a1", "indirect", content=(span("A third"),))
    (found,) = to_dict(extraction(attributions=(bare,)))["attributions"]
    assert found["speaker"] is None
    assert found["source"] == found["cue"] == found["raw"]["source"] == []


@pytest.mark.parametrize(
    ("speaker", "name", "organisation"),
    [
        (ANN, "Ann Lee", "Hearthlight"),
        (Speaker("Hearthlight", "organisation"), "Hearthlight", "Hearthlight"),
        (Speaker("Hearthlight", "organisation", organisation="HL"), "Hearthlight", "HL"),
        (Speaker("Ann Lee", "person"), "Ann Lee", None),
        (Speaker("The Hearth Report", "document"), "The Hearth Report", None),
        (Speaker(None, "anonymous", organisation="Pollmark"), None, "Pollmark"),
        (Speaker(None, "organisation", candidates=("Hearthlight", "Pollmark")), None, None),
        (None, None, None),
    ],
)
def test_who_says_a_figure(
    speaker: Speaker | None, name: str | None, organisation: str | None
) -> None:
    claim = Claim("c1", span("1,200"), "count", speaker=speaker)
    said = Attribution("a1", "direct", content=(span("A third"),), speaker=speaker)
    record = to_dict(extraction(claims=(claim,), attributions=(said,)))
    assert record["claims"][0]["speaker"] == name
    assert record["claims"][0]["organisation"] == organisation
    said_by = record["attributions"][0]["speaker"] or {"name": None, "organisation": None}
    assert (said_by["name"], said_by["organisation"]) == (name, organisation)


def test_claim_text_and_place() -> None:
    (found,) = to_dict(extraction(claims=(COUNT,)))["claims"]
    assert found["text"] == "1,200"
    assert found["span"] == list(span("1,200"))
    assert [RAW[s:e] for s, e in found["raw"]] == ["1,200"]
    assert (found["form"], found["counted"], found["unit"]) == ("count", "reports", None)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (None, "null"),
        (Fraction(0), "0"),
        (Fraction(1200), "1200"),
        (Fraction(-3), "-3"),
        (Fraction(1, 2), "0.5"),
        (Fraction(100, 3), "33.333333333333336"),
        (Fraction(10**400 + 1, 10), "1" + "0" * 399),
    ],
)
def test_figures_are_json_numbers(value: Fraction | None, printed: str) -> None:
    claim = Claim("c1", span("1,200"), "count", value=value, low=value, high=value)
    (found,) = to_dict(extraction(claims=(claim,)))["claims"]
    assert [json.dumps(found[name]) for name in ("value", "low", "high")] == [printed] * 3


def test_boxes_come_only_when_asked_for() -> None:
    words = [((0, 3), Word("“We", (5, 10, 30, 20))), ((4, 8), Word("coun", (40, 10, 80, 20)))]
    page = Page(100, 200, "pixel", tuple(words), "lantern.png", 3)
    article = replace(ARTICLE, raw=RawArticle(RAW, "lantern.xml", "alto", "0" * 64, (page,)))
    found = extraction(
        article=article,
        attributions=(SAID,),
        claims=(COUNT,),
        mentions=(Mention(span("We"), "ORG"),),
    )
    plain, boxed = to_dict(found), to_dict(found, boxes=True)
    size = {"width": 100, "height": 200, "unit": "pixel"}
    assert boxed["article"].pop("pages") == [{"page": 3, **size, "image": "lantern.png"}]
    assert boxed["attributions"][0].pop("boxes") == {
        "content": [[3, 5, 10, 80, 20]],
        "source": [],
        "cue": [],
    }
    assert boxed["claims"][0].pop("boxes") == []
    assert boxed["mentions"][0].pop("boxes") == [[3, 5, 10, 30, 20]]
    assert boxed == plain


def test_without_pages_boxes_are_empty() -> None:
    found = to_dict(extraction(claims=(COUNT,)), boxes=True)
    assert (found["article"]["pages"], found["claims"][0]["boxes"]) == ([], [])


def test_all_of_it_is_json() -> None:
    record = to_dict(extraction(attributions=(SAID,), claims=(COUNT,)))
    assert json.loads(json.dumps(record, allow_nan=False)) == record


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“Stop,” he said, “now.”", ((0, 7), (17, 23)), "“Stop,” … “now.”"),
        ("“Stop.\n\n“Now.”", ((0, 6), (8, 14)), "“Stop. “Now.”"),
        ("“Stop.”“Now.”", ((0, 7), (7, 13)), "“Stop.” “Now.”"),
        ("“Stop.” — “Now.”", ((0, 7), (10, 16)), "“Stop.” “Now.”"),
        ("“Stop.” I say “Now.”", ((0, 7), (14, 20)), "“Stop.” … “Now.”"),
        ("all of it", ((0, 9),), "all of it"),
        ("nothing", (), ""),
    ],
)
def test_quote(text: str, content: tuple[Span, ...], expected: str) -> None:
    assert quote_of(text, content) == expected
