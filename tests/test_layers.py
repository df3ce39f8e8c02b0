"""Imports go one way, and `import newsmine` stays light."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "newsmine"

# A room may import those before it. The ground lies under all; pipeline is where rooms meet.
ORDER = (
    {"types", "errors", "resources", "data", "progress"},
    {"ingest"},
    {"nlp"},
    {"index"},
    {"export"},
    {"pipeline"},
    {"engines", "web"},
    {"evaluation"},
    {"training"},
    {"cli"},
    {"__main__"},
)
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
HEAVY = ("pandas", "numpy", "spacy", "sklearn", "onnxruntime", "tokenizers", "xlsxwriter", "torch")


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_rooms(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each import of newsmine's own in a module, at the top or inside a function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            names = inner if node.module == "newsmine" else [node.module]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == "newsmine" and rest:
                yield node.lineno, rest.split(".")[0]


def wrong_way(source: str, room: str) -> list[str]:
    """The imports in a module of this room that go against the order."""
    return [
        f"line {line}: {room} imports {other}"
        for line, other in imported_rooms(ast.parse(source))
        if other in RANK and RANK[other] >= RANK[room] and other != room and other not in ORDER[0]
    ]


MODULES = sorted(
    path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or room_of(path) != "__init__"
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way(path: Path) -> None:
    assert wrong_way(path.read_text(encoding="utf-8"), room_of(path)) == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_relative_imports(path: Path) -> None:
    """They would slip past the test above."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]


def test_every_room_has_its_place() -> None:
    assert {room_of(path) for path in MODULES} <= set(RANK)


@pytest.mark.parametrize(
    ("source", "room", "wrong"),
    [
        ("from newsmine.nlp import load", "ingest", 1),
        ("def f():\n    import newsmine.index.store", "nlp", 1),
        ("from newsmine import pipeline", "export", 1),
        ("from newsmine import types, cli", "index", 1),
        ("from newsmine.ingest import read_file", "nlp", 0),
        ("from newsmine import __version__", "ingest", 0),
        ("from newsmine.types import Article", "types", 0),
        ("from newsmines.cli import main", "nlp", 0),
    ],
)
def test_the_test_sees_a_wrong_import(source: str, room: str, wrong: int) -> None:
    assert len(wrong_way(source, room)) == wrong


def loaded_by(statement: str) -> set[str]:
    """The heavy modules that a statement pulls in, in a fresh interpreter."""
    code = f"import sys\n{statement}\nprint(*sys.modules)"
    env = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env
    )
    return {name.split(".")[0] for name in done.stdout.split()} & set(HEAVY)


@pytest.mark.parametrize(
    "statement",
    [
        "import newsmine",
        "import newsmine.pipeline",
        "import newsmine.cli",
        "import newsmine; newsmine.extract, newsmine.build, newsmine.read",
        "import newsmine; newsmine.open_index",
    ],
)
def test_light_to_import(statement: str) -> None:
    assert loaded_by(statement) == set()


def test_an_index_is_opened_without_a_reader() -> None:
    """A query from a cold process took twice as long with them."""
    code = "import sys, newsmine.cli.search; from newsmine.index import open_index"
    env = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    loaded = subprocess.run(
        [sys.executable, "-c", f"{code}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env=env,
    ).stdout.split()
    assert "newsmine.index.file" in loaded
    assert not [n for n in loaded if n.startswith(("newsmine.ingest.readers", "newsmine.pipeline"))]


def test_the_list_of_commands_imports_none() -> None:
    code = "import sys; from newsmine.cli.app import run; run(); print(*sys.modules)"
    env = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    loaded = subprocess.run(
        [sys.executable, "-c", code, "--help"], capture_output=True, text=True, check=True, env=env
    ).stdout.split()
    assert "newsmine.cli.app" in loaded
    assert not {"newsmine.index", "newsmine.ingest", "newsmine.cli.search", "pydantic"} & {*loaded}


def test_the_test_sees_a_heavy_import() -> None:
    assert loaded_by("import numpy") == {"numpy"}
