"""One content of the encoder's that is two: the quotation goes to the cue beside it."""

from __future__ import annotations

import pytest

from tests.nlp.test_attribution import rows


def contents(marked: str) -> list[tuple[list[str], list[str]]]:
    return [(source, content) for _, source, _, content in rows(marked)]


def test_a_cue_without_content_takes_the_quotation_out_of_anothers() -> None:
    # scanning has put a comma for the stop
    marked = "[S1:Jo Roe] [C1:said] [Q1:it was late, “We know,”] [S2:Al Doe] [C2:said]."
    assert contents(marked) == [(["Jo Roe"], ["it was late,"]), (["Al Doe"], ["“We know,”"])]


@pytest.mark.parametrize(
    "marked",
    [
        # no sentence begins with the mark
        "[S1:Jo Roe] [C1:said] [Q1:it was late, “far too late,”] [S2:Al Doe] [C2:said].",
        # foreign words between
        "[S1:Jo Roe] [C1:said] [Q1:it was late, “We know,”] as men whom [S2:Al Doe] [C2:led] sang.",
    ],
)
def test_what_stays_with_its_own_cue(marked: str) -> None:
    assert contents(marked)[0][0] == ["Jo Roe"]
    assert "it was late, “" in contents(marked)[0][1][0]


def test_a_content_begins_with_the_quotation_that_its_cue_follows() -> None:
    marked = "The shop was shut [Q1:for good, “We waited for hours,”] [S1:Al Doe] [C1:said]."
    assert contents(marked) == [(["Al Doe"], ["“We waited for hours,”"])]


def test_words_before_the_marks_stay_where_they_are_one_clause() -> None:
    marked = "[Q1:The shop was “gone for good,”] [S1:Al Doe] [C1:said]."
    assert contents(marked) == [(["Al Doe"], ["The shop was “gone for good,”"])]


def test_a_quotation_that_begins_a_sentence_is_a_content_of_its_own() -> None:
    # the encoder runs over the sentence's end
    marked = "[S:Jo Roe] [C:said] [Q:the shop was shut. “We waited for hours.”]"
    assert [c for _, c in contents(marked)] == [["the shop was shut."], ["“We waited for hours.”"]]


def test_a_sentence_of_the_reporters_before_a_quotation_is_not_its_speakers() -> None:
    marked = "[Q1:“We waited,”] [S1:Al Doe] [C1:said]. [Q2:“No,”] [S2:he] [C2:added]."
    between = marked.replace("[Q2:“No", "[Q2:The shop was shut.] [Q2:“No")
    assert contents(between)[1] == (["he"], ["“No,”"])


def test_reported_words_of_the_paragraph_before_do_not_join() -> None:
    marked = "It was [Q1:a blow for the pier’s owners].\n\n[Q1:“We waited,”] [S1:Al Doe] [C1:said]."
    assert contents(marked) == [(["Al Doe"], ["“We waited,”"])]
