"""The help: quick, complete, and its examples work when pasted."""

from __future__ import annotations

import inspect
import os
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

from newsmine.cli import app as program
from newsmine.index import AGREEMENT_COLUMNS, CHECK_COLUMNS, CLAIM_COLUMNS, QUOTE_COLUMNS
from newsmine.resources import shipped
from tests.cli.conftest import ROOT, Run, environment, needs_model

COMMANDS = sorted(program.COMMANDS)
EXAMPLES = [(name, line) for name in COMMANDS for line in program.module_of(name).EXAMPLES]


def test_the_list_of_commands(newsmine: Run) -> None:
    done = newsmine("--help", real=True)
    assert done.returncode == 0
    for name in COMMANDS:
        assert re.search(rf"^  {name} .*[^.]\.$", done.stdout, re.M), "missing or cut off"
    assert "newsmine demo" in done.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_each_has_examples(newsmine: Run, name: str) -> None:
    done = newsmine(name, "--help", real=True)
    assert done.returncode == 0
    for line in program.module_of(name).EXAMPLES:
        assert f"    {line}\n" in done.stdout + "\n", "an example is folded"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_parameter_is_explained(name: str) -> None:
    command = getattr(program.module_of(name), name)
    for parameter in inspect.signature(command, eval_str=True).parameters.values():
        (option,) = parameter.annotation.__metadata__
        assert option.help, parameter.name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_each_says_of_itself(name: str) -> None:
    """The list is shown without importing the commands, so it holds their first lines."""
    text = inspect.getdoc(getattr(program.module_of(name), name)) or ""
    assert program.COMMANDS[name] == text.splitlines()[0]


def test_each_command_is_listed() -> None:
    modules = {path.stem for path in Path(program.__file__).parent.glob("*.py")}
    commands = {name for name in modules if f"\ndef {name}(" in source_of(name)}
    assert set(COMMANDS) == commands


def source_of(name: str) -> str:
    return Path(program.__file__).with_name(f"{name}.py").read_text(encoding="utf-8")


def test_version(newsmine: Run) -> None:
    import newsmine as package

    assert newsmine("--version", real=True).stdout == f"newsmine {package.__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["quotes", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom newsmine.cli.app import run\nrun()\nprint(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, env=environment(), check=True
    )
    loaded = {name.split(".")[0] for name in done.stderr.decode().split()}
    assert not loaded & {"spacy", "pandas", "numpy", "sklearn", "onnxruntime", "sqlite3"}


