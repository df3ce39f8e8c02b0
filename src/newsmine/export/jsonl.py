"""JSON lines: one object a row, in UTF-8; nothing is changed but lone surrogates."""

from __future__ import annotations

from typing import BinaryIO

from newsmine.export.rows import Table, finite, json_line


def write_jsonl(table: Table, file: BinaryIO) -> int:
    """Write each row as a line of JSON; unknown is null. No rows make an empty file."""
    count = 0
    for count, row in enumerate(table.rows, 1):
        known = {name: finite(value) for name, value in row.items()}
        file.write(f"{json_line(known)}\n".encode())
    return count
