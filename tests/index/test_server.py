"""A server's index: addresses, what goes wrong, several writers, and that words find the same."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsmine.errors import IndexFileError
from newsmine.index import create_index, migrations, open_index
from newsmine.index.postgres import Address, is_address
from newsmine.index.postgres import migrations as server_migrations
from newsmine.index.postgres.errors import explained
from newsmine.index.postgres.migrations import latest
from newsmine.index.postgres.statements import statement
from newsmine.index.postgres.words import Tokenizer, parse, plain_of, vector_of
from tests.factories import QUOTE, make_extraction, make_speaker
from tests.index.conftest import courier, lantern, times
from tests.index.test_files import _environment
from tests.index.test_store import ask, assert_sound, contents
from tests.servers import Server

DatabaseError = pytest.importorskip(
    "pg8000.exceptions", reason="the driver is missing: pip install 'newsmine[postgres]'"
).DatabaseError

# Addresses.


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PGHOST", "PGPORT", "PGUSER", "PGPASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("postgresql://jo@db.example/news", Address("jo", "db.example", 5432, "news")),
        ("postgres://jo@db.example:99/news", Address("jo", "db.example", 99, "news")),
        ("postgresql://jo@h/a%20b", Address("jo", "h", 5432, "a b")),
        ("postgresql://jo@/news?host=/run/pg", Address("jo", "/run/pg", 5432, "news")),
        ("postgresql://jo@h/news?schema=old", Address("jo", "h", 5432, "news", "old")),
        ("postgresql://jo@h/n?sslmode=require", Address("jo", "h", 5432, "n", ssl="require")),
        ("postgresql://jo@[::1]:99/news", Address("jo", "::1", 99, "news")),
        ("PostgreSQL://jo@h/news", Address("jo", "h", 5432, "news")),
    ],
)
def test_an_address(text: str, expected: Address) -> None:
    assert is_address(text)
    assert Address.of(text) == expected
    # As a command line's type makes it, with one slash of two.
    assert Address.of(Path(text)) == expected
    assert Address.of(str(expected)) == expected


def test_what_an_address_leaves_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGUSER", "kim")
    monkeypatch.setenv("PGPASSWORD", "hush")
    found = Address.of("postgresql:///news")
    assert (found.user, found.host, found.database) == ("kim", "localhost", "news")
    assert found.password == "hush"
    assert Address.of("postgresql:///news") == Address.of(Path("postgresql:///news"))


def test_a_file_of_passwords_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "pgpass"
    file.write_text("# mine\nh:5432:other:jo:no\n*:*:news:jo:hu\\:sh\n", encoding="utf-8")
    file.chmod(0o600)
    assert Address.of("postgresql://jo@h/news").password == "hu:sh"
    assert Address.of("postgresql://kim@h/news").password is None
    file.chmod(0o644)
    assert Address.of("postgresql://jo@h/news").password is None


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://jo:secret@h",
        "postgresql://jo:secret@h/",
        "postgresql://jo:secret@h/a/b",
        "postgresql://jo:secret@h:port/news",
        "postgresql://jo:secret@[h/news",
        "postgresql://jo:secret@h/news?host",
        "postgresql://jo:secret@h/news?colour=red",
        "postgresql://jo:secret@h/news?schema=a;b",
        "postgresql://jo:secret@h/news?schema=pg_a",
        "postgresql://jo:secret@h/news?sslmode=sometimes",
    ],
)
def test_what_is_no_address_is_told_without_the_password(text: str) -> None:
    with pytest.raises(IndexFileError) as caught:
        open_index(text)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("path", ["news.db", "/tmp/postgresql", "a/postgresql:b", "sqlite://a/b"])
def test_a_file_is_no_address(path: str) -> None:
    assert not is_address(path)


# What goes wrong.


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("53100", "has no room left on its disk"),
        ("53200", "has no memory left"),
        ("57P01", "is being stopped or started"),
        ("57014", "broke off a question"),
        ("08006", "lost the connection"),
        ("99999", "cannot be used (odd)"),
    ],
)
def test_what_a_server_reports(code: str, reason: str) -> None:
    with pytest.raises(IndexFileError) as caught, explained(Address("jo", "h", 5432, "news")):
        raise DatabaseError({"C": code, "M": "odd"})
    assert caught.value.reason == reason


def refused(url: str, reason: str, *, write: bool = True) -> None:
    with pytest.raises(IndexFileError, match=reason) as caught:
        (create_index if write else open_index)(url).close()
    told = str(caught.value)
    assert "\n" not in told
    assert "secret" not in told
    assert len(told) < 300


def test_no_server(tmp_path: Path) -> None:
    refused("postgresql://jo:secret@127.0.0.1:9/news", "cannot be reached")
    refused(f"postgresql://jo:secret@/news?host={tmp_path}", "cannot be reached", write=False)


def test_no_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pg8000.native", None)
    refused("postgresql://jo:secret@h/news", "needs a driver")


def test_no_database(postgres: Server) -> None:
    refused(postgres.url("missing"), "has no such database")


def test_no_such_user(postgres: Server) -> None:
    refused(postgres.url(user="nobody_at_all"), "refused that user")


def test_a_wrong_password(postgres: Server) -> None:
    """The server asks a user who comes by TCP for it."""
    postgres.sql("DROP ROLE IF EXISTS locked; CREATE ROLE locked LOGIN PASSWORD 'right'")
    settings = postgres.folder / "data" / "pg_hba.conf"
    before = settings.read_text(encoding="utf-8")
    try:
        settings.write_text(f"local all locked scram-sha-256\n{before}", encoding="utf-8")
        postgres.sql("SELECT pg_reload_conf()")
        url = f"postgresql://locked:secret@/index?host={postgres.folder}"
        _until(lambda: _reason(url) == "was refused: the password is wrong")
        assert _reason(url.replace("secret", "right")) != "was refused: the password is wrong"
    finally:
        settings.write_text(before, encoding="utf-8")
        postgres.sql("SELECT pg_reload_conf()")


def _reason(url: str) -> str:
    with pytest.raises(IndexFileError) as caught:
        open_index(url)
    assert "secret" not in str(caught.value)
    return caught.value.reason


def _until(holds: object) -> None:
    for _ in range(100):
        if holds():  # type: ignore[operator]
            return
        time.sleep(0.05)
    pytest.fail("not in five seconds")


@pytest.fixture
def url(postgres: Server) -> str:
    postgres.empty()
    address = postgres.url()
    create_index(address).close()
    return address


def test_nothing_there(postgres: Server) -> None:
    refused(postgres.url() + "&schema=empty", "holds no newsmine index", write=False)


def test_something_else_there(postgres: Server) -> None:
    postgres.sql(
        "CREATE SCHEMA IF NOT EXISTS alien; CREATE TABLE IF NOT EXISTS alien.newsmine (b INT)"
    )
    refused(postgres.url() + "&schema=alien", "has other tables")
    refused(postgres.url() + "&schema=alien", "has other tables", write=False)
    assert postgres.sql("SELECT count(*) FROM pg_tables WHERE schemaname = 'alien'") == [(1,)]


def test_two_indexes_in_one_database(url: str) -> None:
    with create_index(url) as one, create_index(f"{url}&schema=other") as other:
        for entry in other.articles():
            other.remove(entry.id)
        one.add(lantern())
        assert (one.info().articles, other.info().articles) == (1, 0)


def test_made_by_a_newer_newsmine(url: str, postgres: Server) -> None:
    postgres.sql("UPDATE newsmine.newsmine SET form = form + 1")
    try:
        refused(url, "was made by a newer newsmine")
        refused(url, "was made by a newer newsmine", write=False)
    finally:
        postgres.sql("UPDATE newsmine.newsmine SET form = form - 1")


def test_without_its_form(url: str, postgres: Server) -> None:
    postgres.sql("DELETE FROM newsmine.newsmine")
    try:
        refused(url, "is damaged")
        refused(url, "is damaged", write=False)
    finally:
        postgres.sql(f"INSERT INTO newsmine.newsmine (form) VALUES ({latest()})")


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_a_database_that_is_not_in_utf_8(postgres: Server, encoding: str) -> None:
    name = encoding.lower()
    postgres.sql(f"CREATE DATABASE {name} ENCODING '{encoding}' TEMPLATE template0", "postgres")
    refused(postgres.url(name), f"cannot hold every character .it is {encoding}.")
    refused(postgres.url(name), "cannot hold every character", write=False)


def test_made_by_an_older_newsmine(url: str, postgres: Server) -> None:
    postgres.sql("UPDATE newsmine.newsmine SET form = form - 1")
    try:
        refused(url, "was made by an older newsmine", write=False)
    finally:
        postgres.sql("UPDATE newsmine.newsmine SET form = form + 1")


def test_an_older_form_is_brought_up_with_its_content(
    postgres: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Whole or not at all: a migration that fails leaves the old form."""
    postgres.sql("DROP SCHEMA IF EXISTS aged CASCADE")
    address, known = postgres.url() + "&schema=aged", server_migrations._migrations()
    first = {number: file for number, file in known.items() if number == 8}
    with monkeypatch.context() as was:
        was.setattr(server_migrations, "_migrations", lambda: first)
        with create_index(address) as index:
            index.journal.record("note", {}, who="jo")
            assert index.info().form == 8
    broken = tmp_path / "broken.sql"
    broken.write_text("DROP TABLE journal CASCADE; CREATE TABEL oops ();")
    with monkeypatch.context() as was:
        was.setattr(server_migrations, "_migrations", lambda: first | {9: broken})
        refused(address, "cannot be used")
    with create_index(address) as index:
        assert index.info().form == latest()
        assert [entry.who for entry in index.journal.entries()] == ["jo"]
        assert index.add(lantern()) == "added"
        assert list(index.manifest.entries()) == []


