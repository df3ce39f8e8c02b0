"""The baseline's rules, on sentences parsed by hand."""

from __future__ import annotations

import pytest
from benchmarks.peers.gender_gap import gender_gap
from spacy.tokens import Doc
from spacy.vocab import Vocab

Row = tuple[str, str | None, str | None]


def rows(parse: str) -> list[Row]:
    """Rows of a text given as ``word/lemma/pos/dep/head`` a token, heads counted from 0."""
    columns = [token.split("/") for token in parse.split()]
    doc = Doc(
        Vocab(),
        words=[c[0] for c in columns],
        lemmas=[c[1] for c in columns],
        pos=[c[2] for c in columns],
        deps=[c[3] for c in columns],
        heads=[int(c[4]) for c in columns],
    )

    def text(span: tuple[int, int] | None) -> str | None:
        return doc.text[slice(*span)] if span else None

    return [(doc.text[slice(*q.content)], text(q.source), text(q.cue)) for q in gender_gap(doc)]


def test_a_clause_under_a_reporting_verb() -> None:
    parse = (
        "Ann/Ann/PROPN/nsubj/1 said/say/VERB/ROOT/1 it/it/PRON/nsubj/4 was/be/AUX/cop/4 "
        "late/late/ADJ/ccomp/1"
    )
    assert rows(parse) == [("it was late", "Ann", "said")]


def test_a_clause_before_its_verb() -> None:
    parse = (
        "It/it/PRON/nsubj/2 was/be/AUX/cop/2 late/late/ADJ/ROOT/2 ,/,/PUNCT/punct/5 "
        "Ann/Ann/PROPN/nsubj/5 said/say/VERB/parataxis/2"
    )
    assert rows(parse) == [("It was late", "Ann", "said")]


def test_a_clause_under_another_verb_is_none() -> None:
    parse = (
        "Ann/Ann/PROPN/nsubj/1 hid/hide/VERB/ROOT/1 that/that/SCONJ/mark/5 it/it/PRON/nsubj/5 "
        "was/be/AUX/cop/5 late/late/ADJ/ccomp/1"
    )
    assert rows(parse) == []


def test_according_to() -> None:
    parse = (
        "It/it/PRON/nsubj/2 was/be/AUX/cop/2 late/late/ADJ/ROOT/2 according/accord/VERB/case/5 "
        "to/to/ADP/fixed/3 Ann/Ann/PROPN/obl/2"
    )
    ((content, source, cue),) = rows(parse)
    assert (content.strip(), source, cue) == ("It was late", "Ann", "according to")


@pytest.mark.parametrize(("gap", "found"), [(1, 2), (7, 1)])
def test_a_quoted_sentence_goes_on_the_speaker_for_five_sentences(gap: int, found: int) -> None:
    said = (
        "Ann/Ann/PROPN/nsubj/1 said/say/VERB/ROOT/1 it/it/PRON/nsubj/4 was/be/AUX/cop/4 "
        "late/late/ADJ/ccomp/1"
    )
    tokens = said.split()
    for _ in range(gap - 1):
        at = len(tokens)
        tokens += f"Rain/rain/NOUN/nsubj/{at + 1} fell/fall/VERB/ROOT/{at + 1}".split()
    at = len(tokens)
    tokens += (
        f"“/“/PUNCT/punct/{at + 3} We/we/PRON/nsubj/{at + 3} all/all/ADV/advmod/{at + 3} "
        f"waited/wait/VERB/ROOT/{at + 3} ”/”/PUNCT/punct/{at + 3}"
    ).split()
    assert len(rows(" ".join(tokens))) == found
