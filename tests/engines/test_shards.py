"""Extraction into a folder of tables: in shares, in parts, again, after changes, interrupted."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsmine.engines import shards, tasks
from newsmine.engines.gather import build_from
from newsmine.engines.parts import manifests, newest, rows_in
from newsmine.engines.shards import ExtractSummary, Shard, extract_into
from newsmine.engines.tasks import Order, PartTask, write_part
from newsmine.errors import IndexFileError, ModelError, QueryError, ReadError
from newsmine.index.tables import FORM
from newsmine.pipeline import Here
from newsmine.progress import Progress, Skipped
from newsmine.types import Extraction
from tests.engines.stand_in import FakedWork, logged, work, write_articles

pq = pytest.importorskip("pyarrow.parquet")

NAMES = ("ash", "birch", "cedar", "elm", "fir", "hazel", "oak")


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles", *NAMES)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "PART_FILES", 3)


def run(out: Path, *paths: Path | str, **fields: Any) -> ExtractSummary:
    given = {"work": work(), "engine": Here()} | fields
    return extract_into(out, paths, **given)


def items(out: Path) -> list[tuple[str, Extraction | Skipped]]:
    """All that the tables hold, whether a manifest counts it or not, by path."""
    found = [(row[0], row[2]) for part in manifests(out) for row in rows_in(part)]
    return sorted(found, key=lambda pair: pair[0])


def stems(out: Path) -> list[str]:
    return [Path(file).stem for file, _ in items(out)]


def contents(path: Path) -> dict[str, list[Any]]:
    """Every table of an index."""
    with contextlib.closing(sqlite3.connect(path)) as index:
        tables = index.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        # What the index is called is drawn at random for each.
        told = {t for (t,) in tables if t not in ("about", "sqlite_sequence")}
        return {t: index.execute(f"SELECT * FROM {t}").fetchall() for t in sorted(told)}


def files(out: Path) -> set[str]:
    return {path.name for path in out.rglob("*") if path.is_file()}


class TestShard:
    def test_all_shares_together_are_the_files_each_once(self) -> None:
        paths = [Path("a", f"{number}.txt") for number in range(2_000)]
        held = Counter(p for n in range(1, 8) for p in paths if Shard(n, 7).holds(p))
        assert set(held.values()) == {1}
        assert len(held) == 2_000

    def test_shares_are_about_as_large(self) -> None:
        paths = [f"{number}.txt" for number in range(4_000)]
        sizes = [sum(map(Shard(number, 4).holds, paths)) for number in range(1, 5)]
        assert min(sizes) > 900

    def test_the_same_on_every_machine_and_day(self) -> None:
        """Python's own hash changes with each process."""
        held = [Path(f"lantern/{number}.txt") for number in (4, 5, 6)]
        paths = [Path(f"lantern/{number}.txt") for number in range(9)]
        assert [p for p in paths if Shard(2, 3).holds(p)] == held

    def test_names_that_are_no_text(self) -> None:
        assert sum(Shard(n, 3).holds("b\udcff.txt") for n in (1, 2, 3)) == 1

    @pytest.mark.parametrize("text", ["1/1", "4/4", " 2/30 ", "007/100"])
    def test_is_one(self, text: str) -> None:
        assert Shard.parse(text) in (Shard(1, 1), Shard(4, 4), Shard(2, 30), Shard(7, 100))

    @pytest.mark.parametrize(
        "text",
        ["0/4", "5/4", "1/0", "0/0", "-1/4", "1/-4", "1", "/", "1/", "a/b", "1.5/4", "１/４"],
    )
    def test_is_none(self, text: str) -> None:
        with pytest.raises(QueryError, match="--shard"):
            Shard.parse(text)

    def test_says_which_there_are(self) -> None:
        with pytest.raises(QueryError, match="They go from 1/4 to 4/4"):
            Shard.parse("5/4")


