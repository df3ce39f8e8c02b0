"""Raw bytes to articles: read the file, clean its text, find its fields.

Importing it loads no reader: an index is asked without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["Survey", "find_inputs", "make_survey", "read_bytes", "read_file", "read_text"]

if TYPE_CHECKING:
    from newsmine.ingest.files import make_survey as make_survey
    from newsmine.ingest.files import read_bytes as read_bytes
    from newsmine.ingest.files import read_file as read_file
    from newsmine.ingest.files import read_text as read_text
    from newsmine.ingest.inputs import find_inputs as find_inputs
    from newsmine.ingest.survey import Survey as Survey

_HOMES = {"find_inputs": "inputs", "Survey": "survey"}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'newsmine.ingest' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"newsmine.ingest.{_HOMES.get(name, 'files')}"), name)