def test_who_may_only_read(url: str, postgres: Server) -> None:
    postgres.sql(
        """DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'reader') THEN
            CREATE ROLE reader LOGIN;
        END IF; END $$;
        GRANT USAGE ON SCHEMA newsmine TO reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA newsmine TO reader"""
    )
    with create_index(url) as index:
        index.add(lantern())
    humble = postgres.url(user="reader")
    refused(humble, "may not be written by that user")
    with open_index(humble) as index:
        assert index.count("quotes", org="hearthlight") == 1
    refused(f"{humble}&schema=new", "may not be read or written by that user")


def test_who_may_add(url: str, postgres: Server) -> None:
    """The rights that the guide names are enough, for judgements as well."""
    postgres.sql(
        """DO $$ BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'adder') THEN
            CREATE ROLE adder LOGIN;
        END IF; END $$;
        GRANT USAGE ON SCHEMA newsmine TO adder;
        GRANT ALL ON ALL TABLES IN SCHEMA newsmine TO adder;
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA newsmine TO adder"""
    )
    with create_index(postgres.url(user="adder")) as index:
        assert index.add(lantern()) == "added"
        index.fix("lantern:a1", who="jo", role="chair")
        index.cluster()
        index.identities.refresh()
        assert index.remove(lantern().article.id)


