"""Clean characters lead to the raw characters that made them, through any number of passes."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsmine.ingest.alignment import AlignedText, Replacement, from_json, to_json
from newsmine.types import Alignment, Edit


def raw_of(aligned: AlignedText, raw: str, start: int, end: int) -> str:
    return "".join(raw[a:b] for a, b in aligned.alignment.to_raw((start, end)))


def test_a_deletion_leaves_a_gap() -> None:
    clean = AlignedText.of("target- ing").replace([Replacement(6, 8, "", "hyphen join")])
    assert clean.text == "targeting"
    assert clean.alignment.to_raw((0, 9)) == ((0, 6), (8, 11))
    assert clean.alignment.to_clean((6, 8)) == ()
    assert clean.alignment.to_clean((0, 11)) == ((0, 9),)


def test_an_insertion_comes_from_nowhere() -> None:
    clean = AlignedText.of("ab").replace([Replacement(1, 1, "--", "inferred")])
    assert clean.text == "a--b"
    assert clean.alignment.to_raw((1, 3)) == ()
    assert clean.alignment.to_raw((0, 4)) == ((0, 2),)


def test_a_change_of_a_change_leads_to_the_first_raw_characters() -> None:
    once = AlignedText.of("a\r\n\r\nb").replace(
        [Replacement(1, 3, "\n", "line end"), Replacement(3, 5, "\n", "line end")]
    )
    twice = once.replace([Replacement(1, 3, " ", "line join")])
    assert twice.text == "a b"
    assert twice.alignment.to_raw((1, 2)) == ((1, 5),)
    assert [edit.rule for edit in twice.alignment.explain((1, 2))] == ["line end+line join"]


def test_a_copy_past_a_deletion_keeps_it() -> None:
    once = AlignedText.of("abcd").replace([Replacement(1, 2, "", "x")])
    twice = once.replace([Replacement(2, 3, "D", "y")])
    assert twice.text == "acD"
    assert twice.alignment.to_raw((0, 2)) == ((0, 1), (2, 3))
    assert [edit.raw for edit in twice.alignment.edits if edit.rule == "x"] == [(1, 2)]


@pytest.mark.parametrize(
    "changes",
    [
        [Replacement(2, 3, "", "x"), Replacement(0, 1, "", "x")],
        [Replacement(0, 2, "", "x"), Replacement(1, 3, "", "x")],
        [Replacement(2, 9, "", "x")],
    ],
)
def test_unsorted_overlapping_and_outlying_changes_are_refused(changes: list[Replacement]) -> None:
    with pytest.raises(ValueError, match="out of order or out of the text"):
        AlignedText.of("abc").replace(changes)


def test_reflowed_text_is_found_from_both_sides() -> None:
    moved = Alignment((Edit((0, 3), (5, 8)), Edit((3, 8), (0, 5))))
    assert moved.reflowed
    assert moved.to_raw((2, 4)) == ((7, 8), (0, 1))
    assert moved.to_clean((0, 2)) == ((3, 5),)
    assert moved.to_clean((6, 8)) == ((1, 3),)


def test_an_alignment_crosses_processes() -> None:
    alignment = AlignedText.of("a b").replace([Replacement(1, 2, "", "x")]).alignment
    assert pickle.loads(pickle.dumps(alignment)) == alignment


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"rules":[],"edits":[[1,1,0]]}', '{"rules":1}'])
def test_what_is_no_alignment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_json(text)


def test_json_is_compact() -> None:
    clean = AlignedText.of("target- ing").replace([Replacement(6, 8, "", "hyphen join")])
    assert to_json(clean.alignment) == '{"rules":["hyphen join"],"edits":[6,[0,2,0],3]}'


@st.composite
def passes(draw: st.DrawFn) -> tuple[str, AlignedText, list[int | None]]:
    """A raw text, what several passes of edits made of it, and each character's true origin.

    The origin is a raw place for a copied character, -1 for a changed and None for an inserted one.
    """
    raw = draw(st.text("abc \n", max_size=40))
    aligned, origins = AlignedText.of(raw), list[int | None](range(len(raw)))
    for _ in range(draw(st.integers(0, 4))):
        size = len(aligned.text)
        cuts = sorted(
            draw(st.lists(st.integers(0, size), max_size=8).map(lambda c: c[: len(c) & ~1]))
        )
        changes, kept, at = [], list[int | None](), 0
        for start, end in zip(cuts[::2], cuts[1::2], strict=True):
            new = draw(st.text("XY", max_size=3))
            changes.append(Replacement(start, end, new, draw(st.sampled_from("pqr"))))
            inferred = all(origin is None for origin in origins[start:end])
            kept += origins[at:start] + [None if inferred else -1] * len(new)
            at = end
        aligned, origins = aligned.replace(changes), kept + origins[at:]
    return raw, aligned, origins


@given(passes())
def test_copies_lead_back_and_insertions_nowhere(case: tuple[str, AlignedText, list]) -> None:
    raw, aligned, origins = case
    assert len(origins) == len(aligned.text)
    for place, origin in enumerate(origins):
        found = aligned.alignment.to_raw((place, place + 1))
        if origin is None:
            # An insertion that swallowed a deletion says what was deleted there.
            assert found == () or aligned.alignment.explain((place, place + 1))
        elif origin >= 0:
            assert found == ((origin, origin + 1),)
            assert raw[origin] == aligned.text[place]


@given(passes())
def test_edits_cover_both_texts_in_order(case: tuple[str, AlignedText, list]) -> None:
    raw, aligned, _ = case
    clean_at = 0
    for edit in aligned.alignment.edits:
        assert edit.clean[0] == clean_at
        clean_at = edit.clean[1]
    assert clean_at == len(aligned.text)
    covered = {i for edit in aligned.alignment.edits for i in range(*edit.raw)}
    assert covered == set(range(len(raw)))
    assert not aligned.alignment.reflowed


@given(passes(), st.integers(0, 60), st.integers(0, 60))
def test_going_to_raw_and_back_covers_the_span(
    case: tuple[str, AlignedText, list], a: int, b: int
) -> None:
    _, aligned, _ = case
    size = len(aligned.text)
    start, end = sorted((a % (size + 1), b % (size + 1)))
    back = {
        i
        for raw in aligned.alignment.to_raw((start, end))
        for clean in aligned.alignment.to_clean(raw)
        for i in range(*clean)
    }
    from_somewhere = {i for i in range(start, end) if aligned.alignment.to_raw((i, i + 1))}
    assert from_somewhere <= back


@given(passes())
def test_json_round_trip(case: tuple[str, AlignedText, list]) -> None:
    alignment = case[1].alignment
    assert from_json(to_json(alignment)) == alignment


@given(passes(), st.integers(0, 60), st.integers(0, 60))
def test_bisection_finds_what_a_scan_finds(
    case: tuple[str, AlignedText, list], a: int, b: int
) -> None:
    alignment = case[1].alignment
    span = (min(a, b), max(a, b))
    edits = alignment.edits
    scanned = [e for e in edits if max(e.clean[0], span[0]) < min(e.clean[1], span[1])]
    found = alignment.to_raw(span)
    wanted = {i for e in scanned if e.rule for i in range(*e.raw) if e.clean[0] < e.clean[1]}
    for edit in scanned:
        if edit.rule is None:
            first = max(edit.clean[0], span[0])
            shift = edit.raw[0] - edit.clean[0]
            wanted |= set(range(first + shift, min(edit.clean[1], span[1]) + shift))
    assert {i for s in found for i in range(*s)} == wanted
