"""Articles that are one text: the same file twice, an agency's copy in two papers, a revision.

Near duplicates are looked for by MinHash (Broder 1997) over rows of three words and judged by all
such rows. Nothing is taken out: whoever counts statements decides what a copy counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from newsmine.types import Article, ZoneKind

ClusterKind = Literal["same", "wire copy", "revised"]

SHARED = 0.6
"""Share of the shorter text's rows of words that the longer one has too. An agency's copy is often
cut from the end, so that what the longer one has more says nothing."""

LIKE = 0.3
"""Likeness (Jaccard) from which two texts are compared in full."""

ROW = 3
"""Words in a row; longer rows miss copies that were scanned."""

FEWEST_ROWS = 20
"""Rows of words in the shortest text that is compared; brief ones are alike by chance."""

_PERMUTATIONS = 128
_SEED = 1
_WORD = re.compile(r"\w+")
_STORY: frozenset[ZoneKind] = frozenset(("lead", "body", "subhead", "standfirst"))


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that are one text, in the order of publication, then as given.

    Attributes:
        kind: ``same``, word for word and not of two outlets; ``wire copy``, of two outlets or more,
            changed or not; ``revised``, of one outlet (or unknown ones), changed.
        articles: Their ids.
        paths: Where each was read.
        shared: The smallest share of words in rows that two linked members have in common, 0 to 1.
    """

    kind: ClusterKind
    articles: tuple[str, ...]
    paths: tuple[str, ...]
    shared: float


def find_duplicates(articles: Iterable[Article]) -> list[Cluster]:
    """The clusters among articles, by the first article of each.

    Args:
        articles: They are gone through once; of each its rows of words are kept.
    """
    members = [_Member.of(article) for article in articles]
    links = list(_links(members))
    return [_cluster(group, members, links) for group in _groups(len(members), links)]


@dataclass(frozen=True, slots=True)
class _Member:
    id: str
    path: str
    outlet: str | None
    published: str | None
    rows: frozenset[int]

    @classmethod
    def of(cls, article: Article) -> _Member:
        rows = rows_of(story_of(article))
        return cls(article.id, article.path, article.outlet, article.published, rows)


def story_of(article: Article) -> str:
    """The text of an article without its head and the page's furniture; all where that is all."""
    parts = [article.text[slice(*z.span)] for z in article.zones if z.kind in _STORY]
    return "\n".join(parts) or article.text


def rows_of(story: str) -> frozenset[int]:
    """Hashes of all ``ROW`` words in a row."""
    from zlib import crc32

    words = [word.encode("utf-8", "surrogatepass") for word in _WORD.findall(story.casefold())]
    last = len(words) - ROW + 1
    return frozenset(crc32(b" ".join(words[at : at + ROW])) for at in range(last))


@dataclass(frozen=True, slots=True)
class _Link:
    a: int
    b: int
    shared: float
    equal: bool


def _links(members: Sequence[_Member]) -> Iterator[_Link]:
    """The pairs that are one text; each article is compared with those before it."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=LIKE, num_perm=_PERMUTATIONS)
    for i, member in enumerate(members):
        if len(member.rows) < FEWEST_ROWS:
            continue
        sketch = MinHash(num_perm=_PERMUTATIONS, seed=_SEED, hashfunc=int)
        sketch.update_batch(sorted(member.rows))
        for j in sorted(index.query(sketch)):
            link = _link(j, i, members[j].rows, member.rows)
            if link.shared >= SHARED:
                yield link
        index.insert(i, sketch)


def _link(i: int, j: int, a: frozenset[int], b: frozenset[int]) -> _Link:
    return _Link(i, j, len(a & b) / min(len(a), len(b)), a == b)


def _groups(count: int, links: Iterable[_Link]) -> list[list[int]]:
    """The articles that links lead to from each other, two or more."""
    leader = list(range(count))

    def first(i: int) -> int:
        while leader[i] != i:
            i = leader[i]
        return i

    for link in links:
        a, b = sorted((first(link.a), first(link.b)))
        leader[b] = a
    groups: dict[int, list[int]] = {}
    for i in range(count):
        groups.setdefault(first(i), []).append(i)
    return [group for group in groups.values() if len(group) > 1]


def _cluster(group: Sequence[int], members: Sequence[_Member], links: Sequence[_Link]) -> Cluster:
    inside = [link for link in links if link.a in group]
    ordered = sorted(group, key=lambda i: (members[i].published or "9", i))
    outlets = {members[i].outlet for i in group} - {None}
    return Cluster(
        kind=kind_of(len(outlets), all(link.equal for link in inside)),
        articles=tuple(members[i].id for i in ordered),
        paths=tuple(members[i].path for i in ordered),
        shared=min(link.shared for link in inside),
    )


def kind_of(outlets: int, equal: bool) -> ClusterKind:
    """What articles of so many outlets are to each other, all equal or not."""
    return "wire copy" if outlets > 1 else "same" if equal else "revised"