def test_who_reads_does_not_write(url: str) -> None:
    with open_index(url) as reader:
        with pytest.raises(IndexFileError, match="was opened for reading"):
            reader.add(lantern())
        with pytest.raises(IndexFileError, match="may not be written"):
            reader._database.execute("DELETE FROM articles")


def test_a_closed_index_says_so(url: str) -> None:
    index = create_index(url)
    index.close()
    index.close()
    with pytest.raises(IndexFileError, match="is closed"):
        index.info()


def test_a_server_that_goes_away(url: str, postgres: Server) -> None:
    with create_index(url) as index:
        postgres.sql(_END)
        with pytest.raises(IndexFileError, match=r"lost the connection|is being stopped") as caught:
            index.add(lantern())
    assert "What is in it is whole" in str(caught.value)


def test_who_reads_goes_on_after_the_server_was_started_again(url: str, postgres: Server) -> None:
    with create_index(url) as index:
        index.add(lantern())
    with open_index(url) as index:
        assert index.count("quotes") == 2
        postgres.sql(_END)
        assert index.count("quotes") == 2
        assert len(list(index.articles())) == 1
        with pytest.raises(IndexFileError, match="was opened for reading"):
            index.add(lantern())
        index.close()
        with pytest.raises(IndexFileError, match="is closed"):
            index.count("quotes")


