"""A small annotated article, and rows as an extraction would give them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from newsmine.evaluation.gold import GoldArticle, GoldAttribution
from newsmine.types import Speaker

TEXT = "“It must stop,” said Ann Lee. “Now.” The league says that it is “unfair” to all."
ANN = Speaker("Ann Lee", "person", None, "Fernwatch")
LEAGUE = Speaker("The League", "organisation", None, "The League")


def gold() -> GoldArticle:
    return GoldArticle(
        Path("a.txt"),
        TEXT,
        attributions=(
            GoldAttribution("direct", ((0, 15),), ((21, 28),), ((16, 20),), ANN),
            GoldAttribution("direct", ((30, 36),), speaker=ANN, continues=True),
            GoldAttribution("mixed", ((58, 79),), ((37, 47),), ((48, 52),), LEAGUE),
        ),
        not_quotes=((64, 72),),
    )


def row(*attributions: dict[str, Any]) -> dict[str, Any]:
    return {"attributions": list(attributions), "claims": []}


def said(
    kind: str, *content: tuple[int, int], name: str | None, cue: bool = True
) -> dict[str, Any]:
    speaker = {"name": name, "type": "person", "organisation": None}
    raw = {"content": content, "source": [], "cue": [(0, 1)] if cue else []}
    return {"kind": kind, "raw": raw, "speaker": speaker}
