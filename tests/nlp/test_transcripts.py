"""Turns of interviews and hearings: the page says who speaks."""

from __future__ import annotations

import time

import pytest

from newsmine.nlp.transcripts import REASON, find_turns, with_turns
from newsmine.types import Attribution, Zone

INTERVIEW = """\
Ann Roe has run the Larch Trust for ten years. We met in May.

Bea Lund, The Evening Lamp: How many calls come now?

Ann Roe, chief executive, Larch Trust: Eighty a day. (Laughs.) Too many.

We need more hands.

Lund: And next year?

Roe: More.

The trust’s number is 0700 555 0100.
"""


def turns(text: str) -> list[tuple[str | None, list[str]]]:
    found = find_turns(text, zones=[Zone((0, len(text)), "body")])
    return [
        (turn.name and text[slice(*turn.name)], [text[slice(*s)] for s in turn.content])
        for turn in found
    ]


def test_an_interview() -> None:
    assert turns(INTERVIEW) == [
        ("Bea Lund", ["How many calls come now?"]),
        ("Ann Roe", ["Eighty a day. (Laughs.) Too many.", "We need more hands."]),
        ("Lund", ["And next year?"]),
        ("Roe", ["More."]),
    ]


def test_questions_are_the_papers_and_answers_the_one_persons_named() -> None:
    text = "Ann Roe came. Roe sat.\n\nQ: Is it late?\n\nA: It is.\n\nQ: Why?\n\nA: Ask Bob Doe."
    people = [(text.index(name), text.index(name) + len(name)) for name in ("Ann Roe", "Bob Doe")]
    roe = text.index("Roe sat")
    found = find_turns(text, zones=[Zone((0, len(text)), "body")], people=[*people, (roe, roe + 3)])
    assert [(t.name, text[slice(*t.content[0])]) for t in found] == [
        ((0, 7), "It is."),
        ((0, 7), "Ask Bob Doe."),
    ]


def test_answers_of_one_of_two_people_have_no_name() -> None:
    text = "Ann Roe and Bob Doe came.\n\nQ: Is it late?\n\nA: It is.\n\nQ: Why?"
    found = find_turns(text, zones=[Zone((0, len(text)), "body")], people=[(0, 7), (12, 19)])
    assert [turn.name for turn in found] == [None]


def test_turns_on_lines_of_one_paragraph() -> None:
    text = "ANN ROE: It is late.\nBOB DOE: Is it?\nANN ROE: Yes.\n"
    assert [name for name, _ in turns(text)] == ["ANN ROE", "BOB DOE", "ANN ROE"]


def test_voices_that_are_each_presented() -> None:
    text = (
        "Ann Roe, 34, teacher: Ban it.\n\nBob Doe, 61, retired: Leave it.\n\n"
        "Cy Poe (student): I forgot mine."
    )
    assert [name for name, _ in turns(text)] == ["Ann Roe", "Bob Doe", "Cy Poe"]


def test_a_hearing_with_posts_for_names() -> None:
    text = "The Clerk: Order.\n\nMr Doe: I rise.\n\nThe Clerk: Order, order."
    assert [name for name, _ in turns(text)] == ["The Clerk", "Mr Doe", "The Clerk"]


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Lund: And", "Lund And"),
        ("Lund: And", "Lnnd: And"),
        ("Lund: And", "Lund; And"),
        ("Ann Roe, chief executive, Larch", "Ann Roe, chief executive, Larch. Larch"),
        ("Ann Roe, chief executive, Larch Trust", "Ann Roe chief executive"),
    ],
)
def test_labels_that_scanning_has_damaged(printed: str, read: str) -> None:
    assert [len(content) for _, content in turns(INTERVIEW.replace(printed, read))] == [1, 2, 1, 1]


@pytest.mark.parametrize("told", ["Roe smiled: more hands.", "Roe did not laugh. May came."])
def test_a_paragraph_that_names_a_speaker_is_no_turn(told: str) -> None:
    text = INTERVIEW.replace("We need more hands.", told)
    assert [len(content) for _, content in turns(text)][1] == 2


NO_TRANSCRIPTS = [
    "Where: the hall.\n\nWhen: noon.\n\nPrice: £3.\n\nWhere: the barn.",
    "Ann Roe said: ‘It is late.’\n\nBob Doe added: ‘It is.’\n\nAnn Roe said: ‘Yes.’",
    "Ann Roe, of the trust, told us: ‘It is.’\n\nBob Doe, 61, said: ‘No.’\n\nCy Poe, 9, said: ‘I.’",
    "Ann Roe: a life\n\nThe book is out now.",
    "Verdict: good.\n\nPrice: £30.\n\nVerdict: bad.\n\nPrice: £40.",
    "He came at 10:30 and left.\n\nShe came at 11:15.",
    "Ann Roe: It is late.\n\nAnn Roe: It is very late.\n\nAnn Roe: It is over.",
    "",
]


@pytest.mark.parametrize("text", NO_TRANSCRIPTS)
def test_no_transcript(text: str) -> None:
    assert turns(text) == []


def test_other_zones_hold_no_turns() -> None:
    text = "Q: Is it late?\n\nA: It is.\n\nQ: Why?"
    assert find_turns(text, zones=[Zone((0, len(text)), "furniture")]) == ()


def _row(text: str, content: str, cue: str) -> Attribution:
    at, cue_at = text.index(content), text.index(cue)
    return Attribution(
        "", "indirect", ((at, at + len(content)),), cue=((cue_at, cue_at + len(cue)),)
    )


def rows(text: str, *found: Attribution) -> list[tuple[str, str]]:
    all_turns = find_turns(text, zones=[Zone((0, len(text)), "body")])
    return [(a.kind, text[slice(*a.content[0])]) for a in with_turns(found, all_turns)]


def test_a_turn_replaces_what_the_model_made_of_its_words() -> None:
    text = "Q: Is it late?\n\nA: It is. They knew.\n\nQ: Why?"
    assert rows(text, _row(text, "It is", ":")) == [("direct", "It is. They knew.")]


def test_what_a_speaker_reports_stays_beside_the_turn() -> None:
    text = "Q: Is it late?\n\nA: Ann Roe says it is not.\n\nQ: Why?"
    assert ("indirect", "it is not") in rows(text, _row(text, "it is not", "says"))


def test_turns_are_direct_with_a_source_and_a_reason() -> None:
    found = with_turns((), find_turns(INTERVIEW, zones=[Zone((0, len(INTERVIEW)), "body")]))
    assert [a.id for a in found] == ["a1", "a2", "a3", "a4"]
    assert {a.kind for a in found} == {"direct"}
    assert all(a.reasons == (REASON,) and a.source and not a.cue for a in found)


def test_without_turns_nothing_changes() -> None:
    row = Attribution("a7", "direct", ((0, 3),))
    assert with_turns([row], ()) == (row,)


def test_a_long_run_of_letters_is_no_longer_read_than_words_are() -> None:
    # a web address or a line whose blanks the scan lost, where a damaged label is looked for
    text = INTERVIEW.replace("We need more hands.", f"Roe {'abc' * 100} more")
    start = time.process_time()
    assert len(turns(text)) == 4
    assert time.process_time() - start < 2
