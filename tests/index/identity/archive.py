"""An index of invented articles: who speaks in each, in a line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsmine.index import Index, create_index
from tests.factories import make_extraction, make_speaker


@dataclass(frozen=True)
class Said:
    """Somebody speaks in an article."""

    name: str
    role: str | None = None
    org: str | None = None
    type: str = "person"


def org(name: str) -> Said:
    return Said(name, None, name, "organisation")


def add(
    index: Index, ident: str, *said: Said, published: str = "2019-05-03", text: str = ""
) -> None:
    quotes = [f"“Word {n} of {ident}.”" for n in range(len(said))]
    body = "\n\n".join([text or f"Article {ident}.", *quotes])
    speakers = [make_speaker(s.name, role=s.role, organisation=s.org, type=s.type) for s in said]
    extraction = make_extraction(
        body,
        id=ident,
        path=f"{ident}.txt",
        published=published,
        outlet="Lantern",
        quotes=list(zip(quotes, speakers, strict=True)),
    )
    index.add(extraction)


def archive(path: Path, *articles: tuple[Said, ...]) -> Index:
    """An index with articles n1, n2, ..., refreshed."""
    index = create_index(path)
    for number, said in enumerate(articles, 1):
        add(index, f"n{number}", *said)
    index.identities.refresh()
    return index


def groups(index: Index) -> set[frozenset[str]]:
    """The names of each identity that has several; a partial name with its articles."""
    return {
        frozenset(
            part.name if part.articles is None else f"{part.name} @ {' '.join(part.articles)}"
            for part in one.parts
        )
        for one in index.identities.all()
    }


def questions(index: Index) -> set[frozenset[str]]:
    """The pairs of names that are asked about."""
    return {frozenset((q.one.name, q.other.name)) for q in index.identities.questions()}
