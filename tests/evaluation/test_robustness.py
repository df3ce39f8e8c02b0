"""What a change costs: the gold moves along, names are read as printed, losses add up."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from newsmine.evaluation import robustness, scoring
from newsmine.evaluation.changes import CHANGES, Change
from newsmine.evaluation.corpora import Corpus
from newsmine.evaluation.gold import GoldArticle
from newsmine.evaluation.robustness import costs, differences
from newsmine.evaluation.scoring import as_printed, moved
from newsmine.ingest.alignment import AlignedText, Replacement
from newsmine.types import Article, Attribution, Extraction, Provenance, Speaker
from tests.evaluation.rows import gold, row, said

TEXT = gold().text
NAMED = Change("a name misread", lambda text, _: _replaced(text, "Ann Lee", "Arm Lce"))
LOST = Change("a mark lost", lambda text, _: _replaced(text, "”", ""))


def _replaced(text: str, old: str, new: str) -> AlignedText:
    places = (m.span() for m in re.finditer(re.escape(old), text))
    return AlignedText.of(text).replace(Replacement(s, e, new, "test") for s, e in places)


class TestMoved:
    def test_spans_go_with_their_words(self) -> None:
        changed = _replaced(TEXT, "It must stop", "Stop it at once")
        article = moved(gold(), changed)
        texts = ["".join(changed.text[s:e] for s, e in a.content) for a in article.attributions]
        assert texts[0] == "“Stop it at once,”"
        assert texts[1:] == ["“Now.”", "it is “unfair” to all"]
        assert [changed.text[slice(*span)] for span in article.not_quotes] == ["“unfair”"]

    def test_what_is_gone_is_gone(self) -> None:
        article = moved(gold(), _replaced(TEXT, "“Now.”", ""))
        assert len(article.attributions) == 2

    @pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
    def test_every_attribution_survives_what_issue_3_asks_for(self, change: Change) -> None:
        article = moved(gold(), change.apply(TEXT, Random(1)))
        assert len(article.attributions) == 3


class TestAsPrinted:
    def name(self, found: str | None, changed: AlignedText) -> str | None:
        attribution = {**said("direct", (0, 1), name=found)}
        result = as_printed(row(attribution), gold(), changed)
        name: str | None = result["attributions"][0]["speaker"]["name"]
        return name

    def test_a_misread_name_is_the_printed_one(self) -> None:
        changed = _replaced(TEXT, "Lee", "Lce")
        assert self.name("Ann Lce", changed) == "Ann Lee"
        assert self.name("Lce", changed) == "Lee"

    def test_whole_words(self) -> None:
        assert self.name("Ann Le", _replaced(TEXT, "Lee", "Le")) == "Ann Lee"
        assert self.name("n Lee", _replaced(TEXT, "Ann", "A n n")) == "Ann Lee"

    def test_in_another_case(self) -> None:
        changed = _replaced(TEXT, "The league", "The lcague")
        assert self.name("the lcague", changed) == "The league"

    def test_word_for_word_where_it_stands_nowhere_as_a_whole(self) -> None:
        assert self.name("a Lce of Wick", _replaced(TEXT, "Lee", "Lce")) == "a Lee of Wick"

    @pytest.mark.parametrize("name", [None, "Somebody Else", "The League"])
    def test_what_is_not_in_the_text_stays(self, name: str | None) -> None:
        assert self.name(name, _replaced(TEXT, "Lee", "Lce")) == name

    def test_nobody_stays_nobody(self) -> None:
        attribution = {**said("direct", (0, 1), name=None), "speaker": None}
        (found,) = as_printed(row(attribution), gold(), AlignedText.of(TEXT))["attributions"]
        assert found["speaker"] is None


def by_marks(text: str, **_: Any) -> dict[str, Any]:
    """A little extractor: whatever stands in curly marks, said by who follows the first cue."""
    who = re.search(r"said (\w+ \w+)", text)
    name = who[1] if who else None
    spans = (m.span() for m in re.finditer("“[^”“]*”", text))
    found = [said("direct", span, name=name, cue=n == 0) for n, span in enumerate(spans)]
    return row(*found[:2])


@pytest.fixture
def corpus(monkeypatch: pytest.MonkeyPatch) -> Corpus:
    monkeypatch.setattr(robustness, "extract_row", by_marks)
    return Corpus("wick", (gold(),))


class TestCosts:
    def test_loss_against_the_unchanged_text(self, corpus: Corpus) -> None:
        whole, misread, lost = costs(corpus, changes=(NAMED, LOST))
        assert (whole.change, whole.direct, whole.loss, whole.limit) == ("unchanged", 100, 0, None)
        assert (misread.direct, misread.loss, misread.places, misread.within) == (100, 0, 1, True)
        assert (lost.direct, lost.loss, lost.places, lost.within) == (0, 100, 3, False)
        assert whole.speaker == pytest.approx(50)

    def test_without_speakers_relations_count(self, corpus: Corpus) -> None:
        plain = GoldArticle(Path("a.txt"), TEXT, attributions=gold().attributions[1:2])
        article = GoldArticle(
            plain.path,
            TEXT,
            attributions=tuple(
                type(a)(a.kind, a.content, a.source, a.cue) for a in plain.attributions
            ),
        )
        whole, _ = costs(Corpus("wick", (article,)), changes=(LOST,))
        assert whole.speaker is None
        assert whole.direct == pytest.approx(100 * 2 / 3), "one right, another found in vain"

    def test_what_only_cleaning_undoes_is_compared_with_the_cleaned_text(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[bool] = []

        def spy(text: str, *, clean: bool, **_: Any) -> dict[str, Any]:
            asked.append(clean)
            return by_marks(text)

        monkeypatch.setattr(robustness, "extract_row", spy)
        cleaned = Change("cleaned", NAMED.apply, cleaned=True)
        found = list(costs(Corpus("wick", (gold(),), clean=False), changes=(LOST, cleaned)))
        names = [cost.change for cost in found]
        assert names == ["unchanged", "a mark lost", "unchanged, cleaned", "cleaned"]
        assert asked == [False, False, True, True]
        assert found[3].loss == 0


class TestDifferences:
    @pytest.fixture
    def corpus(self, monkeypatch: pytest.MonkeyPatch) -> Corpus:
        def extract(article: Article, **_: Any) -> Extraction:
            name = "Ann Lee" if "Ann Lee" in article.text else "Lce"
            said_by = Attribution("a1", "direct", ((0, 15),), speaker=Speaker(name, "person"))
            return Extraction(article, Provenance("0", "none"), attributions=(said_by,))

        monkeypatch.setattr(robustness, "extract", extract)
        other = GoldArticle(Path("b.txt"), "“It must stop,” said the league. It has said so twice.")
        return Corpus("wick", (gold(), other))

    def test_which_articles_differ(self, corpus: Corpus) -> None:
        breaks = Change("breaks", lambda text, _: _replaced(text, ". ", ".\r\n\r\n"))
        same, different = differences(corpus, changes=(breaks, NAMED))
        assert (same.different, same.share, same.places) == ((), 0, 2)
        assert (different.different, different.share) == (("a",), 50)

    def test_a_cleaned_text_that_is_the_same_is_not_read_again(
        self, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: Any, **__: Any) -> Extraction:
            raise AssertionError("read again")

        monkeypatch.setattr(robustness, "extract", refuse)
        crlf = Change("spaces", lambda text, _: _replaced(text, "said", "said"))
        (found,) = differences(corpus, changes=(crlf,))
        assert found.different == ()


def test_nothing_to_read_is_nothing_found() -> None:
    assert scoring.extract_row(" \n") == {"attributions": [], "claims": []}
