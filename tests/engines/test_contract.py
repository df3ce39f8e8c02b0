"""What every engine promises: the same items in the same order as in this process.

A new engine is one more line in ``ENGINES``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsmine.engines.local import Workers
from newsmine.errors import ModelError
from newsmine.pipeline import Engine, Here
from newsmine.progress import Skipped
from tests.engines.clusters import needs_spark
from tests.engines.pretend import Pretend

ENGINES: dict[str, Callable[[], Engine]] = {
    "here": Here,
    "one worker": lambda: Workers(1),
    "two workers": lambda: Workers(2),
    "three workers": lambda: Workers(3),
}


SPARK = pytest.param("spark", marks=[pytest.mark.slow, needs_spark])


@pytest.fixture(params=[*ENGINES, SPARK])
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "spark":
        running: Engine = request.getfixturevalue("spark")
        return running
    return ENGINES[request.param]()


def write(folder: Path, *files: list[str]) -> list[Path]:
    """Files of these lines, named so that their order is not that of their names."""
    paths = [folder / f"{chr(ord('z') - number)}.txt" for number in range(len(files))]
    for path, lines in zip(paths, files, strict=True):
        path.write_text("\n".join(lines), encoding="utf-8")
    return paths


def taken(engine: Engine, files: list[Path]) -> list[tuple[str, list[object]]]:
    return [(str(file), list(items)) for file, items in engine.map(Pretend(), files)]


def test_the_same_as_here(engine: Engine, tmp_path: Path) -> None:
    files = write(
        tmp_path, ["one", "two"], ["!sleep 0.2", "slow"], [], ["!bad"], ["a", "!bad", "b"], ["c"]
    )
    found = taken(engine, files)
    assert found == taken(Here(), files)
    assert [len(items) for _, items in found] == [2, 2, 0, 1, 3, 1]


def test_the_slow_do_not_change_the_order(engine: Engine, tmp_path: Path) -> None:
    files = write(tmp_path, ["!sleep 0.4"], *([f"quick {n}"] for n in range(12)))
    assert [file for file, _ in taken(engine, files)] == list(map(str, files))


def test_what_is_bad_is_skipped_in_its_place(engine: Engine, tmp_path: Path) -> None:
    files = write(tmp_path, ["one"], ["two", "!bad", "three"], ["four"])
    kinds = [[isinstance(i, Skipped) for i in items] for _, items in taken(engine, files)]
    assert kinds == [[False], [False, True, False], [False]]


def test_no_files(engine: Engine) -> None:
    assert taken(engine, []) == []


def test_a_file_of_many_articles(engine: Engine, tmp_path: Path) -> None:
    files = write(tmp_path, ["before"], [f"line {n}" for n in range(3000)], ["after"])
    (_, before), (_, many), (_, after) = taken(engine, files)
    assert (len(before), len(many), len(after)) == (1, 3000, 1)
    assert [item.article.path.partition("#")[2] for item in many] == [  # type: ignore[attr-defined]
        str(number) for number in range(1, 3001)
    ]


def test_what_is_left_is_not_mixed_up_with_the_next(engine: Engine, tmp_path: Path) -> None:
    files = write(tmp_path, ["one", "two", "three"], ["four"])
    results = engine.map(Pretend(), files)
    _, items = next(results)
    next(items)
    file, items = next(results)
    assert file == files[1]
    (item,) = items
    assert item.article.text.startswith("four")  # type: ignore[union-attr]
    results.close()


def test_without_a_model_nothing_is_skipped(engine: Engine, tmp_path: Path) -> None:
    files = write(tmp_path, ["one"], ["!model"], ["two"])
    with pytest.raises(ModelError, match="en_nowhere: is missing"):
        taken(engine, files)


def test_a_defect_comes_through(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="a defect"):
        taken(engine, write(tmp_path, ["!defect"]))


def test_files_are_taken_as_they_are_needed(engine: Engine, tmp_path: Path) -> None:
    """An endless list of files is no list."""
    (one,) = write(tmp_path, ["one"])
    given = 0

    def endless() -> Iterator[Path]:
        nonlocal given
        while True:
            given += 1
            yield one

    results = engine.map(Pretend(), endless())
    for _ in range(3):
        assert len(list(next(results)[1])) == 1
    results.close()
    assert given < 2000
