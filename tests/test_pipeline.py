"""The pipeline with a stand-in for the model and, for what is added, for the index."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsmine import pipeline
from newsmine.errors import IndexFileError, ModelError, NewsmineError, QueryError, ReadError
from newsmine.index import Index, create_index, open_index
from newsmine.index.manifest import FileEntry
from newsmine.index.topics import DictionaryScorer, load_dictionary
from newsmine.pipeline import work
from newsmine.pipeline.plan import fingerprint
from newsmine.progress import BuildSummary, Progress, Skipped
from newsmine.types import Article, Extraction
from tests.cli import faked

TEXT = "Daily Lantern\n\nNumbers rise\n\n“It is {},” said Ann Lee, head of policy at Hearthlight.\n"


METS = """<mets xmlns="http://www.loc.gov/METS/" xmlns:xlink="http://www.w3.org/1999/xlink">
<fileSec><fileGrp USE="ALTO"><file ID="P1" MIMETYPE="text/xml">
<FLocat LOCTYPE="URL" xlink:href="0001.xml"/></file></fileGrp></fileSec></mets>"""
OWN_TOPICS = """
[[topics]]
name = "buses"
title = "Buses"
terms = [{ term = "bus fare", weight = 3, example = "Bus fares rise." }]
"""


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


def table(folder: Path, *texts: str) -> Path:
    """A file of several articles."""
    path = folder / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("id", "text"))
        rows.writerows((text.partition(" ")[0], TEXT.format(text)) for text in texts)
    return path


def counts(summary: BuildSummary) -> dict[str, int]:
    names = ("added", "replaced", "present", "passed_over", "removed")
    counted = {name: getattr(summary, name) for name in names}
    return {name: count for name, count in counted.items() if count}


def extracted(log: Path) -> list[str]:
    return [Path(line).name for line in log.read_text().splitlines()] if log.exists() else []


class TestOnlyWhatChanged:
    """Files are known by their bytes, their articles by the manifest."""

    @pytest.fixture(autouse=True)
    def log(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        path = tmp_path / "log"
        monkeypatch.setenv("FAKE_LOG", str(path))
        return path

    def test_what_is_recorded(self, folder: Path, index: Built) -> None:
        pipeline.build(folder, index.path)
        (a, *_) = entries = index.manifest()
        assert [entry.name for entry in entries] == ["a.txt", "b.txt", "c.txt"]
        data = (folder / "a.txt").read_bytes()
        assert a.sha256 == hashlib.sha256(data).hexdigest()
        assert (a.size, a.done, a.articles, a.skipped) == (len(data), True, 1, 0)
        assert (a.made_by.model, a.made_by.settings["clean"]) == ("fake-1", True)

    def test_a_file_as_it_was_is_not_even_read(
        self, folder: Path, index: Built, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pipeline.build(folder, index.path)

        def never(*_: object, **__: object) -> None:
            raise AssertionError("it was read")

        monkeypatch.setattr("newsmine.ingest.reading.read_file", never)
        assert counts(pipeline.build(folder, index.path)) == {"present": 3}

    def test_only_new_and_changed_rows_are_extracted(
        self, folder: Path, index: Built, log: Path
    ) -> None:
        path = table(folder, "one", "two", "three")
        pipeline.build(path, index.path)
        log.unlink()
        table(folder, "one", "two as it was not", "three", "four")
        summary = pipeline.build(path, index.path)
        assert counts(summary) == {"added": 1, "replaced": 1, "present": 2}
        assert extracted(log) == ["export.csv#two", "export.csv#four"]

    def test_rows_that_are_gone_are_removed(self, folder: Path, index: Built) -> None:
        path = table(folder, "one", "two", "three")
        pipeline.build(path, index.path)
        table(folder, "one", "three")
        assert counts(pipeline.build(path, index.path)) == {"present": 2, "removed": 1}
        assert [article.path for article in index.articles()] == [f"{path}#one", f"{path}#three"]

    def test_nothing_is_removed_while_something_is_skipped(
        self, folder: Path, index: Built, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = table(folder, "one", "two", "three")
        pipeline.build(path, index.path)
        table(folder, "one", "three anew")
        monkeypatch.setenv("FAKE_BREAKS_ON", "three anew")
        summary = pipeline.build(path, index.path)
        assert counts(summary) == {"present": 1}
        assert len(summary.skipped) == 1
        assert len(index.articles()) == 3
        monkeypatch.delenv("FAKE_BREAKS_ON")
        assert pipeline.build(path, index.path, rebuild=True).removed == 1
        assert len(index.articles()) == 2

    def test_a_broken_file_does_not_cost_what_it_gave(self, folder: Path, index: Built) -> None:
        pipeline.build(folder, index.path)
        (folder / "a.txt").write_bytes(b"")
        summary = pipeline.build(folder, index.path)
        assert [skipped.reason for skipped in summary.skipped] == ["holds no text"]
        assert len(index.articles()) == 3

    def test_what_was_skipped_is_told_again(
        self, folder: Path, index: Built, log: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = table(folder, "one", "two")
        monkeypatch.setenv("FAKE_BREAKS_ON", "It is two")
        first = pipeline.build(path, index.path)
        log.unlink()
        again = pipeline.build(path, index.path)
        assert again.skipped == first.skipped
        assert counts(again) == {"present": 1}
        assert extracted(log) == []

    def test_of_what_nothing_was_read_is_tried_again(
        self, folder: Path, index: Built, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Its remedy may have been followed."""
        monkeypatch.setenv("FAKE_BREAKS_ON", "It is a")
        assert counts(pipeline.build(folder, index.path)) == {"added": 2}
        monkeypatch.delenv("FAKE_BREAKS_ON")
        assert counts(pipeline.build(folder, index.path)) == {"added": 1, "present": 2}
        assert index.left_out("a.txt") == []

    def test_moved_is_not_read_again(self, folder: Path, index: Built, log: Path) -> None:
        pipeline.build(folder, index.path)
        log.unlink()
        (folder / "away").mkdir()
        (folder / "a.txt").rename(folder / "away" / "a.txt")
        summary = pipeline.build(folder, index.path)
        assert (counts(summary), summary.vanished) == ({"present": 3}, ())
        assert extracted(log) == []
        assert {entry.path for entry in index.manifest()} >= {str(folder / "away" / "a.txt")}
        assert len(index.manifest()) == 3

    def test_moved_under_another_name_is_another_article(self, folder: Path, index: Built) -> None:
        pipeline.build(folder, index.path)
        (folder / "a.txt").rename(folder / "d.txt")
        summary = pipeline.build(folder, index.path)
        assert counts(summary) == {"added": 1, "present": 2}
        assert summary.vanished == (str(folder / "a.txt"),)

    def test_a_copy_shares_its_articles(self, folder: Path, index: Built, log: Path) -> None:
        pipeline.build(folder, index.path)
        log.unlink()
        (folder / "copies").mkdir()
        copy = folder / "copies" / "a.txt"
        shutil.copyfile(folder / "a.txt", copy)
        assert counts(pipeline.build(folder, index.path)) == {"present": 4}
        assert extracted(log) == []
        assert len(index.articles()) == 3

        # Either may change or go; what the other has stays.
        (folder / "a.txt").write_text(TEXT.format("other"), encoding="utf-8")
        assert counts(pipeline.build(folder, index.path)) == {"added": 1, "present": 3}
        assert len(index.articles()) == 4
        copy.unlink()
        assert counts(pipeline.build(folder, index.path, prune=True)) == {
            "present": 3,
            "removed": 1,
        }
        assert len(index.articles()) == 3

    def test_vanished_is_told_and_kept(self, folder: Path, index: Built) -> None:
        pipeline.build(folder, index.path)
        (folder / "b.txt").unlink()
        for _ in range(2):
            summary = pipeline.build(folder, index.path)
            assert (counts(summary), summary.vanished) == (
                {"present": 2},
                (str(folder / "b.txt"),),
            )
        assert len(index.articles()) == 3

    def test_vanished_elsewhere_is_no_matter(self, folder: Path, index: Built) -> None:
        (folder / "other").mkdir()
        (folder / "other" / "z.txt").write_text(TEXT.format("z"), encoding="utf-8")
        pipeline.build(folder, index.path)
        (folder / "b.txt").unlink()
        assert pipeline.build(folder / "other", index.path, prune=True).vanished == ()
        assert len(index.articles()) == 4

    def test_pruned(self, folder: Path, index: Built) -> None:
        pipeline.build(folder, index.path)
        (folder / "b.txt").unlink()
        summary = pipeline.build(folder, index.path, prune=True)
        assert (counts(summary), summary.vanished) == ({"present": 2, "removed": 1}, ())
        assert stems(index.articles()) == ["a", "c"]
        assert [entry.name for entry in index.manifest()] == ["a.txt", "c.txt"]

    def test_interrupted_in_a_file_it_goes_on_in_it(
        self, folder: Path, index: Built, log: Path
    ) -> None:
        path = table(folder, "one", "two", "three")

        def interrupt(step: Progress) -> None:
            if step.articles == 2:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            pipeline.build(path, index.path, on_progress=interrupt)
        (entry,) = index.manifest()
        assert (entry.done, entry.articles) == (False, 2)
        log.unlink()
        assert counts(pipeline.build(path, index.path)) == {"added": 1, "present": 2}
        assert extracted(log) == ["export.csv#three"]

    def test_an_index_from_before_there_were_manifests(
        self, folder: Path, index: Built, log: Path
    ) -> None:
        path = table(folder, "one", "two", "three")
        pipeline.build(folder, index.path)
        with sqlite3.connect(index.path) as connection:
            connection.execute("DELETE FROM files")
            connection.execute("DELETE FROM file_articles")
        log.unlink()
        table(folder, "one", "three")
        summary = pipeline.build(folder, index.path)
        assert counts(summary) == {"present": 5, "removed": 1}
        assert extracted(log) == []
        assert str(path) in {entry.path for entry in index.manifest()}

    def test_pages_that_a_file_names_are_part_of_it(self, tmp_path: Path) -> None:
        issue, page = tmp_path / "issue.xml", tmp_path / "0001.xml"
        issue.write_text(METS)
        alone = fingerprint(issue)
        page.write_text("<alto/>")
        assert (whole := fingerprint(issue)) != alone
        page.write_text("<alto />")
        assert fingerprint(issue) != whole

    def test_rebuild_reads_all(self, folder: Path, index: Built, log: Path) -> None:
        pipeline.build(folder, index.path)
        log.unlink()
        assert counts(pipeline.build(folder, index.path, rebuild=True)) == {"present": 3}
        assert extracted(log) == ["a.txt", "b.txt", "c.txt"]

    def test_a_pipe_is_read_and_not_recorded(self, folder: Path, index: Built) -> None:
        pipe = folder / "pipe.txt"
        os.mkfifo(pipe)
        writer = threading.Thread(target=lambda: pipe.write_text(TEXT.format("piped")))
        writer.start()
        assert counts(pipeline.build(pipe, index.path)) == {"added": 1}
        writer.join()
        assert index.manifest() == []

    def test_a_withheld_article_is_known(self, folder: Path, index: Built, log: Path) -> None:
        """Its id is another one then, where its file is named after somebody."""
        (folder / "ann-lee.txt").write_text(TEXT.format("named"), encoding="utf-8")
        pipeline.build(folder, index.path)
        with create_index(index.path) as opened:
            opened.withholding.name("Ann Lee", who="jo")
        log.unlink()
        assert counts(pipeline.build(folder, index.path)) == {"present": 4}
        (folder / "ann-lee.txt").write_text(TEXT.format("named") + "\n\n", encoding="utf-8")
        assert counts(pipeline.build(folder, index.path)) == {"replaced": 1, "present": 3}
        assert len(index.articles()) == 4


