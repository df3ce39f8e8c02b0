"""A file is there whole or not at all, and every refusal says what to do."""

from __future__ import annotations

import hashlib
import os
import resource
import signal
import stat
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from newsmine.errors import ExportError
from newsmine.export import WRITERS, write
from tests.export.conftest import READERS

SRC = Path(__file__).parents[2] / "src"
ROW = {"speaker": "Ann Lee", "quote": "“Stop.”"}


class Interrupted(BaseException):
    """As KeyboardInterrupt is, but safe in a test."""


def breaking(error: BaseException, after: int = 5) -> Iterator[dict[str, str]]:
    yield from [ROW] * after
    raise error


def test_count_and_names(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"quotes{suffix.upper()}"
    assert write(iter([ROW] * 3), str(path)) == 3
    assert READERS[suffix](path) == [ROW] * 3


@pytest.mark.parametrize("after", [0, 5, 2000])
@pytest.mark.parametrize("error", [RuntimeError("x"), Interrupted(), KeyError("x")])
def test_an_interrupted_export_leaves_the_old_file(
    tmp_path: Path, suffix: str, error: BaseException, after: int
) -> None:
    path = tmp_path / f"quotes{suffix}"
    path.write_bytes(b"old")
    with pytest.raises(type(error)):
        write(breaking(error, after), path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_export_makes_no_file(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(RuntimeError):
        write(breaking(RuntimeError()), tmp_path / f"quotes{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_xlsx_leaves_nothing_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = tmp_path / "tmp"
    waiting.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(waiting))
    with pytest.raises(RuntimeError):
        write(breaking(RuntimeError()), tmp_path / "quotes.xlsx")
    write([ROW], tmp_path / "quotes.xlsx")
    assert list(waiting.iterdir()) == []


def test_a_file_is_replaced(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"quotes{suffix}"
    write([ROW] * 3, path)
    path.chmod(0o640)
    write([ROW], path)
    assert READERS[suffix](path) == [ROW]
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_has_the_usual_permissions(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "usual").touch()
    write([ROW], tmp_path / f"quotes{suffix}")
    modes = {path.stat().st_mode for path in tmp_path.iterdir()}
    assert len(modes) == 1


def test_a_link_is_followed(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "far").mkdir()
    real, link = tmp_path / "far" / "real", tmp_path / f"quotes{suffix}"
    link.symlink_to(real)
    for _ in range(2):  # The link leads nowhere first, then to a file.
        write([ROW], link)
        assert link.is_symlink()
        assert real.stat().st_size
    assert list(real.parent.iterdir()) == [real]


def test_the_longest_name(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / ("q" * (255 - len(suffix)) + suffix)
    assert write([ROW], path) == 1


def refused(rows: Any, path: Path) -> ExportError:
    with pytest.raises(ExportError) as caught:
        write(rows, path)
    assert caught.value.exit_code == 6
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("name", ["quotes.txt", "quotes.xls", "quotes", "quotes.csv.gz", ".csv"])
def test_unknown_ending(tmp_path: Path, name: str) -> None:
    error = refused([ROW], tmp_path / name)
    assert error.remedy == "Let its name end in .csv, .jsonl, .parquet or .xlsx"
    assert list(tmp_path.iterdir()) == []


def test_every_format_is_named_in_the_remedy(tmp_path: Path) -> None:
    assert all(ending in str(refused([], tmp_path / "quotes.pdf")) for ending in WRITERS)


def test_a_folder(tmp_path: Path, suffix: str) -> None:
    folder = tmp_path / f"quotes{suffix}"
    folder.mkdir()
    assert "is a folder" in refused([ROW], folder).reason
    assert "is a folder" in refused([ROW], tmp_path).reason
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "reason", "remedy"),
    [
        ("missing/quotes", "no such file or directory", "Make its folder first"),
        ("file/quotes", "not a directory", "Name a file in a folder"),
        ("x" * 300, "file name too long", "Choose a shorter name"),
    ],
)
def test_no_such_place(tmp_path: Path, suffix: str, name: str, reason: str, remedy: str) -> None:
    (tmp_path / "file").touch()
    error = refused([ROW], tmp_path / f"{name}{suffix}")
    assert reason in error.reason
    assert error.remedy == remedy


def test_links_in_a_ring(tmp_path: Path, suffix: str) -> None:
    one, two = tmp_path / f"1{suffix}", tmp_path / f"2{suffix}"
    one.symlink_to(two)
    two.symlink_to(one)
    assert "symbolic links" in refused([ROW], one).reason


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs Linux's /sys")
def test_a_folder_that_nobody_writes_to(suffix: str) -> None:
    """Not even root, as whom tests may run, can make a file there."""
    error = refused([ROW], Path(f"/sys/kernel/quotes{suffix}"))
    assert "cannot be written" in error.reason
    assert error.remedy == "Name a file in a folder that you may write to"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_protected(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"quotes{suffix}"
    path.write_bytes(b"old")
    path.chmod(0o444)
    assert "protected" in refused([ROW], path).reason
    path.chmod(0o644)
    tmp_path.chmod(0o555)
    assert "permission denied" in refused([ROW], path).reason
    assert path.read_bytes() == b"old"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
def test_a_device_is_not_replaced_by_a_file(tmp_path: Path, suffix: str) -> None:
    link = tmp_path / f"full{suffix}"
    link.symlink_to("/dev/full")
    assert "device" in refused([ROW], link).reason
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)


def test_a_pipe(tmp_path: Path, suffix: str) -> None:
    pipe = tmp_path / f"quotes{suffix}"
    os.mkfifo(pipe)
    assert "pipe" in refused([ROW], pipe).reason


@contextmanager
def no_room() -> Iterator[None]:
    """No file of this process can grow beyond 4096 bytes, as on a disk that is full.

    Only around the call under test: pytest's own output may go to a file, too.
    """
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize("rows", [1000, 20_000])
def test_no_room(tmp_path: Path, suffix: str, rows: int) -> None:
    path = tmp_path / f"quotes{suffix}"
    path.write_bytes(b"old")
    with no_room():
        # Hashes, which no format can compress.
        texts = (hashlib.sha256(bytes([n % 256, n // 256])).hexdigest() for n in range(rows))
        error = refused(({"quote": text} for text in texts), path)
    assert "too large" in error.reason
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_no_room_for_the_last_bytes(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    error = refused([ROW], tmp_path / f"quotes{suffix}")
    assert error.reason == "cannot be written (no space left on device)"
    assert error.remedy.startswith("Make room")
    assert list(tmp_path.iterdir()) == []


def test_without_xlsxwriter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    error = refused([ROW], tmp_path / "quotes.xlsx")
    assert "newsmine[xlsx]" in error.remedy
    assert list(tmp_path.iterdir()) == []
    assert write([ROW], tmp_path / "quotes.csv") == 1


def test_xlsxwriter_is_imported_only_when_used() -> None:
    code = "import sys, newsmine.export.extraction; print('xlsxwriter' in sys.modules)"
    env = {**os.environ, "PYTHONPATH": str(SRC)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env
    )
    assert done.stdout.strip() == "False"


def test_more_rows_than_a_sheet_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsmine.export.xlsx.MOST_ROWS", 11)
    assert write([ROW] * 10, tmp_path / "quotes.xlsx") == 10
    error = refused([ROW] * 11, tmp_path / "more.xlsx")
    assert "more rows than the 10 of an Excel sheet" in error.reason
    assert "csv" in error.remedy


def test_many_rows_in_little_memory(tmp_path: Path, suffix: str) -> None:
    """10,000 rows are 25 MB of text; a writer that kept them would need more than 5."""
    rows = ({"id": n, "quote": f"{n} " + "x" * 2500} for n in range(10_000))
    tracemalloc.start()
    try:
        assert write(rows, tmp_path / f"quotes{suffix}") == 10_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 5_000_000


def test_very_many_rows(tmp_path: Path, suffix: str) -> None:
    rows = ({"id": n, "quote": f"“Stop {n}.”"} for n in range(50_000))
    assert write(rows, tmp_path / f"quotes{suffix}") == 50_000
    assert (tmp_path / f"quotes{suffix}").stat().st_size > 100_000
