"""JSON lines: one object a row, in UTF-8; nothing is changed but lone surrogates."""

from __future__ import annotations

from typing import BinaryIO

from newsmine.export.rows import Table, json_line


def write_jsonl(table: Table, file: BinaryIO) -> int:
    """Write each row as a line of JSON; unknown is null. No rows make an empty file."""
    count = 0
    for row in table.rows:
        file.write(f"{json_line(row)}\n".encode())
        count += 1
    return count
