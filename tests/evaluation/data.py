"""The OCR data beside the checkout; tests that need it skip with a word where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("NEWSMINE_DATA", Path(__file__).parents[2] / ".." / "shared" / "data"))

needs_ocr = pytest.mark.skipif(
    not (DATA / "ocr" / "bln600").is_dir(), reason="the OCR data is not there"
)


def ocr(name: str) -> Path:
    """A file or folder of the OCR data."""
    return DATA / "ocr" / name
