"""Files that are no index, or not now: each is refused with a remedy, and nothing is lost."""

from __future__ import annotations

import gc
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsmine.errors import IndexFileError
from newsmine.index import Index, create_index, migrations, open_index
from newsmine.index.migrations import APPLICATION_ID, LATEST, bring_up_to_date
from newsmine.index.rows import FIRST
from tests.factories import QUOTE, TEXT, make_extraction, make_speaker
from tests.index.conftest import courier, lantern, times
from tests.index.test_store import assert_sound, contents

ROOT = Path(__file__).parents[2]
OPENERS = [open_index, create_index]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file: what is asked here is about one."""
    return tmp_path / "news.db"


def refused(call: Callable[[], object], reason: str) -> None:
    with pytest.raises(IndexFileError) as caught:
        call()
    assert reason in caught.value.reason
    assert len(caught.value.remedy.split()) > 2
    assert "\n" not in str(caught.value)


def sql(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_missing(path: Path) -> None:
    refused(lambda: open_index(path), "is missing")
    assert not path.exists()


def test_missing_folder(tmp_path: Path) -> None:
    refused(lambda: create_index(tmp_path / "no" / "news.db"), "folder that is missing")


@pytest.mark.parametrize("opener", OPENERS)
def test_a_folder(tmp_path: Path, opener: Callable[[Path], Index]) -> None:
    refused(lambda: opener(tmp_path), "is a folder")


@pytest.mark.parametrize("opener", OPENERS)
def test_a_path_that_no_system_takes(tmp_path: Path, opener: Callable[[Path], Index]) -> None:
    refused(lambda: opener(tmp_path / ("x" * 5000)), "cannot be opened")
    refused(lambda: opener(tmp_path / "a\0b"), "cannot be opened")


@pytest.mark.parametrize("opener", OPENERS)
@pytest.mark.parametrize("size", [10, 5000])
def test_another_file_is_left_as_it_is(
    path: Path, opener: Callable[[Path], Index], size: int
) -> None:
    path.write_bytes(b"my thesis " * (size // 10))
    refused(lambda: opener(path), "is no newsmine index")
    assert path.read_bytes() == b"my thesis " * (size // 10)


@pytest.mark.parametrize("opener", OPENERS)
def test_another_programs_database_is_left_as_it_is(
    path: Path, opener: Callable[[Path], Index]
) -> None:
    sql(path, "CREATE TABLE bookmarks (url)")
    before = path.read_bytes()
    refused(lambda: opener(path), "is no newsmine index")
    assert path.read_bytes() == before


def test_an_empty_file_is_no_index_but_can_become_one(path: Path) -> None:
    path.touch()
    refused(lambda: open_index(path), "is no newsmine index")
    with create_index(path) as index:
        assert index.add(lantern()) == "added"


@pytest.mark.parametrize("opener", OPENERS)
def test_a_newer_form(index: Index, path: Path, opener: Callable[[Path], Index]) -> None:
    index.close()
    sql(path, f"PRAGMA user_version = {LATEST + 1}")
    before = path.read_bytes()
    refused(lambda: opener(path), "newer newsmine")
    assert path.read_bytes() == before


def test_odd_names(tmp_path: Path) -> None:
    for name in ("what?.db", "50%41.db", "a#b.db", "spa ce.db", "é.db"):
        with create_index(tmp_path / name) as index:
            index.add(lantern())
        assert (tmp_path / name).is_file()
        with open_index(str(tmp_path / name)) as index:
            assert index.info().articles == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "caf\udce9.db"
    with create_index(path) as index:
        index.add(lantern())
    assert path.is_file()


def test_a_damaged_file(index: Index, path: Path) -> None:
    index.close()
    data = path.read_bytes()
    path.write_bytes(data[:8192] + b"\xa5" * (len(data) - 8192))

    def use() -> None:
        with open_index(path) as opened:
            list(opened.iter_quotes())
            list(opened.iter_claims())
            list(opened.articles())

    refused(use, "is damaged")


def test_a_file_cut_off(index: Index, path: Path) -> None:
    index.close()
    path.write_bytes(path.read_bytes()[:12_288])

    def use() -> None:
        with open_index(path) as opened:
            list(opened.iter_quotes())

    refused(use, "is damaged")


def test_who_reads_does_not_write(index: Index, path: Path) -> None:
    with open_index(path) as reader:
        refused(lambda: reader.add(lantern()), "was opened for reading")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader._database._connection.execute("DELETE FROM articles")


def test_a_closed_index_says_so(index: Index) -> None:
    index.close()
    index.close()
    refused(index.info, "is closed")


def test_a_finished_index_is_one_file(index: Index, path: Path) -> None:
    index.close()
    assert [file.name for file in path.parent.iterdir()] == ["news.db"]
    assert path.read_bytes()[18:20] == b"\1\1", "WAL form: read-only media could not open it"


def test_readers_go_on_while_an_article_is_added(index: Index, path: Path) -> None:
    with open_index(path) as reader, index._database.transaction():
        index._database.execute("DELETE FROM articles")
        assert reader.count("quotes") == 5
    with open_index(path) as reader:
        assert reader.count("quotes") == 0


def test_a_reader_in_the_middle_of_a_finished_index_holds_a_writer_up(
    index: Index, path: Path
) -> None:
    # More than are read at once at first.
    for number in range(FIRST):
        text = f"“Nobody counts {number},” it said."
        index.add(make_extraction(text, path=f"{number}.txt", quotes=[(text[:-9], None)]))
    index.close()
    with open_index(path) as reader:
        rows = reader.iter_quotes()
        next(rows)
        refused(lambda: create_index(path, wait=0.1), "being read by another process")
        assert len(list(rows)) == FIRST + 4
        with create_index(path, wait=0.1) as writer:
            assert writer.remove(times().article.id)


def test_rows_left_untaken_end_quietly(
    index: Index, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when a table shows the first thirty: Python would print what fails there on stderr."""
    noise: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", noise.append)
    with open_index(path) as reader:
        rows = reader.iter_quotes()
        next(rows)
    del rows
    gc.collect()
    assert noise == []


