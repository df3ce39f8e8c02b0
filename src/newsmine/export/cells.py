"""Values as cells of a table: one text or number each."""

from __future__ import annotations

import json
import re
from typing import Any

# What no table program takes: controls but tab and newline, and lone surrogates.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PICTURES = 0x2400


def cell(value: Any) -> str | int | float | None:
    """A value as text or number.

    A list of texts is joined by "; ", any other list or dict is JSON. Control characters, which
    break files and screens, become visible signs of the same length; JSON lines keep them.
    """
    if isinstance(value, bool) or value is None:
        return None if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, (list, tuple)) and value and all(isinstance(v, str) for v in value):
        return _visible("; ".join(value))
    if isinstance(value, (list, tuple, dict)):
        return _visible(json.dumps(value, ensure_ascii=False)) if value else None
    return _visible(str(value))


def _visible(text: str) -> str:
    return _CONTROLS.sub(lambda match: _sign(ord(match[0])), text)


def _sign(code: int) -> str:
    if code < 0x20:
        return chr(_PICTURES + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"
