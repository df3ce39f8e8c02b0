"""``python -m newsmine.evaluation.…``: extracted rows against a gold corpus, printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from newsmine.errors import NewsmineError
from newsmine.evaluation.gold import GoldArticle, load_gold
from newsmine.resources import shipped

_Score = Callable[[list[dict[str, Any]], Sequence[GoldArticle]], list[str]]
"""The lines to print for extracted rows and the gold."""


def print_scores(usage: str, arguments: Sequence[str], score: _Score) -> int:
    """Run ``EXTRACTED.jsonl [FOLDER]``; without a folder the gold is the sample corpus.

    Returns:
        The exit status: 2 for a wrong call, 1 where something cannot be read.
    """
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write(f"{usage}\n")
        return 2
    folder = Path(arguments[1]) if len(arguments) == 2 else shipped("corpora/sample")
    try:
        lines = Path(arguments[0]).read_text(encoding="utf-8").split("\n")
        rows = [json.loads(line) for line in lines if line.strip()]
        printed = score(rows, load_gold(folder))
    except (OSError, ValueError, NewsmineError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in printed)
    return 0