_END = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'newsmine'"""


def test_another_program_may_not_leave_words_out(url: str, postgres: Server) -> None:
    with pytest.raises(DatabaseError, match="to_be_worded"):
        postgres.sql("INSERT INTO newsmine.outlets (name) VALUES ('The Stray')")
    assert ask(url, "SELECT * FROM outlets") == []


def test_the_journal_refuses_changes(url: str, postgres: Server) -> None:
    with create_index(url) as index:
        entry = index.journal.record("note", {}, who="jo")
        for script in (
            "UPDATE newsmine.journal SET why = 'other'",
            "DELETE FROM newsmine.journal",
            "TRUNCATE newsmine.journal CASCADE",
            "INSERT INTO newsmine.journal (at, who, kind, subject, decision, undoes)"
            " VALUES ('t', 'x', 'undo', '{}', '{}', 99)",
        ):
            with pytest.raises(DatabaseError):
                postgres.sql(script)
        assert index.journal.entries() == (entry,)


def test_each_form_of_a_file_has_its_twin() -> None:
    """A migration of a file's index that is made needs one of a server's, of the same number."""
    assert latest() == migrations.LATEST


def test_the_views_are_those_of_a_file(url: str, tmp_path: Path) -> None:
    for view in ("quotes", "figures"):
        seen = []
        for place in (url, tmp_path / "news.db"):
            with create_index(place) as index:
                index.add(lantern())
                rows = list(index._database.rows(f"SELECT * FROM {view} ORDER BY id"))
            seen.append([list(zip(row.keys(), row, strict=True)) for row in rows])
        assert seen[0] == seen[1]
        assert len(seen[0]) == 2


# Several at once.

ADD = """
import sys
from newsmine.index import create_index
from tests.factories import QUOTE, make_extraction, make_speaker
with create_index(sys.argv[1]) as index:
    print("open", flush=True)
    for number in range(int(sys.argv[2]), int(sys.argv[3])):
        who = make_speaker(f"Ann Lee {number % 5}", organisation=f"Trust {number % 7}")
        text = f"{QUOTE} said she. {number}"
        index.add(make_extraction(
            text, path=f"{number}.txt", outlet=f"Paper {number % 3}", quotes=[(QUOTE, who)]
        ))
        print(number, flush=True)