class TestRun:
    def test_what_is_found_is_what_is_in_the_tables(self, articles: Path, out: Path) -> None:
        summary = run(out, articles)
        assert (summary.files, summary.read, summary.added, summary.present) == (7, 7, 7, 0)
        expected = [(str(f), item) for f in sorted(articles.iterdir()) for item in work()(f)]
        assert items(out) == expected
        assert all(isinstance(item, Extraction) for _, item in items(out))

    def test_a_part_is_a_table_and_its_manifest(self, articles: Path, out: Path) -> None:
        run(out, articles)
        table, manifest = sorted(files(out), reverse=True)
        assert table.removesuffix(".parquet") == manifest.removesuffix(".json")
        told = json.loads((out / "_manifests" / manifest).read_text())
        assert told["made_by"]["model"] == "fake-1"
        entry = told["files"][str(articles / "ash.txt")]
        assert entry["articles"] == 1
        assert len(entry["sha256"]) == 64

    @pytest.mark.usefixtures("small_parts")
    def test_parts_are_small(self, articles: Path, out: Path) -> None:
        run(out, articles)
        assert [len(part.files) for part in manifests(out)] == [3, 3, 1]
        assert stems(out) == list(NAMES)

    def test_parts_are_small_in_bytes(
        self, articles: Path, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tasks, "PART_BYTES", 1)
        run(out, articles)
        assert len(manifests(out)) == 7

    def test_many_articles_in_a_file(self, tmp_path: Path, out: Path) -> None:
        """More than a group of rows."""
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
            for number in range(150):
                archive.writestr(f"{number:03}.txt", f"There were {number} reports of it, again.")
        assert run(out, tmp_path / "all.zip").added == 150
        assert [item.article.path for _, item in items(out) if isinstance(item, Extraction)] == [
            f"{tmp_path}/all.zip/{number:03}.txt" for number in range(150)
        ]
        (part,) = manifests(out)
        assert pq.ParquetFile(part.table).num_row_groups > 2

    def test_again_does_nothing(self, articles: Path, out: Path, log: Path) -> None:
        run(out, articles)
        before = {path: path.stat().st_mtime_ns for path in out.rglob("*")}
        summary = run(out, articles, work=work(log=log))
        assert (summary.read, summary.added, summary.present) == (0, 0, 7)
        assert logged(log) == []
        assert {path: path.stat().st_mtime_ns for path in out.rglob("*")} == before

    def test_only_what_is_new(self, articles: Path, out: Path, log: Path) -> None:
        run(out, articles)
        write_articles(articles, "yew")
        summary = run(out, articles, work=work(log=log))
        assert (summary.added, summary.present) == (1, 7)
        assert logged(log) == ["yew"]
        assert stems(out) == [*NAMES, "yew"]

    @pytest.mark.usefixtures("small_parts")
    def test_only_what_changed_and_the_old_is_gone(
        self, articles: Path, out: Path, log: Path
    ) -> None:
        run(out, articles)
        (articles / "birch.txt").write_text("“It is new,” said Bo Marsh, head of policy at Other.")
        summary = run(out, articles, work=work(log=log))
        assert (summary.added, summary.present) == (1, 6)
        assert logged(log) == ["birch"]
        assert stems(out) == list(NAMES)
        rows = pq.read_table(out).to_pylist()  # as DuckDB or pandas read the folder
        assert len(rows) == 7
        assert b"It is new" in next(r["record"] for r in rows if r["file"].endswith("birch.txt"))

    def test_a_part_of_which_all_changed_is_gone(self, articles: Path, out: Path) -> None:
        run(out, articles / "ash.txt")
        (before,) = manifests(out)
        write_articles(articles, *reversed(NAMES))
        run(out, articles)
        assert stems(out) == list(NAMES)
        assert not before.table.exists()

    @pytest.mark.parametrize(
        "other",
        [{"model_name": "fake-2"}, {"reading": work().reading.of(clean=False, survey=None)}],
    )
    def test_another_model_or_setting_does_all(
        self, articles: Path, out: Path, other: dict[str, Any]
    ) -> None:
        run(out, articles)
        changed = FakedWork(**{"reading": work().reading} | other)
        assert run(out, articles, work=changed).added == 7
        assert stems(out) == list(NAMES)
        assert all(part.made_by == changed.settings() for part in manifests(out))

    def test_another_version_does_all(
        self, articles: Path, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run(out, articles)
        old = FakedWork.made_by
        monkeypatch.setattr(
            FakedWork, "made_by", lambda self: old(self).__class__("9.0", "fake-1", {})
        )
        assert run(out, articles).added == 7

    def test_what_is_skipped_is_a_row(self, articles: Path, out: Path) -> None:
        (articles / "birch.txt").write_bytes(b"")
        (articles / "cedar.txt").unlink()
        (articles / "cedar.txt").symlink_to(articles / "nowhere")
        summary = run(out, articles, articles / "typo.txt")
        assert [Path(s.path).stem for s in summary.skipped] == ["typo", "birch", "cedar"]
        rows = {Path(file).stem: item for file, item in items(out)}
        assert [name for name, item in rows.items() if isinstance(item, Skipped)] == [
            "birch",
            "cedar",
        ]
        assert set(rows) == set(NAMES)

    def test_what_gave_nothing_is_tried_again(self, articles: Path, out: Path, log: Path) -> None:
        (articles / "birch.txt").write_bytes(b"")
        assert len(run(out, articles).skipped) == 1
        assert len(run(out, articles).skipped) == 1
        write_articles(articles, "birch")
        summary = run(out, articles, work=work(log=log))
        assert (summary.added, summary.skipped) == (1, ())
        assert logged(log) == ["birch"]
        assert not any(isinstance(item, Skipped) for _, item in items(out))

    def test_skipped_long_ago_is_told_again(self, tmp_path: Path, out: Path) -> None:
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
            archive.writestr("good.txt", "There were 12 reports of it.")
            archive.writestr("bad.txt", "")
        first = run(out, tmp_path / "all.zip")
        again = run(out, tmp_path / "all.zip")
        assert first.skipped == again.skipped
        assert len(first.skipped) == 1
        assert again.read == 0

    def test_vanished_files_are_told_and_kept(self, articles: Path, out: Path) -> None:
        run(out, articles)
        (articles / "oak.txt").unlink()
        summary = run(out, articles)
        assert summary.vanished == (str(articles / "oak.txt"),)
        assert stems(out) == list(NAMES)

    def test_standard_input_has_no_name(self, articles: Path, out: Path) -> None:
        summary = run(out, "-", articles)
        assert [s.path for s in summary.skipped] == ["-"]
        assert summary.added == 7

    def test_nothing_to_read(self, tmp_path: Path, out: Path) -> None:
        with pytest.raises(ReadError, match="typo"):
            run(out, tmp_path / "typo")

    def test_the_tables_are_no_articles(self, articles: Path) -> None:
        out = articles / "out"
        run(out, articles)
        assert run(out, articles).files == 7

    def test_a_folder_of_other_things_is_left_alone(self, articles: Path, tmp_path: Path) -> None:
        before = files(articles)
        with pytest.raises(IndexFileError, match=r"holds other things \(ash\.txt\)"):
            run(articles, tmp_path)
        assert files(articles) == before

    def test_a_file_is_no_folder(self, articles: Path) -> None:
        with pytest.raises(IndexFileError, match="is a file"):
            run(articles / "ash.txt", articles)

    def test_progress(self, articles: Path, out: Path) -> None:
        run(out, articles / "ash.txt")
        (articles / "birch.txt").write_bytes(b"")
        steps: list[Progress] = []
        run(out, articles, on_progress=steps.append)
        assert [(s.done, s.total, s.outcome) for s in steps[:2]] == [
            (2, 7, "skipped"),
            (3, 7, "added"),
        ]
        assert steps[-1].done == 7

    def test_a_manifest_that_another_run_deletes_meanwhile(self, articles: Path, out: Path) -> None:
        run(out, articles)
        (part,) = manifests(out)
        (out / "_manifests" / "part-1-of-1-gone.json").symlink_to(out / "nowhere")
        assert manifests(out) == [part]

    def test_a_manifest_of_another_form(self, articles: Path, out: Path) -> None:
        run(out, articles)
        (part,) = manifests(out)
        told = json.loads(part.path.read_text())
        part.path.write_text(json.dumps(told | {"form": 99}))
        with pytest.raises(ReadError, match="is of form 99; this newsmine reads 1"):
            run(out, articles)
        part.path.write_text("{")
        with pytest.raises(ReadError, match="is no manifest"):
            run(out, articles)


@pytest.mark.usefixtures("small_parts")
class TestShares:
    def test_four_runs_are_as_one(self, articles: Path, out: Path, tmp_path: Path) -> None:
        run(tmp_path / "whole", articles)
        for number in (3, 1, 4, 2):
            run(out, articles, shard=Shard(number, 4))
        assert items(out) == items(tmp_path / "whole")
        assert len({part.name[:11] for part in manifests(out)}) > 1

    def test_a_share_of_nothing_is_no_error(self, articles: Path, out: Path) -> None:
        summaries = [run(out, articles / "ash.txt", shard=Shard(n, 5)) for n in range(1, 6)]
        assert sorted(s.files for s in summaries) == [0, 0, 0, 0, 1]

    def test_other_shares_of_what_is_done_do_nothing(
        self, articles: Path, out: Path, log: Path
    ) -> None:
        for number in (1, 2):
            run(out, articles, shard=Shard(number, 2))
        before = files(out)
        for number in (1, 2, 3):
            run(out, articles, shard=Shard(number, 3), work=work(log=log))
        assert logged(log) == []
        assert files(out) == before

    def test_two_at_a_time_do_not_disturb_each_other(self, articles: Path, out: Path) -> None:
        """One begins and ends while the other is in the middle of a part."""
        other: list[ExtractSummary] = []

        def meanwhile(step: Progress) -> None:
            if not other:
                other.append(run(out, articles, shard=Shard(2, 2)))

        mine = run(out, articles, shard=Shard(1, 2), on_progress=meanwhile)
        assert mine.added + other[0].added == 7
        assert stems(out) == list(NAMES)
        assert not [name for name in files(out) if name.startswith(".")]


class StopsAt:
    """An engine that ends at a file as if somebody pressed Ctrl-C."""

    def __init__(self, name: str) -> None:
        self._name = name

    def map(self, work: Any, files: Iterable[Path | str]) -> Iterator[Any]:
        for file in files:
            if Path(file).stem == self._name:
                raise KeyboardInterrupt
            yield file, work(file)


@pytest.mark.usefixtures("small_parts")
class TestInterrupted:
    def test_whole_parts_stay_and_the_rest_is_done_next_time(
        self, articles: Path, out: Path, log: Path
    ) -> None:
        with pytest.raises(KeyboardInterrupt):
            run(out, articles, engine=StopsAt("fir"))
        assert stems(out) == list(NAMES[:3])
        assert len(files(out)) == 2
        summary = run(out, articles, work=work(log=log))
        assert logged(log) == list(NAMES[3:])
        assert (summary.added, summary.present) == (4, 3)
        assert stems(out) == list(NAMES)

    def test_killed_between_a_table_and_its_manifest(
        self, articles: Path, out: Path, log: Path
    ) -> None:
        run(out, articles)
        lost = manifests(out)[1]
        lost.path.unlink()
        (out / f".{lost.name}.parquet.elsewhere.1.tmp").write_bytes(b"half")
        run(out, articles, work=work(log=log))
        assert logged(log) == list(NAMES[3:6])
        assert stems(out) == list(NAMES)
        assert len(pq.read_table([str(p) for p in out.glob("*.parquet")])) == 7

    def test_what_a_killed_process_left_is_swept(self, articles: Path, out: Path) -> None:
        import socket

        out.mkdir()
        dead = out / f".part-1-of-1-0.parquet.{socket.gethostname()}.999999999.tmp"
        elsewhere = out / ".part-1-of-1-0.parquet.elsewhere.999999999.tmp"
        for path in (dead, elsewhere):
            path.write_bytes(b"half")
        run(out, articles)
        assert not dead.exists()
        assert elsewhere.exists()

    def test_a_full_disk_leaves_no_part(
        self, articles: Path, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: Any, **__: Any) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("pyarrow.parquet.ParquetWriter.write_batch", full)
        with pytest.raises(OSError, match="No space left"):
            run(out, articles)
        assert files(out) == set()


class TestWorker:
    """What an engine's worker does with a part."""

    @pytest.fixture
    def order(self, articles: Path, out: Path, log: Path) -> tuple[Order, PartTask]:
        out.mkdir()
        done = work(log=log)
        names = tuple(str(articles / f"{name}.txt") for name in NAMES[:3])
        return Order(out, done, done.settings()), PartTask("part-1-of-1-x", names)

    def test_twice_is_once(self, order: tuple[Order, PartTask], log: Path, out: Path) -> None:
        """As after the loss of a machine that had finished it."""
        write_part(*order)
        before = items(out)
        write_part(*order)
        assert logged(log) == list(NAMES[:3])
        assert items(out) == before

    def test_changed_meanwhile_is_done_again(
        self, order: tuple[Order, PartTask], articles: Path, log: Path, out: Path
    ) -> None:
        write_part(*order)
        (articles / "ash.txt").write_text("Other text of 12 words.")
        write_part(*order)
        assert len(logged(log)) == 6
        assert len(items(out)) == 3

    def test_another_newsmine_there_is_an_error(
        self, order: tuple[Order, PartTask], out: Path
    ) -> None:
        given, task = order
        other = work(model_name="fake-9").settings()
        with pytest.raises(ModelError, match=r"with fake-1, not 0\.1\.0 with fake-9"):
            write_part(Order(given.folder, given.work, other), task)
        assert files(out) == set()


@pytest.mark.usefixtures("small_parts")
class TestGathered:
    def direct(self, articles: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """The index that ``newsmine build`` makes."""
        from newsmine.pipeline import building

        monkeypatch.setattr(building.Work, "of", lambda **_: work())
        building.build(articles, path)
        return path

    @pytest.fixture
    def odd(self, articles: Path) -> Path:
        """Beside good files an empty one, a copy, a folder, and an archive with a bad member."""
        (articles / "cedar.txt").write_bytes(b"")
        (articles / "Elm tree").mkdir()
        shutil.copy(articles / "ash.txt", articles / "Elm tree" / "ash.txt")
        shutil.copy(articles / "oak.txt", articles / "copy.txt")
        with zipfile.ZipFile(articles / "b.zip", "w") as archive:
            archive.writestr("good.txt", "“So it is,” said Cy Dunn, aide at Pollmark. It had 12.")
            archive.writestr("bad.txt", "")
        return articles

    @pytest.mark.parametrize("shares", [1, 4])
    def test_the_index_is_the_one_built_directly(
        self, odd: Path, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shares: int
    ) -> None:
        for number in range(shares, 0, -1):
            run(out, odd, shard=Shard(number, shares))
        summary = build_from(out, tmp_path / "gathered.db")
        assert (summary.files, summary.added) == (10, 8)
        assert len(summary.skipped) == 2
        direct = self.direct(odd, tmp_path / "direct.db", monkeypatch)
        assert contents(tmp_path / "gathered.db") == contents(direct)

    def test_progress_knows_how_much_there_is(
        self, articles: Path, out: Path, tmp_path: Path
    ) -> None:
        run(out, articles)
        steps: list[Progress] = []
        build_from(out, tmp_path / "a.db", on_progress=steps.append)
        size = sum(path.stat().st_size for path in articles.iterdir())
        assert {step.to_read for step in steps} == {size}
        assert 0 < steps[0].read < steps[-1].read <= size

    def test_a_build_afterwards_reads_nothing(
        self, odd: Path, out: Path, tmp_path: Path, log: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        run(out, odd)
        build_from(out, tmp_path / "a.db")
        from newsmine.pipeline import building

        monkeypatch.setattr(building.Work, "of", lambda **_: work(log=log))
        summary = building.build(odd, tmp_path / "a.db")
        assert logged(log) == []
        assert (summary.added, summary.present) == (0, 9)

    def test_again_adds_nothing(self, articles: Path, out: Path, tmp_path: Path) -> None:
        run(out, articles)
        build_from(out, tmp_path / "a.db")
        before = contents(tmp_path / "a.db")
        summary = build_from(out, tmp_path / "a.db")
        assert (summary.added, summary.present) == (0, 7)
        assert contents(tmp_path / "a.db") == before

    def test_overlapping_folders_are_harmless(
        self, articles: Path, out: Path, tmp_path: Path
    ) -> None:
        run(out, articles)
        run(tmp_path / "half", *sorted(articles.iterdir())[:4])
        build_from(out, tmp_path / "a.db")
        build_from([tmp_path / "half", out], tmp_path / "b.db")
        assert contents(tmp_path / "b.db") == contents(tmp_path / "a.db")

    def test_the_newest_results_count(self, articles: Path, out: Path, tmp_path: Path) -> None:
        """Shares of other numbers, another model: the old rows are still in the tables."""
        run(out, articles)
        for number in (1, 2):
            run(out, articles, shard=Shard(number, 2), work=work(model_name="fake-2"))
        build_from(out, tmp_path / "a.db")
        run(tmp_path / "new", articles, work=work(model_name="fake-2"))
        build_from(tmp_path / "new", tmp_path / "b.db")
        assert contents(tmp_path / "a.db") == contents(tmp_path / "b.db")

    def test_a_changed_article_replaces(self, articles: Path, out: Path, tmp_path: Path) -> None:
        run(out, articles)
        build_from(out, tmp_path / "a.db")
        (articles / "ash.txt").write_text("“Changed,” said Bo Marsh, aide at Pollmark. 13 of it.")
        run(out, articles)
        summary = build_from(out, tmp_path / "a.db")
        assert (summary.added, summary.replaced, summary.present) == (0, 1, 6)

    def test_no_results(self, articles: Path, tmp_path: Path) -> None:
        for folder in (articles, tmp_path / "typo"):
            with pytest.raises(ReadError, match="results"):
                build_from(folder, tmp_path / "a.db")
        assert not (tmp_path / "a.db").exists()

    def test_a_damaged_part_is_named(self, articles: Path, out: Path, tmp_path: Path) -> None:
        run(out, articles)
        table = manifests(out)[1].table
        table.write_bytes(table.read_bytes()[:-40])
        with pytest.raises(ReadError, match=table.name):
            build_from(out, tmp_path / "a.db")

    def test_few_rows_are_in_memory(
        self, articles: Path, out: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A part is opened when its first file's turn comes, not before."""
        from newsmine.engines import gather, parts

        run(out, articles)
        opened: list[str] = []
        real = parts.opened
        monkeypatch.setattr(parts, "opened", lambda path: opened.append(path.name) or real(path))
        found = gather.gathered(newest(manifests(out)))
        assert len(list(next(found))) == 1
        assert len(opened) == 1


def test_the_form_of_the_table_is_that_of_the_tests() -> None:
    """Who changes it has to say what becomes of older tables."""
    assert FORM == 1
    assert shards.PREFIX == "part-"
