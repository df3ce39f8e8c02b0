"""Roles, pointers and marks into attributions, on readings built by hand."""

from __future__ import annotations

import pytest

from newsmine.nlp.attribution import find_attributions
from newsmine.nlp.certainty import TURN
from newsmine.nlp.linking import LinkSettings
from newsmine.nlp.quotation_marks import find_quotations
from newsmine.nlp.words import paragraph_breaks, word_spans
from newsmine.types import Attribution
from tests.nlp.readings import reading_of, unmarked


def attributions(marked: str) -> tuple[str, tuple[Attribution, ...]]:
    text = unmarked(marked)
    found = find_attributions(
        text,
        reading_of(marked),
        find_quotations(text),
        breaks=paragraph_breaks(text, word_spans(text)),
        settings=LinkSettings(),
    )
    return text, found


def rows(marked: str) -> list[tuple[str, list[str], list[str], list[str]]]:
    text, found = attributions(marked)
    return [
        (
            a.kind,
            *([text[slice(*s)] for s in spans] for spans in (a.source, a.cue, a.content)),
        )
        for a in found
    ]


def test_direct() -> None:
    assert rows("[S:Ann Roe] [C:said]: [Q:“We need a law.”]") == [
        ("direct", ["Ann Roe"], ["said"], ["“We need a law.”"])
    ]


def test_indirect() -> None:
    assert rows("[S:Ann Roe] [C:said] that [Q:a law was needed].") == [
        ("indirect", ["Ann Roe"], ["said"], ["a law was needed"])
    ]


def test_mixed() -> None:
    assert rows("[S:It] [C:says] [Q:the site is like a ‘lost town’].") == [
        ("mixed", ["It"], ["says"], ["the site is like a ‘lost town’"])
    ]


def test_a_content_split_by_its_cue_is_one_attribution() -> None:
    marked = "[Q:“A law,”] [S:Ann Roe] [C:said], [Q:“is what we need.”]"
    assert rows(marked) == [("direct", ["Ann Roe"], ["said"], ["“A law,”", "“is what we need.”"])]


def test_two_cues_share_a_source() -> None:
    marked = (
        "[Q1:Sites are to blame], [S12:the Larch Trust] [C1:claimed], "
        "[C2:warning] that [Q2:it is late]."
    )
    assert [(source, cue, content) for _, source, cue, content in rows(marked)] == [
        (["the Larch Trust"], ["claimed"], ["Sites are to blame"]),
        (["the Larch Trust"], ["warning"], ["it is late"]),
    ]


def test_ends_are_moved_to_the_quotation_marks() -> None:
    # The model missed the opening mark and the last word.
    marked = "[S:Ann Roe] [C:said]: “[Q:We need a law now]. Today.”"
    assert rows(marked)[0][3] == ["“We need a law now. Today.”"]


def test_words_before_the_marks_stay_where_the_model_saw_content() -> None:
    marked = "[S:Ann Roe] [C:said] [Q:that “we need a law now.”]"
    assert rows(marked)[0] == ("mixed", ["Ann Roe"], ["said"], ["that “we need a law now.”"])


def test_the_next_sentence_in_marks_goes_on_a_quotation() -> None:
    marked = "[Q1:“We need a law,”] [S:Ann Roe] [C:said] on Monday. [Q:“We need it now.”]"
    marked = marked.replace("[Q:", "[Q9:")
    assert rows(marked) == [
        ("direct", ["Ann Roe"], ["said"], ["“We need a law,”", "“We need it now.”"])
    ]


def test_a_cue_that_no_content_asks_for_takes_the_quotation_beside_it() -> None:
    # The model gives both quotations to the question's cue.
    marked = "[Q1:“Why not?”] [S1:Jo Roe] [C1:asked]. [Q1:“It is late,”] [S2:Al Doe] [C2:said]."
    assert [(source, cue, content) for _, source, cue, content in rows(marked)] == [
        (["Jo Roe"], ["asked"], ["“Why not?”"]),
        (["Al Doe"], ["said"], ["“It is late,”"]),
    ]


@pytest.mark.parametrize(
    "marked",
    [
        # its cue would have none left
        "[Q1:“It is late,”] [S1:Jo Roe] [C1:said], [S2:a baker] whom they [C2:call] Jo.",
        # the cue is in the next sentence
        "[S1:Jo Roe] [C1:said]: [Q1:“It is.”] [Q1:“It is late.”] [C2:Decisions] came in May.",
        # foreign words between
        "[Q1:“It is,”] [S1:Jo Roe] [C1:said]. [Q1:“It is late,”] as a crowd outside [C2:sang].",
    ],
)
def test_another_cue_takes_none(marked: str) -> None:
    assert [cue for _, _, cue, _ in rows(marked)] == [["said"]]