"""


def adding(url: str, first: int, last: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", ADD, url, str(first), str(last)],
        stdout=subprocess.PIPE, text=True, env=_environment(),
    )  # fmt: skip


def test_two_processes_that_add_at_once(url: str) -> None:
    """The same articles and others, names that both make: all is there, each once."""
    both = [adding(url, 0, 20), adding(url, 10, 30)]
    assert [one.wait(timeout=120) for one in both] == [0, 0]
    with open_index(url) as index:
        info = index.info()
        counts = (info.articles, info.quotes, info.speakers, info.organisations, info.outlets)
        assert counts == (30, 30, 5, 7, 3)
        assert index.search("org:trust").total == 30
    assert_sound(url)


def test_two_may_make_the_same_index_at_once(postgres: Server) -> None:
    postgres.sql("DROP SCHEMA IF EXISTS twice CASCADE")
    address = postgres.url() + "&schema=twice"
    both = [adding(address, 0, 2), adding(address, 2, 4)]
    assert [one.wait(timeout=60) for one in both] == [0, 0]
    with open_index(address) as index:
        assert index.info().articles == 4


def test_of_two_writers_one_waits_or_says_so(url: str) -> None:
    with create_index(url) as first, create_index(url, wait=0.2) as second:
        with first._database.transaction():
            with pytest.raises(IndexFileError, match="written by another process"):
                second.add(times())
            # Who reads, goes on.
            with open_index(url) as reader:
                assert reader.count("quotes") == 0
        assert second.add(times()) == "added"
        assert first.add(times()) == "unchanged"


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_kill_9_while_adding(url: str) -> None:
    """At random moments: no article is half there, none that was reported is lost."""
    moments, reported = random.Random(8), -1
    for _ in range(6):
        process = adding(url, reported + 1, 100_000)
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        seen = [process.stdout.readline() for _ in range(moments.randrange(1, 6))]
        time.sleep(moments.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        lines = ("".join(seen) + process.communicate()[0]).splitlines()
        # The last line may be cut by the kill.
        reported += len([line for line in lines if line.isdigit()]) - 1
        with create_index(url) as index:
            rows = list(index.articles())
            assert len(rows) > reported, "an article that was reported as added is lost"
            assert all(row.quotes == 1 for row in rows)
            reported = len(rows) - 1
        assert_sound(url)
    assert reported > 5


def test_an_interruption_in_an_exchange_leaves_nothing(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection cannot be used any more, and says so; what was begun is undone."""
    with create_index(url) as index:
        index.add(courier())
        before = contents(url)
        execute = index._database._connection.execute_named

        def interrupted(*arguments: object) -> object:
            if "claims" in str(arguments[-1]):
                raise KeyboardInterrupt
            return execute(*arguments)

        monkeypatch.setattr(index._database._connection, "execute_named", interrupted)
        with pytest.raises(KeyboardInterrupt):
            index.add(lantern())
        with pytest.raises(IndexFileError, match="is closed"):
            index.info()
    assert contents(url) == before
    with create_index(url) as index:
        assert index.add(lantern()) == "added"


def test_several_readers_while_articles_are_added(url: str) -> None:
    done, problems = threading.Event(), list[object]()

    def read() -> None:
        last = 0
        try:
            while not done.is_set():
                with open_index(url) as reader:
                    rows = list(reader.iter_quotes())
                    assert len({row["article"] for row in rows}) == len(rows) >= last
                    last = len(rows)
        except Exception as error:  # noqa: BLE001 - whatever it is, the test shall say so
            problems.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    with create_index(url) as writer:
        for number in range(20):
            writer.add(
                make_extraction(f"{QUOTE} {number}", quotes=[(QUOTE, None)], path=f"{number}")
            )
    done.set()
    for reader in readers:
        reader.join()
    assert problems == []


# Rows one by one.


