"""JSON lines: a row a line, values as they are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from newsmine.export.files import Sink


def write(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], file: Sink) -> int:
    """Write each row as one JSON object in UTF-8, unknown as null."""
    count = 0
    for count, row in enumerate(rows, 1):
        line = json.dumps({name: row.get(name) for name in columns}, ensure_ascii=False)
        file.write(line.encode("utf-8", "backslashreplace") + b"\n")
    return count
