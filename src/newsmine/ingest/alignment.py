"""Text that remembers where each of its characters came from.

Cleaning steps say what they change as replacements of the text before them; each pass is composed
with the passes before it as it is made, so nothing is ever found again by comparing texts.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from newsmine.types import Alignment, Edit, Span


@dataclass(frozen=True, slots=True)
class Replacement:
    """Put ``new`` in place of the characters from ``start`` to ``end`` (exclusive).

    An empty range inserts, an empty ``new`` deletes. ``rule`` names what decided it.
    """

    start: int
    end: int
    new: str
    rule: str


@dataclass(frozen=True, slots=True)
class AlignedText:
    """A text and its alignment to the raw text that it was made from."""

    text: str
    alignment: Alignment

    @classmethod
    def of(cls, raw: str) -> AlignedText:
        """The raw text itself, each character its own origin."""
        return cls(raw, identity(len(raw)))

    def replace(self, replacements: Iterable[Replacement]) -> AlignedText:
        """The text with the replacements made, still aligned to the raw text.

        Args:
            replacements: Changes to the current text, sorted and without overlap.

        Raises:
            ValueError: They overlap, are unsorted, or lie outside the text.
        """
        edits, pieces, at, length = [], [], 0, 0
        for change in replacements:
            if not at <= change.start <= change.end <= len(self.text):
                raise ValueError(f"replacement out of order or out of the text: {change}")
            pieces += [self.text[at : change.start], change.new]
            edits.append(_copy(at, change.start, length))
            length += change.start - at
            here = (change.start, change.end)
            edits.append(Edit((length, length + len(change.new)), here, change.rule))
            at, length = change.end, length + len(change.new)
        if not edits:
            return self
        edits.append(_copy(at, len(self.text), length))
        return AlignedText("".join([*pieces, self.text[at:]]), compose(self.alignment, edits))


def identity(length: int) -> Alignment:
    """The alignment of a text that was not changed."""
    return Alignment((Edit((0, length), (0, length)),) if length else ())


def _copy(start: int, end: int, to: int) -> Edit:
    return Edit((to, to + end - start), (start, end))


def compose(first: Alignment, second: Iterable[Edit]) -> Alignment:
    """From the newest text through the middle one to raw, in time linear in the edits.

    Args:
        first: Middle text to raw text.
        second: Newest text to middle text, covering both in order.
    """
    composer = _Composer(first.edits)
    for edit in second:
        composer.add(edit)
    composer.flush(None)
    return Alignment(tuple(composer.out))


@dataclass(slots=True)
class _Composer:
    """Walks both lists of edits once. ``at`` is the next edit of ``first`` not fully used."""

    first: tuple[Edit, ...]
    at: int = 0
    out: list[Edit] = field(default_factory=list)

    def add(self, edit: Edit) -> None:
        start, end = edit.raw
        self.flush(start)
        if edit.rule is None:
            self._copy(edit.clean[0], start, end)
        else:
            self._change(edit, start, end)

    def flush(self, position: int | None) -> None:
        """Pass on what earlier passes deleted before ``position`` of the middle text."""
        while self.at < len(self.first):
            edit = self.first[self.at]
            ahead = position is not None and edit.clean[0] > position
            if ahead or edit.clean[0] != edit.clean[1]:
                return
            here = self.out[-1].clean[1] if self.out else 0
            self._emit(Edit((here, here), edit.raw, edit.rule))
            self.at += 1

    def _parts(self, start: int, end: int) -> Iterator[tuple[Edit, Span]]:
        """The edits of ``first`` that made the middle text from ``start`` to ``end``, clipped."""
        while start < end:
            edit = self.first[self.at]
            stop = min(end, edit.clean[1])
            yield edit, (start, stop)
            if stop == edit.clean[1]:
                self.at += 1
            start = stop

    def _copy(self, to: int, start: int, end: int) -> None:
        for edit, (a, b) in self._parts(start, end):
            self._emit(Edit((to + a - start, to + b - start), _origin(edit, a, b), edit.rule))

    def _change(self, change: Edit, start: int, end: int) -> None:
        raw, rules = self._insertion_point(), []
        for edit, (a, b) in self._parts(start, end):
            origin = _origin(edit, a, b)
            # Only an origin that holds something widens the range; the first one that does sets it.
            if origin[0] < origin[1]:
                raw = (
                    origin if raw[0] == raw[1] else (min(raw[0], origin[0]), max(raw[1], origin[1]))
                )
            if edit.rule is not None and edit.rule not in rules:
                rules.append(edit.rule)
        rule = "+".join(dict.fromkeys([*rules, change.rule or ""])) if rules else change.rule
        self._emit(Edit(change.clean, raw, rule))

    def _insertion_point(self) -> Span:
        """The raw range of what is inserted: empty, unless it splits an earlier change."""
        here = self.out[-1].raw[1] if self.out else 0
        if self.at < len(self.first) and self.first[self.at].raw[0] < here:
            following = self.first[self.at]
            return following.raw if following.rule is not None else (here, here)
        return here, here

    def _emit(self, edit: Edit) -> None:
        if edit.clean[0] == edit.clean[1] and edit.raw[0] == edit.raw[1]:
            return
        if self.out and _continues(self.out[-1], edit):
            last = self.out.pop()
            edit = Edit((last.clean[0], edit.clean[1]), (last.raw[0], edit.raw[1]), edit.rule)
        self.out.append(edit)


def _origin(edit: Edit, start: int, end: int) -> Span:
    """The raw characters of a part of an edit; a change has no parts and gives all of them."""
    if edit.rule is not None:
        return edit.raw
    shift = edit.raw[0] - edit.clean[0]
    return start + shift, end + shift


def _continues(last: Edit, edit: Edit) -> bool:
    """Whether two edits are one: copies that touch, or deletions by one rule that touch."""
    touching = last.clean[1] == edit.clean[0] and last.raw[1] == edit.raw[0]
    if not touching or last.rule != edit.rule:
        return False
    deletions = last.clean[0] == last.clean[1] and edit.clean[0] == edit.clean[1]
    return edit.rule is None or deletions


def to_json(alignment: Alignment) -> str:
    """A compact form: a number copies so many characters, a list is a change.

    A list is ``[clean length, raw length, rule, raw gap]``, where the rule is a place in the list
    of rules (-1 for a copy) and the gap (left out where 0) leads from the raw end of the edit
    before to this one's raw start.
    """
    rules: dict[str, int] = {}
    rows: list[int | list[int]] = []
    raw_end = 0
    for edit in alignment.edits:
        clean, raw = edit.clean[1] - edit.clean[0], edit.raw[1] - edit.raw[0]
        gap, raw_end = edit.raw[0] - raw_end, edit.raw[1]
        if edit.rule is None and gap == 0:
            rows.append(clean)
            continue
        rule = -1 if edit.rule is None else rules.setdefault(edit.rule, len(rules))
        rows.append([clean, raw, rule, gap] if gap else [clean, raw, rule])
    return json.dumps({"rules": list(rules), "edits": rows}, separators=(",", ":"))


def from_json(text: str) -> Alignment:
    """The alignment that ``to_json`` wrote.

    Raises:
        ValueError: The text is something else.
    """
    try:
        record = json.loads(text)
        return Alignment(tuple(_edits(record["rules"], record["edits"])))
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError("not an alignment written by newsmine") from error


def _edits(rules: list[str], rows: list[int | list[int]]) -> Iterator[Edit]:
    clean = raw = 0
    for row in rows:
        width, length, rule, *gap = [row, row, -1] if isinstance(row, int) else row
        raw += gap[0] if gap else 0
        name = None if rule < 0 else rules[rule]
        yield Edit((clean, clean + width), (raw, raw + length), name)
        clean, raw = clean + width, raw + length
