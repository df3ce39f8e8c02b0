"""An index of three small articles, in a file and on a server.

A test that asks for ``index`` or ``path`` runs twice: once with a file, once with the address of a
PostgreSQL index as its path. What is about a file says so with ``in_a_file``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest

from newsmine.index import Index, create_index, migrations
from newsmine.types import Byline, Claim, Extraction
from tests.factories import make_extraction, make_speaker, span_of
from tests.servers import HOW_TO_INSTALL, Server, programs, server

LANTERN = (
    "Hearthlight counted 1,200 reports, up 20 per cent.\n\n"
    "“Nobody counts the rest,” said Ann Lee, head of policy at the Hearthlight trust.\n\n"
    "The Office for Calm said that verification was “a duty of care”."
)
COURIER = "“Reporting is a duty,” said Bo Lee of Hearthlight. “We verify,” said a mother."
TIMES = "Café Metal, a maker of phones, said it would appeal."


def lantern() -> Extraction:
    claims = (
        Claim("c1", span_of(LANTERN, "1,200"), "count", Fraction(1200), counted="reports"),
        Claim(
            "c2",
            span_of(LANTERN, "20 per cent"),
            "change_relative",
            Fraction(20),
            Fraction(39, 2),
            Fraction(41, 2),
            direction="up",
            counted="reports of abuse",
            attribution="a1",
            speaker=make_speaker("Ann Lee", organisation="Hearthlight"),
        ),
    )
    return make_extraction(
        LANTERN,
        path="a/lantern.txt",
        outlet="The Daily Lantern",
        published="2018-05-03",
        headline="Reports rise",
        bylines=(Byline("Jo Penn", "Home Editor"), Byline("Al Boo")),
        quotes=[
            (
                "“Nobody counts the rest,”",
                make_speaker("Ann Lee", role="head of policy", organisation="Hearthlight"),
            ),
            (
                "verification was “a duty of care”",
                make_speaker("the Office for Calm", type="organisation"),
            ),
        ],
        claims=claims,
    )


def courier() -> Extraction:
    return make_extraction(
        COURIER,
        path="a/courier.txt",
        outlet="Courier",
        published="2019",
        quotes=[
            ("“Reporting is a duty,”", make_speaker("Bo Lee", organisation="Hearthlight")),
            ("“We verify,”", make_speaker(None, type="anonymous", candidates=("Di", "Flo"))),
        ],
    )


def times() -> Extraction:
    speaker = make_speaker("Café Metal", type="organisation", organisation="Café Metal")
    return make_extraction(
        TIMES, path="b/times.txt", outlet="Sunday Times", quotes=[("it would appeal", speaker)]
    )


def make_older(path: Path, form: int) -> None:
    """An empty index as an earlier newsmine made it."""
    then = {n: file for n, file in migrations._migrations().items() if n <= form}
    connected = closing(sqlite3.connect(path, isolation_level=None))
    with connected as old, pytest.MonkeyPatch.context() as was:
        was.setattr(migrations, "_migrations", lambda: then)
        migrations.bring_up_to_date(old)


in_a_file = pytest.mark.parametrize("path", ["file"], indirect=True)
"""For a test that is about a file: how it is opened, locked, damaged, or read by other programs."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server; without its programs, the test is skipped with a word on how to install them."""
    found = programs()
    if found is None:
        pytest.skip(HOW_TO_INSTALL)
    pytest.importorskip("pg8000", reason="pip install 'newsmine[postgres]'")
    with server(found) as started:
        yield started


@pytest.fixture(params=["file", "server"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where an index is to be made."""
    if request.param == "file":
        return tmp_path / "news.db"
    running: Server = request.getfixturevalue("postgres")
    running.empty()
    return running.url()


@pytest.fixture
def index(path: Path | str) -> Iterator[Index]:
    with create_index(path) as opened:
        for extraction in (lantern(), courier(), times()):
            assert opened.add(extraction) == "added"
        yield opened