class TestOnlyTopic:
    @pytest.fixture
    def mixed(self, tmp_path: Path) -> Path:
        folder = tmp_path / "mixed"
        folder.mkdir()
        for name, about in (("bus", "bus fares"), ("groom", "grooming of children online")):
            text = TEXT.format(name).replace("Numbers rise", f"Concern over {about} rises")
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        return folder

    def test_others_are_passed_over_and_counted(
        self, mixed: Path, index: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        log = tmp_path / "log"
        monkeypatch.setenv("FAKE_LOG", str(log))
        summary = pipeline.build(mixed, index.path, only_topic="grooming")
        assert (counts(summary), summary.skipped) == ({"added": 1, "passed_over": 1}, ())
        assert extracted(log) == ["groom.txt"]
        (left_out,) = index.left_out("bus.txt")
        assert left_out.passed_over
        assert left_out.reason == "is not about grooming (score 0.00)"
        again = pipeline.build(mixed, index.path, only_topic="Grooming")
        assert counts(again) == {"present": 1, "passed_over": 1}

    def test_without_it_they_are_read(self, mixed: Path, index: Built) -> None:
        pipeline.build(mixed, index.path, only_topic="grooming")
        assert counts(pipeline.build(mixed, index.path)) == {"added": 1, "present": 1}

    def test_what_is_in_the_index_stays(self, mixed: Path, index: Built) -> None:
        pipeline.build(mixed, index.path)
        summary = pipeline.build(mixed, index.path, only_topic="grooming")
        assert counts(summary) == {"present": 2}
        (mixed / "bus.txt").write_text(TEXT.format("bus") + "More of buses.\n", encoding="utf-8")
        summary = pipeline.build(mixed, index.path, only_topic="grooming")
        assert counts(summary) == {"present": 1, "passed_over": 1, "removed": 1}

    def test_extracted_they_come_out_as_passed_over(self, mixed: Path) -> None:
        bus, groom = pipeline.extract_paths(mixed, only_topic="grooming")
        assert isinstance(bus, Skipped)
        assert bus.passed_over
        assert isinstance(groom, Extraction)
        assert "only_topic" not in groom.provenance.settings

    def test_the_index_decides_by_its_own_dictionary(self, mixed: Path, index: Built) -> None:
        own = mixed.parent / "own.toml"
        own.write_text(OWN_TOPICS, encoding="utf-8")
        with create_index(index.path) as opened:
            opened.score_topics(DictionaryScorer(load_dictionary(own)))
        summary = pipeline.build(mixed, index.path, only_topic="buses")
        assert counts(summary) == {"added": 1, "passed_over": 1}
        assert stems(index.articles()) == ["bus"]

    def test_a_topic_that_is_none(self, mixed: Path, index: Built) -> None:
        with pytest.raises(QueryError, match="is unknown"):
            pipeline.build(mixed, index.path, only_topic="gardening")
        with pytest.raises(QueryError, match="Did you mean grooming"):
            list(pipeline.extract_paths(mixed, only_topic="groming"))


class TestProgress:
    def test_bytes_of_what_has_to_be_read(self, folder: Path, index: Built) -> None:
        pipeline.build(folder / "a.txt", index.path)
        size = (folder / "b.txt").stat().st_size
        steps: list[Progress] = []
        pipeline.build(folder, index.path, on_progress=steps.append)
        assert [(s.outcome, s.articles, s.to_read) for s in steps] == [
            ("present", 0, 2 * size),
            ("added", 1, 2 * size),
            ("added", 2, 2 * size),
        ]
        assert steps[0].read == 0
        assert 0 < steps[1].read <= size < steps[2].read <= 2 * size

    def test_within_a_file(self, folder: Path, index: Built) -> None:
        path = table(folder, "one", "two", "three")
        steps: list[Progress] = []
        pipeline.build(path, index.path, on_progress=steps.append)
        read = [step.read for step in steps]
        assert read == sorted(set(read))
        assert read[-1] <= path.stat().st_size


def test_an_index_of_nothing_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NewsmineError):
        pipeline.build(tmp_path / "typo", tmp_path / "news.db")
    assert not (tmp_path / "news.db").exists()


def test_skipped_and_progress_are_values() -> None:
    assert replace(Skipped("a", "b", "c"), path="d") == Skipped("d", "b", "c")
    assert Progress(1, 2, "a", "added") == Progress(1, 2, "a", "added")