@pytest.fixture(scope="module")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder where a newcomer has typed `newsmine demo` and got the sample articles."""
    folder = tmp_path_factory.mktemp("playground")
    shim = folder / "bin" / "newsmine"
    shim.parent.mkdir()
    shim.write_text(
        f'#!/bin/sh\nexec "{sys.executable}" -c "from newsmine.cli import main; main()" "$@"\n'
    )
    shim.chmod(0o755)
    for line in ("newsmine demo", "newsmine demo --articles sample"):
        assert paste(line, folder).returncode == 0
    return folder


def paste(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    if SERVES.search(line):
        return served(line, folder, environment(PATH=path, BROWSER="true"))
    return subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=environment(PATH=path),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


SERVES = re.compile(r"newsmine serve|--open")
"""Commands that go on until Ctrl-C."""


def served(line: str, folder: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Wait until it says that it is there, then press Ctrl-C."""
    process = subprocess.Popen(
        ["bash", "-c", f"exec {line}"],
        cwd=folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    said = ""
    while "Ctrl-C stops it" not in said and (more := process.stderr.readline()):
        said += more
    process.send_signal(signal.SIGINT)
    out, rest = process.communicate(timeout=60)
    return subprocess.CompletedProcess(line, process.returncode, out, said + rest)


@needs_model
@pytest.mark.parametrize(("name", "line"), EXAMPLES)
def test_examples_work_when_pasted(playground: Path, name: str, line: str) -> None:
    done = paste(line, playground)
    assert done.returncode == 0, done.stderr
    assert not re.search("^No (quotes|claims|checks|figure)", done.stderr, re.M), (
        "it should find something"
    )
    assert done.stdout or ">" in line or name in ("export", "serve"), done.stderr


@needs_model
def test_the_demo_shows_what_it_can_do(playground: Path) -> None:
    done = paste("newsmine demo", playground)
    assert "newsmine-demo.db" in done.stdout
    for heading in ("Who is heard", "Who said what", "With which numbers", "Next:"):
        assert heading in done.stdout
    suggested = re.findall(r"^  (newsmine .+)$", done.stdout, re.M)
    assert len(suggested) >= 3
    for line in suggested:
        again = paste(line, playground)
        assert again.returncode == 0, again.stderr
        assert again.stdout or "export" in line or SERVES.search(line), line


@needs_model
def test_the_demo_keeps_off_other_indexes(playground: Path) -> None:
    (playground / "mine.txt").write_text("“It is mine,” said Ann Lee.", encoding="utf-8")
    assert paste("newsmine build mine.txt -o mine.db", playground).returncode == 0
    done = paste("newsmine demo -o mine.db", playground)
    assert done.returncode == 2
    assert "holds other articles" in done.stderr


def test_the_demo_articles_are_copied(newsmine: Run, tmp_path: Path) -> None:
    assert newsmine("demo", "--articles", "sample").returncode == 0
    copied = {path.name for path in (tmp_path / "sample").iterdir()}
    assert copied == {path.name for path in shipped("corpora/sample").glob("*.txt")}


def test_the_demo_articles_cannot_be_copied_anywhere(newsmine: Run) -> None:
    done = newsmine("demo", "--articles", "/proc/sample")
    assert done.returncode == 6
    assert len(done.stderr.splitlines()) == 1


class TestGuide:
    """docs/guide.md is complete."""

    text = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")

    def section(self, name: str) -> str:
        _, _, after = self.text.partition(f"## newsmine {name}\n")
        return after.partition("\n## ")[0]

    @pytest.mark.parametrize("name", COMMANDS)
    def test_each_command_has_its_section(self, name: str) -> None:
        assert self.section(name)

    @pytest.mark.parametrize("name", COMMANDS)
    def test_each_option_is_in_it(self, name: str) -> None:
        section = self.section(name)
        if "#filters" in section:
            section += self.text.partition("## Filters\n")[2].partition("\n## ")[0]
        assert [flag for flag in flags(name) if f"`{flag}" not in section] == []

    def test_no_option_is_invented(self) -> None:
        known = {"--help", *(flag for name in COMMANDS for flag in flags(name))}
        assert set(re.findall(r"--[a-z][a-z-]+", self.text)) <= known


def flags(name: str) -> list[str]:
    """The options of a command, as they are typed."""
    command = typer.main.get_command(program.app).commands[name]  # type: ignore[attr-defined]
    return [flag for param in command.params for flag in param.opts if flag.startswith("-")]


def test_flags_are_seen() -> None:
    assert {"--org", "--format"} <= set(flags("quotes"))
    assert "-o" in flags("build")


class TestFormats:
    """docs/formats.md is complete."""

    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize(
        "column", sorted({*QUOTE_COLUMNS, *CLAIM_COLUMNS, *CHECK_COLUMNS, *AGREEMENT_COLUMNS})
    )
    def test_each_column(self, column: str) -> None:
        assert re.search(rf"\b{column}\b", self.text)

    def test_each_table(self, built: Path) -> None:
        with sqlite3.connect(built) as connection:
            sql = """SELECT name FROM pragma_table_list WHERE schema = 'main'
                AND type IN ('table', 'view', 'virtual') AND name NOT LIKE 'sqlite_%'"""
            names = [name for (name,) in connection.execute(sql)]
        assert "attributions" in names
        assert [name for name in names if not re.search(rf"\b{name}\b", self.text)] == []
