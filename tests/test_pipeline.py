"""The pipeline with a stand-in for the model and, for what is added, for the index."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsmine import pipeline
from newsmine.errors import IndexFileError, ModelError, NewsmineError, ReadError
from newsmine.index import Index, open_index
from newsmine.index.manifest import FileEntry
from newsmine.pipeline import work
from newsmine.progress import BuildSummary, Progress, Skipped
from newsmine.types import Article, Extraction
from tests.cli import faked

TEXT = "Daily Lantern\n\nNumbers rise\n\n“It is {},” said Ann Lee, head of policy at Hearthlight.\n"


class Built:
    """An index that a test builds."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def articles(self) -> list[Article]:
        """In the order in which they were added."""
        with sqlite3.connect(self.path) as connection:
            ids = [row[0] for row in connection.execute("SELECT id FROM articles ORDER BY number")]
        with open_index(self.path) as index:
            return [index.article(ident).article for ident in ids]

    def manifest(self) -> list[FileEntry]:
        with open_index(self.path) as index:
            return list(index.manifest.entries())

    def left_out(self, name: str) -> list[Skipped]:
        with open_index(self.path) as index:
            (entry,) = [entry for entry in index.manifest.entries() if entry.name == name]
            return index.manifest.left_out(entry.number)


@pytest.fixture(autouse=True)
def fake_nlp(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    work._loaded.cache_clear()
    for name in ("load", "extract", "provenance"):
        monkeypatch.setattr(f"newsmine.nlp.{name}", getattr(faked, name))
    yield
    work._loaded.cache_clear()


@pytest.fixture
def index(tmp_path: Path) -> Built:
    return Built(tmp_path / "news.db")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three articles; listed in no order."""
    for name in ("c", "a", "b"):
        (tmp_path / f"{name}.txt").write_text(TEXT.format(name), encoding="utf-8")
    return tmp_path


def stems(results: object) -> list[str]:
    assert isinstance(results, list)
    return [
        Path(r.path if isinstance(r, Skipped | Article) else r.article.path).stem for r in results
    ]


def broken_link(folder: Path, name: str) -> Path:
    """A file that cannot be read, even by root."""
    link = folder / name
    link.symlink_to(folder / "nowhere")
    return link


def full_after(articles: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the disk be full when so many articles were added."""
    add, added = Index.add, []

    def or_fail(self: Index, extraction: Extraction, **more: Any) -> object:
        if len(added) == articles:
            raise IndexFileError("news.db", "there is no room left", "Make room and go on")
        added.append(extraction)
        return add(self, extraction, **more)

    monkeypatch.setattr(Index, "add", or_fail)


class TestRead:
    def test_a_folder_in_order(self, folder: Path) -> None:
        assert stems(pipeline.read(folder)) == ["a", "b", "c"]

    def test_a_pattern(self, folder: Path) -> None:
        assert stems(pipeline.read(str(folder / "[bc]*.txt"))) == ["b", "c"]

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stdin = io.TextIOWrapper(io.BytesIO(TEXT.format("here").encode()))
        monkeypatch.setattr("sys.stdin", stdin)
        (article,) = pipeline.read("-")
        assert article.path == "-"
        assert "here" in article.text

    def test_a_bad_file_is_an_error(self, folder: Path) -> None:
        broken_link(folder, "d.txt")
        with pytest.raises(ReadError, match=r"d\.txt"):
            pipeline.read(folder)


class TestExtract:
    def test_text(self) -> None:
        extraction = pipeline.extract(TEXT.format("late"))
        (found,) = extraction.attributions
        assert found.speaker is not None
        assert found.speaker.name == "Ann Lee"

    def test_an_article(self, folder: Path) -> None:
        (article,) = pipeline.read(folder / "a.txt")
        assert pipeline.extract(article).article is article

    def test_nothing_to_read(self) -> None:
        with pytest.raises(ReadError):
            pipeline.extract(" \n")

    def test_a_loaded_model_is_used_as_it_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[object] = []

        def spy(article: Article, nlp: object) -> Extraction:
            seen.append(nlp)
            return faked.extract(article, nlp)

        monkeypatch.setattr("newsmine.nlp.extract", spy)
        mine = faked.FakeLanguage()
        pipeline.extract("Some text.", model=mine)  # type: ignore[arg-type]
        assert seen == [mine]

    def test_the_model_is_loaded_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loads: list[object] = []

        def load(model: object, *, thoughts: bool) -> object:
            loads.append((model, thoughts))
            return object()

        monkeypatch.setattr("newsmine.nlp.load", load)
        pipeline.extract("One text.")
        pipeline.extract("Another.")
        assert loads == [(None, False)]
        pipeline.extract("Another.", thoughts=True)
        assert loads == [(None, False), (None, True)]


class TestExtractPaths:
    def test_in_order_each_once(self, folder: Path) -> None:
        paths = [folder / "b.txt", folder, str(folder / "*.txt")]
        assert stems(list(pipeline.extract_paths(paths))) == ["b", "a", "c"]

    def test_one_path_needs_no_list(self, folder: Path) -> None:
        assert stems(list(pipeline.extract_paths(folder / "a.txt"))) == ["a"]

    def test_what_is_bad_is_skipped_in_its_place(self, folder: Path) -> None:
        broken_link(folder, "aa.txt")
        (folder / "bb.txt").write_bytes(b"")
        (folder / "bc.txt").write_bytes(bytes(range(256)) * 40)
        results = list(pipeline.extract_paths(folder))
        assert stems(results) == ["a", "aa", "b", "bb", "bc", "c"]
        kinds = [isinstance(result, Skipped) for result in results]
        assert kinds == [False, True, False, True, True, False]

    def test_a_path_that_names_nothing_is_skipped(self, folder: Path) -> None:
        results = list(pipeline.extract_paths([folder / "typo.txt", folder / "a.txt"]))
        assert isinstance(results[0], Skipped)
        assert results[0].remedy
        assert len(results) == 2

    def test_one_at_a_time(self, folder: Path) -> None:
        """The first result is there before the second file is read."""
        results = pipeline.extract_paths(folder)
        next(results)
        (folder / "b.txt").unlink()
        assert isinstance(next(results), Skipped)

    def test_a_defect_costs_one_article(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FAKE_BREAKS_ON", "It is b")
        bad = list(pipeline.extract_paths(folder))[1]
        assert isinstance(bad, Skipped)
        assert "KeyError" in bad.reason
        assert "NEWSMINE_DEBUG" in bad.remedy

    def test_a_defect_is_shown_to_who_looks(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FAKE_BREAKS_ON", "It is b")
        monkeypatch.setenv("NEWSMINE_DEBUG", "1")
        with pytest.raises(KeyError):
            list(pipeline.extract_paths(folder))

    def test_without_a_model_nothing_is_skipped(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def missing(model: object, **_: object) -> None:
            raise ModelError(model, "is missing", "Name another")

        monkeypatch.setattr("newsmine.nlp.load", missing)
        with pytest.raises(ModelError):
            next(pipeline.extract_paths(folder, model="nowhere"))

    @pytest.mark.parametrize("clean", [True, False])
    def test_the_setting_is_recorded(self, folder: Path, clean: bool) -> None:
        (found,) = pipeline.extract_paths(folder / "a.txt", clean=clean)
        assert isinstance(found, Extraction)
        assert found.provenance.settings["clean"] is clean


class TestBuild:
    def test_summary(self, folder: Path, index: Built) -> None:
        summary = pipeline.build(folder, index.path)
        assert summary == BuildSummary(Path(index.path), files=3, added=3)
        assert stems(index.articles()) == ["a", "b", "c"]

    def test_again_reads_nothing_twice(
        self, folder: Path, index: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pipeline.build(folder, index.path)
        log = tmp_path / "log"
        monkeypatch.setenv("FAKE_LOG", str(log))
        (folder / "d.txt").write_text(TEXT.format("new"), encoding="utf-8")
        summary = pipeline.build(folder, index.path)
        assert (summary.added, summary.present) == (1, 3)
        assert log.read_text().splitlines() == [str(folder / "d.txt")]

    def test_changed_text_replaces(self, folder: Path, index: Built) -> None:
        pipeline.build(folder, index.path)
        (folder / "a.txt").write_text(TEXT.format("other"), encoding="utf-8")
        summary = pipeline.build(folder, index.path)
        assert (summary.replaced, summary.present) == (1, 2)

    def test_another_model_reads_again(
        self, folder: Path, index: Built, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pipeline.build(folder, index.path)
        monkeypatch.setenv("FAKE_MODEL", "fake-2")
        assert pipeline.build(folder, index.path).replaced == 3

    def test_another_setting_or_version_reads_again(
        self, folder: Path, index: Built, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pipeline.build(folder, index.path)
        assert pipeline.build(folder, index.path, clean=False).replaced == 3
        monkeypatch.setattr("newsmine.__version__", "99.0")
        assert pipeline.build(folder, index.path, clean=False).replaced == 3
        assert pipeline.build(folder, index.path, clean=False).present == 3

    def test_progress_after_each_file(self, folder: Path, index: Built) -> None:
        broken_link(folder, "b.txt.txt")
        steps: list[Progress] = []
        pipeline.build(folder, index.path, on_progress=steps.append)
        assert [(s.done, s.total, s.outcome) for s in steps] == [
            (1, 4, "added"),
            (2, 4, "added"),
            (3, 4, "skipped"),
            (4, 4, "added"),
        ]

    def test_bad_ones_are_named(self, folder: Path, index: Built) -> None:
        link = broken_link(folder, "d.txt")
        summary = pipeline.build([folder, folder / "typo"], index.path)
        assert summary.added == 3
        assert [s.path for s in summary.skipped] == [str(link), str(folder / "typo")]

    def test_nothing_to_build_from(self, tmp_path: Path, index: Built) -> None:
        with pytest.raises(ReadError, match="typo"):
            pipeline.build(tmp_path / "typo", index.path)
        with pytest.raises(ReadError):
            pipeline.build([], index.path)

    def test_standard_input_has_no_name(self, folder: Path, index: Built) -> None:
        summary = pipeline.build(["-", folder / "a.txt"], index.path)
        assert summary.added == 1
        assert [s.path for s in summary.skipped] == ["-"]

    def test_interrupted_and_gone_on(self, folder: Path, index: Built) -> None:
        def interrupt(step: Progress) -> None:
            if step.done == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            pipeline.build(folder, index.path, on_progress=interrupt)
        assert stems(index.articles()) == ["a", "b"]
        summary = pipeline.build(folder, index.path)
        assert (summary.added, summary.present) == (1, 2)

    def test_a_full_disk_ends_it_and_keeps_the_rest(
        self, folder: Path, index: Built, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        full_after(2, monkeypatch)
        with pytest.raises(IndexFileError):
            pipeline.build(folder, index.path)
        assert stems(index.articles()) == ["a", "b"]


def test_an_index_of_nothing_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NewsmineError):
        pipeline.build(tmp_path / "typo", tmp_path / "news.db")
    assert not (tmp_path / "news.db").exists()


def test_skipped_and_progress_are_values() -> None:
    assert replace(Skipped("a", "b", "c"), path="d") == Skipped("d", "b", "c")
    assert Progress(1, 2, "a", "added") == Progress(1, 2, "a", "added")
