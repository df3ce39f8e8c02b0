"""The file over the years: older forms, many readers, damage, no room; content is never lost."""

from __future__ import annotations

import contextlib
import random
import re
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from newsmine.errors import IndexFileError, QueryError
from newsmine.index import Index, create_index, migrations, open_index
from tests.factories import QUOTE, make_extraction, make_speaker
from tests.index.conftest import courier, lantern, times
from tests.index.test_files import _environment
from tests.index.test_store import HOSTILE, assert_sound, contents


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file: what is asked here is about one."""
    return tmp_path / "news.db"


def older(path: Path, form: int) -> Path:
    """The same content in an earlier form: as many columns as its tables had."""
    target = path.with_name(f"form-{form}.db")
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        for number, file in migrations._migrations().items():
            if number <= form:
                migrations._apply(connection, number, file)
        connection.execute("ATTACH ? AS now", (str(path),))
        for table in ("outlets", "articles", "bylines", "speakers", "organisations"):
            _copy(connection, table)
        for table in ("attributions", "claims", "mentions", "checks"):
            _copy(connection, table)
    return target


def _copy(connection: sqlite3.Connection, table: str) -> None:
    info = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    names = ", ".join(row[0] for row in info)
    connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM now.{table}")


FORMS = range(1, migrations.LATEST)


def told(path: Path) -> list[object]:
    """All but topics, for which articles of older forms are scored when somebody asks for it."""
    with open_index(path) as index:
        return [
            [index.article(one.id).extraction for one in index.articles()],
            *(
                [row | {"topics": None} for row in rows]
                for rows in (index.iter_quotes(), index.iter_claims(), index.search("duty").rows)
            ),
        ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("opener", [open_index, create_index])
def test_an_older_form_is_brought_up_with_its_content(
    index: Index, path: Path, form: int, opener: object
) -> None:
    index.close()
    old = older(path, form)
    assert sqlite3.connect(old).execute("PRAGMA user_version").fetchone() == (form,)
    opener(old).close()  # type: ignore[operator]
    assert told(old) == told(path)
    assert_sound(old)
    with create_index(old) as opened:
        assert opened.info().form == migrations.LATEST
        assert opened.add(lantern()) == "unchanged"
        assert opened.remove(times().article.id)
        assert opened.add(times()) == "added"
    assert_sound(old)


@pytest.mark.parametrize("form", FORMS)
def test_a_migration_that_fails_leaves_the_old_form_and_its_content(
    index: Index, path: Path, form: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    index.close()
    old = older(path, form)
    before = contents(old)
    broken = tmp_path / "broken.sql"
    broken.write_text("CREATE TABLE half_made (id);\nDELETE FROM articles;\nCREATE TABEL oops;\n")
    whole = migrations._migrations()
    monkeypatch.setattr(migrations, "_migrations", lambda: whole | {form + 1: broken})
    for opener in (open_index, create_index):
        with pytest.raises(IndexFileError):
            opener(old)
        assert contents(old) == before
    monkeypatch.undo()
    assert told(old) == told(path)


def test_several_readers_while_articles_are_added(path: Path) -> None:
    """Each of them always sees whole articles: as many quotes as articles, and never fewer."""
    quote = [(QUOTE, make_speaker())]
    done = threading.Event()
    problems: list[object] = []
    seen: list[int] = []

    def read() -> None:
        last = 0
        try:
            while not done.is_set():
                with open_index(path) as reader:
                    rows = list(reader.iter_quotes())
                    articles = {row["article"] for row in rows}
                    assert len(articles) == len(rows) >= last
                    last = len(rows)
            seen.append(last)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shall say so
            problems.append(error)

    with create_index(path) as writer:
        readers = [threading.Thread(target=read) for _ in range(4)]
        for reader in readers:
            reader.start()
        for number in range(120):
            writer.add(
                make_extraction(f"{QUOTE} said Ann Lee. {number}", quotes=quote, path=f"{number}")
            )
        done.set()
        for reader in readers:
            reader.join()
    assert problems == []
    assert max(seen) > 0
    assert_sound(path)


def use(path: Path) -> None:
    """Read all that there is, by every way."""
    with open_index(path) as index:
        for entry in index.articles():
            index.article(entry.id)
        list(index.iter_quotes())
        list(index.iter_claims())
        list(index.iter_checks())
        index.info()
        assert index.search("duty").rows is not None


def test_cut_off_anywhere(index: Index, path: Path) -> None:
    """A copy that stopped half-way is told in one line, wherever it stopped."""
    index.close()
    data = path.read_bytes()
    told_of = 0
    for size in range(0, len(data) - 1, len(data) // 23):
        path.write_bytes(data[:size])
        with pytest.raises(IndexFileError) as caught:
            use(path)
        assert re.search("is damaged|no newsmine index", caught.value.reason), size
        assert "\n" not in str(caught.value)
        told_of += 1
    assert told_of > 20
    path.write_bytes(data)
    use(path)


def test_damaged_anywhere(index: Index, path: Path) -> None:
    """Some bytes of a page are others: it is read, or the damage is told in one line."""
    index.close()
    data, chance, told_of = path.read_bytes(), random.Random(7), list[str]()
    for _ in range(120):
        at = chance.randrange(100, len(data) - 200)
        path.write_bytes(data[:at] + chance.randbytes(200) + data[at + 200 :])
        try:
            use(path)
        except IndexFileError as error:
            told_of.append(str(error))
    assert len(told_of) > 5
    assert not any("\n" in line for line in told_of)


NO_ROOM = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from newsmine.errors import IndexFileError
from newsmine.index import create_index
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    create_index(sys.argv[1])
except IndexFileError as error:
    print(error)
"""