def test_of_two_writers_one_waits_or_says_so(index: Index, path: Path) -> None:
    with create_index(path, wait=0.1) as second:
        with index._database.transaction():
            refused(lambda: second.add(times()), "written by another process")
        # The first is done: the second goes on.
        assert second.add(times()) == "unchanged"
        second.remove(times().article.id)
    assert index.add(times()) == "added"


def test_a_full_disk(index: Index, path: Path) -> None:
    before = contents(path)
    pages = index._database.number("PRAGMA page_count")
    index._database.number(f"PRAGMA max_page_count = {pages}")
    big = make_extraction("word " * 100_000, path="big.txt")
    refused(lambda: index.add(big), "disk is full")
    assert contents(path) == before
    index._database.number("PRAGMA max_page_count = 1000000")
    assert index.add(big) == "added"
    assert_sound(path)


def test_a_file_that_may_not_grow(path: Path) -> None:
    """As a quota would have it: the system itself refuses to write on."""
    pytest.importorskip("resource")
    script = f"""
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from newsmine.errors import IndexFileError
from newsmine.index import create_index
from tests.factories import make_extraction
index = create_index({str(path)!r})
index.add(make_extraction("Small."))
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
try:
    index.add(make_extraction("word " * 500_000, path="big.txt"))
except IndexFileError as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=_environment()
    )
    assert "What is in it is whole" in done.stdout, done.stderr
    with open_index(path) as index:
        assert index.info().articles == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_devices_are_no_index() -> None:
    for opener in OPENERS:
        refused(lambda opener=opener: opener("/dev/full"), "is a device")  # type: ignore[misc]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="there is no /proc here")
def test_a_folder_that_takes_no_files() -> None:
    refused(lambda: create_index("/proc/news.db"), "cannot be opened or made there")


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder for read-only tests, which all users can look into."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def _as_nobody(script: str) -> str:
    """Run a script as a user who may not write, even where the tests run as root."""
    # After the imports: that user perhaps may not even read the checkout.
    humbly = "import os\nif os.geteuid() == 0:\n    os.setresuid(65534, 65534, 65534)\n"
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS + humbly + script],
        capture_output=True,
        text=True,
        env=_environment(),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


def _lock(folder: Path) -> None:
    for file in folder.iterdir():
        file.chmod(0o444)
    folder.chmod(0o555)


IMPORTS = """
import newsmine.index.derived
from newsmine.errors import IndexFileError
from newsmine.index import create_index, open_index
"""
READ = """
try:
    with {opener}({path!r}) as index:
        print(index.count("quotes"))
