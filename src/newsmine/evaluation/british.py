"""The British gold format: a JSON line an article, its text in a folder beside it.

``quotations`` become attributions, doubtful ones are kept apart; claims are left to the shared
``score_british.py``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from newsmine.errors import GoldError
from newsmine.evaluation.gold import GoldArticle, GoldAttribution
from newsmine.types import Span, Speaker


def read_lines(path: Path) -> Iterator[GoldArticle]:
    """The articles of ``NAME.jsonl``, whose texts are in the folder ``NAME``.

    Raises:
        GoldError: A line is no article of this format, or a text is missing.
    """
    folder = path.with_suffix("")
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _article(json.loads(line), folder)
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            what = str(error) or type(error).__name__
            reason = f"line {number} is no annotated article with a text in {folder} ({what})"
            raise GoldError(path, reason, "See docs/evaluation.md for what a line holds") from error


def _article(gold: Mapping[str, Any], folder: Path) -> GoldArticle:
    path = folder / gold["file"].replace("/", "_")
    text = path.read_bytes().decode(gold.get("encoding", "utf-8"))
    items = gold["quotations"]
    return GoldArticle(
        path=path,
        text=text,
        attributions=tuple(_attribution(q) for q in items if not q.get("doubtful")),
        not_quotes=_spans(gold.get("not_quotes")),
        doubtful=tuple(_spans(q["content"]) for q in items if q.get("doubtful")),
    )


def _attribution(item: Mapping[str, Any]) -> GoldAttribution:
    name, kind = item.get("speaker_name"), item.get("speaker_type")
    own = name if kind == "organisation" else None
    organisation = item.get("affiliation") or own
    return GoldAttribution(
        kind=item["kind"],
        content=_spans(item["content"]),
        source=_spans([item["speaker"]] if item.get("speaker") else ()),
        cue=_spans([item["cue"]] if item.get("cue") else ()),
        speaker=Speaker(name, kind, item.get("speaker_role"), organisation) if kind else None,
        continues=bool(item.get("continues")),
    )


def _spans(values: Any) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in values or ())