@pytest.fixture
def many(url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("newsmine.index.postgres.database._AT_ONCE", 4)
    with create_index(url) as index:
        for number in range(11):
            index.add(
                make_extraction(f"{QUOTE} {number}", path=f"{number:02}", quotes=[(QUOTE, None)])
            )
    return url


def test_a_stream_gives_all_and_others_may_be_asked_meanwhile(many: str) -> None:
    with open_index(many) as index:
        one, other = index.articles(), index.articles()
        paths = []
        for entry in one:
            paths.append(entry.path)
            assert index.count("quotes") == 11
            next(other, None)
        assert paths == [f"{number:02}" for number in range(11)]
        assert next(other, None) is None
        assert index.info().articles == 11


def test_a_stream_that_is_dropped_is_forgotten(many: str) -> None:
    with open_index(many) as index:
        for _ in range(3):
            rows = index.articles()
            next(rows)
            del rows
        index.info()
        assert index._database._streams == {}
        with create_index(many) as writer:
            assert writer.remove(next(writer.articles()).id)
        assert index.info().articles == 10


def test_a_stream_goes_on_while_the_same_index_is_written_to(many: str) -> None:
    with create_index(many) as index:
        seen = 0
        for entry in index.articles():
            seen += 1
            assert index.remove(entry.id)
        assert seen == 11
        assert index.info().articles == 0


# Words.

VOCABULARY = (
    *("duty", "Duty’s", "care", "cared", "caring", "of", "the", "a", "verify", "verification"),
    *(
        "Café",
        "CAFÉ",
        "cafe",
        "naïve",
        "O’Neil",
        "O'Neil",
        "co-operate",
        "10,000",
        "AT&T",
        "snake_case",
    ),
    *("ﬁre", "Straße", "strasse", "İstanbul", "日本語", "e\u0301lan", "élan", "x" * 700, "x" * 701),
)
LINES = (
    *("duty", "cafe", "verif*", "caf*", "care", '"duty of care"', '"of the"', '"the duty" cafe'),
    *("duty,cafe", "-duty", "-duty -cafe", 'near("duty care",0)', 'near("duty care",3)'),
    *('near("of the" cafe,2)', "near(care duty cafe)", '"o neil"', "o'neil", "co-operate"),
    *('"at t"', "o’neil"),
    *("10,000", "snake_case", "snake", "fire", "strasse", "straße", "istanbul", "日本語", "elan"),
    *("x" * 700, "x" * 701, "x" * 650 + "*", '"duty duty"', "naive,verify -care", "said:duty"),
    *("about:cafe", "about:verify -about:duty", 'about:"of the"', "org:cafe", 'org:"O Neil"'),
    *("speaker:elan", "org:=Café", '"duty of the" verif*', "verif*,caf*", '"of the",cafe -"the a"'),
    *("outlet:strasse", "outlet:=CAFÉ", "-org:cafe", "year:2019 duty", "verfication~", "dutv~"),
)  # fmt: skip


def texts() -> Iterator[str]:
    chance = random.Random(5)
    for number in range(120):
        words = chance.choices(
            VOCABULARY[:-2] if number % 9 else VOCABULARY, k=chance.randint(1, 14)
        )
        yield chance.choice([" ", " ", "\n", " - ", "…"]).join(words)


def fill(place: Path | str) -> None:
    chance = random.Random(6)
    with create_index(place) as index:
        for number, text in enumerate(texts()):
            who = chance.choice(VOCABULARY[:-2]), chance.choice(VOCABULARY[:-2])
            speaker = make_speaker(who[0], organisation=who[1])
            index.add(
                make_extraction(
                    f"{text} {number}", path=f"{number}.txt", published=f"20{number % 20 + 10}",
                    headline=" ".join(who), outlet=who[0], quotes=[(text, speaker)],
                )
            )  # fmt: skip


@pytest.fixture
def both(url: str, tmp_path: Path) -> Iterator[tuple[object, object]]:
    fill(url)
    fill(tmp_path / "news.db")
    with open_index(url) as server, open_index(tmp_path / "news.db") as file:
        yield server, file


def test_the_same_words_find_the_same(both: tuple[object, object]) -> None:
    found = 0
    for line in LINES:
        one, other = (index.search(line, limit=None) for index in both)  # type: ignore[attr-defined]
        assert [row["path"] for row in one.rows] == [row["path"] for row in other.rows], line
        assert one.total == other.total, line
        assert one.variants == other.variants, line
        for name in ("organisation", "speaker", "outlet", "year"):
            assert sorted(map(str, one.facets[name].counts)) == sorted(
                map(str, other.facets[name].counts)
            ), (line, name)
        found += one.total > 0
        if one.total and not line.startswith(("-", "org", "outlet", "speaker", "about")):
            assert list(one.marked()) == list(other.marked()), line
    assert found > len(LINES) * 2 / 3


def test_the_same_order_by_how_well_words_fit(both: tuple[object, object]) -> None:
    for line in ("duty", "duty,care", "verif*", '"of the"', "cafe care", "duty -care"):
        one, other = (index.search(line, sort="rank", limit=20) for index in both)  # type: ignore[attr-defined]
        assert [row["path"] for row in one.rows] == [row["path"] for row in other.rows], line


def test_a_long_article_is_found_by_what_stands_at_its_end(url: str) -> None:
    """A tsvector keeps no place beyond the 16,383rd, and 256 of one word."""
    filler = "the state of the world " * 5_000
    with create_index(url) as index:
        index.add(make_extraction(f"{filler} the duty of the crown", path="long.txt"))
        for line, hits in (('"duty of the crown"', 1), ('"duty of crown"', 0)):
            row = index._database.number(
                "SELECT count(*) FROM article_words WHERE article_words MATCH ?", (line,)
            )
            assert row == hits, line


def test_expressions_are_read_as_they_are_meant() -> None:
    words = Tokenizer()
    a, b, c = (parse(f'"{name}"', words, stems=True) for name in ("age", "check", "law"))
    assert parse('"age" AND "check" OR "law"', words, stems=True).parts[1] == c  # type: ignore[union-attr]
    inner = parse('("age" OR "check") AND ("law")', words, stems=True)
    assert inner.all  # type: ignore[union-attr]
    assert inner.parts[0].parts == (a, b)  # type: ignore[union-attr]
    near = parse('NEAR("duty of" "care", 5)', words, stems=True)
    assert ([p.words for p in near.phrases], near.between) == ([("duti", "of"), ("care",)], 5)  # type: ignore[union-attr]
    quoted = parse('"a "" b" *', words, stems=False)
    assert (quoted.words, quoted.prefix) == (("a", "b"), True)  # type: ignore[union-attr]


def test_no_row_of_words_is_too_much_for_a_server() -> None:
    many = [[f"word{number}" for number in range(200_000)]]
    assert 900_000 < len(vector_of(many).encode()) <= 1_000_000
    assert vector_of(many).endswith("'")
    assert plain_of([["a", "b"], [], ["c"]]) == " a b |  | c "


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("a NOT NULL AND b IS NOT NULL", "a IS NOT NULL AND b IS NOT NULL"),
        ("x ORDER BY a DESC, b DESC NULLS LAST", "x ORDER BY a DESC NULLS LAST, b DESC NULLS LAST"),
        ("t INDEXED BY t_i CROSS JOIN u ON TRUE", "t JOIN u ON TRUE"),
        ("ORDER BY a.b COLLATE NOCASE", "ORDER BY nocase(a.b)"),
        ("INSERT OR IGNORE INTO t (a)", "INSERT INTO t (a) ON CONFLICT DO NOTHING"),
        ("a IN ()", "a = ANY('{}')"),
    ],
)  # fmt: skip
def test_sql_is_said_in_the_servers_words(sql: str, said: str) -> None:
    assert "".join(map(str, statement(sql).pieces)) == said


# What is above the index.


def test_pages(url: str) -> None:
    web = pytest.importorskip("newsmine.web")
    from starlette.testclient import TestClient

    with create_index(url) as index:
        index.add(lantern())
    app = web.create_app(url.replace("postgres@", "postgres:secret@"), hosts=["testserver"])
    with TestClient(app) as client:
        for page in ("/", "/search?q=duty", "/organisations", "/article/" + lantern().article.id):
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert "secret@" not in answer.text
        assert lantern().article.id in client.get("/search?q=duty").text
        with create_index(url) as index:
            index.add(courier())
        # What was kept is of before.
        assert courier().article.id in client.get("/search?q=duty").text


@pytest.mark.parametrize("command", [["info"], ["search", "duty"], ["who", "duty"], ["status"]])
def test_commands(url: str, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    from newsmine.cli.app import app

    with create_index(url) as index:
        index.add(lantern())
    address = url.replace("postgres@", "postgres:secret@")
    app([command[0], address, *command[1:]], standalone_mode=False)
    out = capsys.readouterr()
    assert "secret" not in out.out + out.err
    assert {"info": "quotes", "search": "duty of care", "who": "Calm", "status": "articles"}[
        command[0]
    ] in out.out