@pytest.mark.parametrize("room", [0, 4096, 40_000])
def test_no_room_for_a_new_index(path: Path, room: int) -> None:
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", NO_ROOM, str(path), str(room)],
        capture_output=True, text=True, env=_environment(), check=True,
    )  # fmt: skip
    assert re.search("disk|room", done.stdout), done.stdout
    assert len(done.stdout.splitlines()) == 1
    with create_index(path) as index:
        assert index.add(lantern()) == "added"


def test_no_room_while_an_older_form_is_brought_up(index: Index, path: Path) -> None:
    index.close()
    old = older(path, 1)
    before = contents(old)
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(sqlite3.OperationalError, match="full"):
            migrations.bring_up_to_date(connection)
    assert contents(old) == before
    assert told(old) == told(path)


def test_what_is_typed_is_never_sql(index: Index, path: Path) -> None:
    before = contents(path)
    for text in HOSTILE[:-2]:
        for ask in (
            lambda text: list(index.search(text).rows),
            lambda text: list(index.search(f'org:"{text}"').rows),
            lambda text: list(index.iter_quotes(org=text, speaker=text, outlet=text, text=text)),
            lambda text: list(index.iter_claims(counted=text, form=text)),
            lambda text: list(index.who(text, by=["org"])),
            lambda text: index.profile(text),
            lambda text: index.article(text),
            lambda text: index.has(path=text, sha256=text, model=text),
            lambda text: index.remove(text),
        ):
            with contextlib.suppress(QueryError):
                ask(text)
    assert contents(path) == before
    assert_sound(path)


def test_tables_and_views_open_in_any_sqlite_tool(index: Index, path: Path) -> None:
    """As Datasette shows them: plain names, no function of ours, every view read to its end."""
    index.close()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as plain:
        views = [
            row[0] for row in plain.execute("SELECT name FROM sqlite_master WHERE type='view'")
        ]
        assert {"quotes", "figures"} <= set(views)
        for view in views:
            cursor = plain.execute(f"SELECT * FROM {view}")
            names = [column[0] for column in cursor.description]
            assert all(re.fullmatch("[a-z][a-z0-9_]*", name) for name in (view, *names))
            assert len(set(names)) == len(names)
            cursor.fetchall()
        said = "SELECT quote, speaker, organisation, outlet, published FROM quotes ORDER BY id"
        assert plain.execute(said).fetchone() == (
            *("“Nobody counts the rest,”", "Ann Lee", "Hearthlight"),
            *("The Daily Lantern", "2018-05-03"),
        )


def test_two_processes_that_add_at_once(path: Path) -> None:
    """One waits for the other: all is there, each article once."""
    script = """
import sys
from newsmine.index import create_index
from tests.factories import make_extraction
with create_index(sys.argv[1]) as index:
    for number in range(60):
        index.add(make_extraction(f"Text {number}.", path=f"{number}.txt"))
"""
    command = [sys.executable, "-c", script, str(path)]
    both = [subprocess.Popen(command, env=_environment()) for _ in range(2)]
    assert [one.wait() for one in both] == [0, 0]
    with open_index(path) as index:
        assert index.info().articles == 60
    assert_sound(path)
    assert courier().article.id not in {one.id for one in open_index(path).articles()}
