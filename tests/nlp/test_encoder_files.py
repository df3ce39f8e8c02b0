"""A model whose files are damaged or of another form: one line that says what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsmine.errors import ModelError
from newsmine.nlp.encoder import Encoder
from newsmine.nlp.words import word_spans
from newsmine.resources import shipped

SHIPPED = Path(shipped("models/en_newsmine")) / "newsmine_encoder"
TEXT = "“We know,” said Ann Roe."

BATCHED = (
    b'\x08\x08:e\n\x16\n\x03ids\x12\x05roles"\x08Identity\x12\x01gZ"\n\x03ids\x12\x1b\n\x19\x08\x07'
    b"\x12\x15\n\t\x12\x07windows\n\x08\x12\x06piecesb$\n\x05roles\x12\x1b\n\x19\x08\x07\x12\x15\n"
    b"\t\x12\x07windows\n\x08\x12\x06piecesB\x04\n\x00\x10\x12"
)
"""A graph whose input ``ids`` is windows by pieces, as in models before this one."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped model's files."""
    for name in Encoder.FILES:
        shutil.copyfile(SHIPPED / name, tmp_path / name)
    return tmp_path


def test_whole_files_read(folder: Path) -> None:
    assert len(Encoder(folder).read(TEXT, word_spans(TEXT)).roles) == len(word_spans(TEXT))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("encoder.onnx", BATCHED, "is of another version of newsmine"),
        ("encoder.onnx", b"half a download", "cannot be loaded ("),
        ("encoder.onnx", b"", "cannot be loaded ("),
        ("tokenizer.json", b"", "cannot be loaded ("),
        ("tokenizer.json", b"\xff{", "cannot be loaded ("),
        ("tokenizer.json", b'{"version": "1.0"}', "cannot be loaded ("),
    ],
)
def test_damaged_files_are_named(folder: Path, name: str, content: bytes, reason: str) -> None:
    (folder / name).write_bytes(content)
    with pytest.raises(ModelError) as caught:
        Encoder(folder).read(TEXT, word_spans(TEXT))
    message = str(caught.value)
    assert str(folder / name) in message
    assert reason in message
    assert "make train" in message
    assert "\n" not in message


@pytest.mark.parametrize("name", Encoder.FILES)
def test_missing_files_are_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=f"{name}: is missing"):
        Encoder(folder)