def test_a_quotation_after_a_colon_belongs_to_the_paragraph_before() -> None:
    marked = "[S:Ann Roe] [C:observed] that [Q1:it was late]:\n\n[Q9:“Nobody asked us before.”]"
    assert rows(marked)[0][3] == ["it was late", "“Nobody asked us before.”"]


def test_a_quotation_after_another_sentence_stands_alone() -> None:
    marked = (
        "[Q1:“We need a law,”] [S:Ann Roe] [C:said]. The house was full by nine. "
        "[Q9:“We need it now.”]"
    )
    assert [content for *_, content in rows(marked)] == [
        ["“We need a law,”"],
        ["“We need it now.”"],
    ]


def test_a_quotation_in_the_next_paragraph_stands_alone() -> None:
    marked = "[Q1:“We need a law,”] [S:Ann Roe] [C:said].\n\n[Q9:“We need it now.”]"
    assert len(rows(marked)) == 2


def test_an_utterance_of_which_only_the_end_was_seen_is_whole() -> None:
    marked = "‘The [Q1:shops are late]. [Q:The clubs are later,’] [C:said] [S:Ann Roe]."
    assert rows(marked) == [
        ("direct", ["Ann Roe"], ["said"], ["‘The shops are late. The clubs are later,’"])
    ]


def test_a_clause_at_the_end_of_a_long_quotation_is_a_report_of_its_own() -> None:
    marked = (
        "[Q1:“We went to see him in the old town hall one day in May and it was raining hard when"
        " Bob Doe] [C2:said] [Q2:it was late.”] [S1:Ann Roe] [C1:said]."
    )
    assert [content for *_, content in rows(marked)][-1] == ["it was late.”"]


def test_the_reporters_next_sentence_is_cut_off() -> None:
    marked = "[S:Ann Roe] [C:said]: [Q:‘We need it.’ The Trust is asking for a law]."
    assert rows(marked)[0] == ("direct", ["Ann Roe"], ["said"], ["‘We need it.’"])


def test_a_stop_outside_the_marks_ends_a_sentence_too() -> None:
    # As British papers set it; the model went on into the reporter's sentence.
    marked = "[S:Ann Roe] [C:said] [Q:the site was “a lost town”. It has shops and a hall to let.]"
    assert rows(marked)[0][3] == ["the site was “a lost town”"]


def test_a_stop_of_an_abbreviation_inside_a_clause_ends_nothing() -> None:
    marked = "[S:Ann Roe] [C:said] [Q:the “lost town” of St. Ives was late]."
    assert rows(marked)[0][3] == ["the “lost town” of St. Ives was late"]


def test_reopened_paragraphs_are_one_quotation() -> None:
    marked = "[S:Ann Roe] [C:said]: [Q1:‘One thing.]\n\n[Q2:‘Another thing.]\n\n[Q3:‘A third.’]"
    assert rows(marked) == [
        ("direct", ["Ann Roe"], ["said"], ["‘One thing.", "‘Another thing.", "‘A third.’"])
    ]


def test_a_quotation_reopened_without_its_paragraph_is_one_quotation() -> None:
    marked = "[S:Ann Roe] [C:said]: [Q:“One thing here. “Another thing here.”]"
    assert rows(marked) == [
        ("direct", ["Ann Roe"], ["said"], ["“One thing here.", "“Another thing here.”"])
    ]


def test_a_far_content_does_not_join_anothers_cue() -> None:
    marked = (
        "[S:Ann Roe] [C:said] [Q:it was late]. The house stood in a long dark lane of old trees. "
        "[Q:Nobody knew the way]."
    )
    assert rows(marked)[0][3] == ["it was late"]


def test_a_long_quotation_that_nobody_tagged_is_kept_with_low_confidence() -> None:
    _, found = attributions("He sat down. “We have waited eleven years for any of this.”")
    assert [(a.kind, a.source, a.confidence < 0.5) for a in found] == [("direct", (), True)]


def test_a_reopened_quotation_without_a_cue_is_one_attribution() -> None:
    marked = (
        "[Q7:“We waited eleven years for this.]\n\n[Q8:“Nobody asked us once in all that time.]\n\n"
        "“And nobody wrote to any of us either.”\n\n[Q9:“A law is needed before the summer.”]"
    )
    assert [len(content) for *_, content in rows(marked)] == [3, 1]


def test_the_cue_in_a_chains_own_paragraph_is_the_chains() -> None:
    """Even where the first paragraph asks for one of the paragraph before."""
    marked = (
        "[Q1:“It was late,”] [S1:Bob Doe] [C1:said].\n\n[Q1:“We need a law.]\n\n"
        "[Q23:“We need it now,”] [S23:Ann Roe] [C2:said], [C3:adding] that [Q3:it was late]."
    )
    assert [(source, len(content)) for _, source, _, content in rows(marked)] == [
        (["Bob Doe"], 1),
        (["Ann Roe"], 2),
        (["Ann Roe"], 1),
    ]


