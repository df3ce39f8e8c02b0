"""Reporters' clauses beside quotations that the encoder linked to nothing."""

from __future__ import annotations

import pytest

from newsmine.nlp.reporting import clause_after, clause_before
from tests.nlp.test_attribution import rows


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("“We know,” he said.", "he", "said"),
        ("“We know,” Al Doe told them.", "Al Doe", "told"),
        ("“We know!” said Mrs Doe.", "Mrs Doe", "said"),
        ("“We know,” she later added.", "she", "added"),
        ("‘We know,’ Doe sald.", "Doe", "sald"),
        ("‘We know.’ Doe sa id.", "Doe", "sa id"),
        ("“We know,” Doesaid on Monday.", "Doe", "said"),
    ],
)
def test_after(text: str, source: str, cue: str) -> None:
    end = max(text.rfind(mark) for mark in "”’") + 1
    clause = clause_after(text, end)
    assert clause is not None
    assert (text[slice(*clause.source)], text[slice(*clause.cue)]) == (source, cue)


@pytest.mark.parametrize(
    "text",
    [
        "“We know,” the crowd sang as Al Doe left.",  # no verb of saying
        "“We know,” he paid for the rest.",
        "It was a ‘lost town’ he said was gone.",  # the clause goes on
        "“We know.”\n\nHe said it was late.",  # the next paragraph
    ],
)
def test_nothing_after(text: str) -> None:
    end = max(text.rfind(mark) for mark in "”’") + 1
    assert clause_after(text, end) is None


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("Doe added: “We know.”", "Doe", "added"),
        ("It was late. Al Doe sald: “We know.”", "Al Doe", "sald"),
        ("Asked about the pier, he sa1d: “We know.”", "he", "sa1d"),
        ("A spokeswoman for the pier aid: “We know.”", "A spokeswoman for the pier", "aid"),
        ("Al Doe saId, “We know.”", "Al Doe", "saId"),
    ],
)
def test_before(text: str, source: str, cue: str) -> None:
    clause = clause_before(text, text.index("“"))
    assert clause is not None
    assert (text[slice(*clause.source)], text[slice(*clause.cue)]) == (source, cue)


@pytest.mark.parametrize(
    "text",
    [
        "“Late,” Al Doe said. “We know.”",  # of the quotation before
        "“Late,” Al Doe said.\n\n“We know.”",
        "The sign on the pier: “We know.”",
        "Al Doe went in, “We know.”",
    ],
)
def test_nothing_before(text: str) -> None:
    assert clause_before(text, text.rindex("“")) is None


def test_a_quotation_that_the_encoder_left_alone_takes_the_clause() -> None:
    marked = "[Q:“We know,”] Doe sald."
    assert rows(marked.replace("[Q:", "[Q9:")) == [("direct", ["Doe"], ["sald"], ["“We know,”"])]


def test_a_linked_quotation_keeps_its_cue() -> None:
    marked = "[S:Al Doe] [C:wrote]: [Q:“We know,”] she said, reading it out."
    assert rows(marked)[0][1:3] == (["Al Doe"], ["wrote"])


def test_a_clause_that_scanning_has_damaged_wins_over_a_farther_cue() -> None:
    # the encoder did not see it, and gave the quotation to the sentence before
    marked = "[S:Al Doe] [C:said] [Q:it was late]. [Q:“We know,”] Roe sald."
    assert [(source, content) for _, source, _, content in rows(marked)] == [
        (["Al Doe"], ["it was late"]),
        (["Roe"], ["“We know,”"]),
    ]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("And from the police, a plea: “Talk to them.”", "the police"),
        ("There was fury from Al Doe of the pier trust: “We know.”", "Al Doe of the pier trust"),
    ],
)
def test_from(text: str, source: str) -> None:
    clause = clause_before(text, text.index("“"))
    assert clause is not None
    assert text[slice(*clause.source)] == source


@pytest.mark.parametrize(
    "text", ["A tram from the pier, two stops: it is “free”.", "It came from the sea. “We know.”"]
)
def test_not_from(text: str) -> None:
    assert clause_before(text, text.index("“")) is None


def test_a_quotation_in_which_the_encoder_saw_nothing_takes_the_clause() -> None:
    assert rows("“We know it all,” said Al Doe. [S:She] [C:said] [Q:it was late].")[0] == (
        "direct",
        ["Al Doe"],
        ["said"],
        ["“We know it all,”"],
    )
    assert len(rows("The ‘lost town’ had gone. [S:She] [C:said] [Q:it was late].")) == 1


def test_a_cue_without_source_takes_whom_the_clause_names() -> None:
    assert rows("Roe [C:said]: [Q:“We know.”]")[0][1:3] == (["Roe"], ["said"])
    assert rows("And from the police, [C:a plea]: [Q:“Talk to them.”]")[0][1] == ["the police"]


def test_a_cue_with_a_source_keeps_it() -> None:
    assert rows("[S:Al Doe], Roe [C:said]: [Q:“We know.”]")[0][1] == ["Al Doe"]