except IndexFileError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_read_only_folder(shelf: Path) -> None:
    path = shelf / "news.db"
    with create_index(path) as index:
        index.add(lantern())
    _lock(shelf)
    assert _as_nobody(READ.format(opener="open_index", path=str(path))) == "2\n"
    assert "may not be written" in _as_nobody(READ.format(opener="create_index", path=str(path)))


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_read_only_folder_with_an_index_that_was_not_closed(shelf: Path) -> None:
    path = shelf / "news.db"
    with create_index(path) as index:
        index.add(lantern())
        index._database.row("PRAGMA wal_checkpoint(TRUNCATE)")
        data = path.read_bytes()
    path.write_bytes(data)
    assert data[18:20] == b"\2\2"
    _lock(shelf)
    assert _as_nobody(READ.format(opener="open_index", path=str(path))) == "2\n"


ADD = """
import sys
from newsmine.index import create_index
from tests.index.test_files import numbered
index = create_index(sys.argv[1])
print("open", flush=True)
for number in range(int(sys.argv[2]), 100_000):
    index.add(numbered(number))
    print(number, flush=True)
"""


def numbered(number: int) -> object:
    quotes = [(QUOTE, make_speaker(f"Ann Lee {number}", organisation=f"Trust {number % 7}"))]
    text = TEXT + "\n\n" + f"filler {number} " * 400
    return make_extraction(text, path=f"{number}.txt", outlet=f"Paper {number % 5}", quotes=quotes)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_kill_9_while_adding(path: Path) -> None:
    """Twenty times, at random moments: no article is half there, none that was reported is lost."""
    reported, moments = -1, random.Random(20)
    for _ in range(20):
        process = subprocess.Popen(
            [sys.executable, "-c", ADD, str(path), str(reported + 1)],
            stdout=subprocess.PIPE,
            text=True,
            env=_environment(),
        )
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        # However slow the machine is, some are added; the moment of the kill stays random.
        seen = [process.stdout.readline() for _ in range(moments.randrange(5))]
        time.sleep(moments.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        lines = ("".join(seen) + process.communicate()[0]).splitlines()
        whole = [int(line) for line in lines if line.isdigit()]
        # The last line may be cut by the kill: "12" of "123".
        done = len(whole) - 1
        reported = max(reported, reported + done)
        assert_sound(path)
        with open_index(path) as index:
            rows = list(index.articles())
            assert len(rows) >= reported + 1, "an article that was reported as added is lost"
            assert all(row.quotes == 1 for row in rows)
            assert index.info().articles == index.count("quotes")
    assert reported > 20, "nothing was added between the kills"


def test_migrations_are_numbered_and_the_last_one_is_ours() -> None:
    folder = ROOT / "src" / "newsmine" / "index" / "schema"
    *numbered, views = sorted(file.name for file in folder.glob("*.sql"))
    assert [int(name[:4]) for name in numbered] == list(range(1, LATEST + 1))
    assert views == "views.sql"


@pytest.mark.parametrize("form", range(1, LATEST))
def test_the_views_are_those_of_a_new_index_whatever_was_there(
    path: Path, monkeypatch: pytest.MonkeyPatch, form: int
) -> None:
    then = {n: file for n, file in migrations._migrations().items() if n <= form}
    with closing(sqlite3.connect(path)) as old, monkeypatch.context() as was:
        was.setattr(migrations, "_migrations", lambda: then)
        migrations.bring_up_to_date(old)
    create_index(path).close()
    create_index(path.with_name("new.db")).close()
    assert views_of(path) == views_of(path.with_name("new.db"))


def views_of(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as opened:
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'view'"
        return dict(opened.execute(sql).fetchall())


def test_an_interrupted_migration_leaves_nothing_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "0001_broken.sql"
    broken.write_text("CREATE TABLE articles (id);\nCREATE TABEL oops (id);\n")
    monkeypatch.setattr("newsmine.index.migrations._migrations", lambda: {1: broken})
    with pytest.raises(IndexFileError):
        create_index(path)
    monkeypatch.undo()
    with create_index(path) as index:
        assert index.add(courier()) == "added"


def test_the_file_says_whose_it_is(index: Index, path: Path) -> None:
    index.close()
    header = path.read_bytes()[:100]
    assert header[68:72] == b"newm"
    assert int.from_bytes(header[60:64], "big") == LATEST
    assert int.from_bytes(b"newm", "big") == APPLICATION_ID


def test_two_may_make_the_same_index_at_once(path: Path) -> None:
    with create_index(path) as first, create_index(path) as second:
        bring_up_to_date(second._database._connection)
        assert first.add(lantern()) == "added"
        assert second.add(courier()) == "added"
        assert first.info().articles == 2