def test_a_headlines_quotation_takes_no_cue_from_the_body() -> None:
    marked = "[Q:‘Late and dear’]\n\n[S:Ann Roe] [C:said] that [Q:it was late]."
    text = unmarked(marked)
    spans = word_spans(text)
    found = find_attributions(
        text,
        reading_of(marked),
        find_quotations(text),
        breaks=paragraph_breaks(text, spans),
        sections=[int(start < 15) for start, _ in spans],
        settings=LinkSettings(),
    )
    assert [[text[slice(*s)] for s in a.content] for a in found] == [["it was late"]]


def test_a_content_that_runs_from_the_headline_into_the_body_is_cut_there() -> None:
    marked = "[C:Wanted]: [Q:locks\n\nSchools need them], [S2:Ann Roe] [C2:said]."
    text = unmarked(marked)
    spans = word_spans(text)
    found = find_attributions(
        text,
        reading_of(marked),
        find_quotations(text),
        breaks=paragraph_breaks(text, spans),
        sections=[int(start < text.index("Schools")) for start, _ in spans],
        settings=LinkSettings(),
    )
    contents = [text[slice(*span)] for a in found for span in a.content]
    assert "locks" in contents
    assert not any("\n" in content for content in contents)


def test_a_scare_quote_is_no_quotation() -> None:
    assert rows("The so-called ‘dark web’ is large.") == []


def test_a_short_title_is_no_quotation() -> None:
    assert rows("She wrote “A Child of Our Time” in May.") == []


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "’", "“"])
def test_next_to_nothing(text: str) -> None:
    assert rows(text) == []


def test_ids_run_in_order_of_the_text() -> None:
    marked = "[S1:Ann Roe] [C1:said] [Q1:it was late]. [S2:Bob Doe] [C2:agreed] that [Q2:it was]."
    assert [a.id for a in attributions(marked)[1]] == ["a1", "a2"]


def test_a_quotation_whose_opening_mark_was_lost_is_direct() -> None:
    marked = "[S:Ann Roe] [C:said]: [Q:We need a law now.]” It was late."
    assert rows(marked)[0][0] == "direct"


def test_a_closing_mark_too_many_makes_no_quotation_of_a_clause() -> None:
    marked = "[S:Ann Roe] [C:said] [Q:that we need a law now].” It was late."
    assert rows(marked)[0][0] == "indirect"


def test_a_speck_within_a_quotation_does_not_end_it() -> None:
    marked = "[S:Ann Roe] [C:said]: [Q:‘We need a' law now, and we need it here.’]"
    assert rows(marked)[0][0] == "direct"


def test_a_speck_before_the_first_word_is_no_mark() -> None:
    marked = "[S:Ann Roe] [C:said] [Q:'the dam would hold]. “No,” they cried.\n\n“No.”\n\n“No.”"
    assert rows(marked)[0][::3] == ("indirect", ["the dam would hold"])


def test_an_elision_keeps_its_apostrophe() -> None:
    marked = "[S:Ann Roe] [C:said] [Q:’twas the dam that held]."
    assert rows(marked)[0][3] == ["’twas the dam that held"]


def contents_of(marked: str) -> list[list[str]]:
    return [content for *_, content in rows(marked)]


def test_question_and_answer_are_two_turns() -> None:
    marked = "[Q1:“Late,”] [S:Ann Roe] [C:said].\n\n[Q1:“Why?”]\n\n[Q1:“Because of the snow.”]"
    assert contents_of(marked) == [["“Late,”"], ["“Why?”"], ["“Because of the snow.”"]]
    assert attributions(marked)[1][1].reasons == (TURN,)


@pytest.mark.parametrize(
    "marked",
    [
        # nobody asks
        "[Q1:“Late,”] [S:Ann Roe] [C:said].\n\n[Q1:“It was the snow.”]",
        # the paragraph goes on a quotation left open
        "[S:Ann Roe] [C:asked]: [Q1:“Was it late?]\n\n[Q1:“It was the snow.”]",
        # in one paragraph a speaker can answer herself
        "[Q1:“Late?”] [S:Ann Roe] [C:said]. [Q1:“It was the snow.”]",
    ],
)
def test_one_speakers_quotations_stay_together(marked: str) -> None:
    assert len(contents_of(marked)) == 1


def test_an_utterance_of_which_only_the_beginning_was_seen_is_whole() -> None:
    marked = (
        "[S:Ann Roe] [C:said]: [Q:‘The shops are late.] The clubs are later.\n\n‘And the pier.’"
    )
    assert contents_of(marked)[0][0] == "‘The shops are late. The clubs are later."


def test_a_term_that_begins_a_longer_one_in_marks_is_not() -> None:
    marked = "[S:Ann Roe] [C:said] [Q:‘late] shops and later clubs on the old pier’ are fun."
    assert contents_of(marked)[0] == ["‘late"]
