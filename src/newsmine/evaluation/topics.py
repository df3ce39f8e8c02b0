"""Topics of articles against labels: a TOML file with, for each article, what it is about.

``about`` must be found; what an article only ``touches`` is right either way; every other topic
that is found is wrong. ``corpora/sample/topics.toml`` is such a file.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from newsmine.errors import GoldError
from newsmine.evaluation.tables import TextTable
from newsmine.index.topics import shipped_scorer
from newsmine.types import Article

LABELS = "topics.toml"


@dataclass(frozen=True, slots=True)
class TopicTally:
    """Over articles, for one topic: how often it was rightly found, wrongly found, missed."""

    found: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Of those found, per cent that are right."""
        return _percent(self.found, self.found + self.wrong)

    @property
    def recall(self) -> float:
        """Of those labelled, per cent that are found."""
        return _percent(self.found, self.found + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return _percent(2 * self.found, 2 * self.found + self.wrong + self.missed)


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def load_labels(path: Path) -> dict[str, dict[str, list[str]]]:
    """The labels of each article, by the stem of its file.

    Raises:
        GoldError: It cannot be read, or an entry is wrong.
    """
    remedy = "Restore the file"
    try:
        record = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(path, f"cannot be read ({error})", remedy) from error
    known = {name for name, _, _ in shipped_scorer().topics}
    for name, entry in record.items():
        if not isinstance(entry, dict) or not entry.keys() <= {"about", "touches"}:
            raise GoldError(path, f"has no labels for {name!r}", remedy)
        if unknown := {topic for topics in entry.values() for topic in topics} - known:
            raise GoldError(path, f"names the unknown topic {min(unknown)!r} in {name!r}", remedy)
    return record


def tally_topics(
    articles: Iterable[Article], labels: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, TopicTally]:
    """What was found, topic by topic, and in ``all``; articles without labels are left out."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in articles:
        if entry := labels.get(Path(article.path).stem):
            told = _about(article)
            about, touches = set(entry.get("about", ())), set(entry.get("touches", ()))
            sides = (("found", told & about), ("wrong", told - about - touches))
            for side, topics in (*sides, ("missed", about - told)):
                counts.update((name, side) for topic in topics for name in (topic, "all"))
    names = [name for name, _, _ in shipped_scorer().topics]
    sides_of = ("found", "wrong", "missed")
    return {
        name: TopicTally(*(counts[name, side] for side in sides_of)) for name in (*names, "all")
    }


def _about(article: Article) -> set[str]:
    heads = [zone.span for zone in article.zones if zone.kind in ("headline", "standfirst")]
    found = shipped_scorer().score(article.text, heads=heads)
    return {score.topic for score in found.article if score.about}


def measure_topics(folder: Path) -> dict[str, TopicTally]:
    """A folder of texts with ``topics.toml`` measured, as ``tally_topics`` has it.

    Raises:
        GoldError: The labels cannot be read, or no text has any.
    """
    from newsmine import ingest

    labels = load_labels(folder / LABELS)
    files = sorted(path for path in folder.glob("*.txt") if path.stem in labels)
    if not files:
        raise GoldError(folder, f"has no text that {LABELS} labels", "Name the stems of its files")
    read = (item for path in files for item in ingest.read_file(path))
    return tally_topics((item for item in read if isinstance(item, Article)), labels)


def of_topics(name: str, tallies: Mapping[str, TopicTally]) -> TextTable:
    """The measurement as a table; topics that nothing is about are left out."""
    rows = (
        (topic, str(one.found + one.missed), f"{one.precision:.1f}", f"{one.recall:.1f}",
         f"{one.f1:.1f}")
        for topic, one in tallies.items() if one.found + one.missed + one.wrong
    )  # fmt: skip
    columns = ("Topic", "Labelled", "P", "R", "F1")
    return TextTable(f"{name}: topics of articles, per cent", columns, tuple(rows))


def topics_to_json(tallies: Mapping[str, TopicTally]) -> dict[str, dict[str, float]]:
    """The measurement as a JSON object."""
    figures = ("precision", "recall", "f1")
    return {
        topic: {**asdict(one), **{name: getattr(one, name) for name in figures}}
        for topic, one in tallies.items()
    }


def main(arguments: Sequence[str]) -> int:
    """``python -m newsmine.evaluation.topics FOLDER``: texts and ``topics.toml``; exit status."""
    if len(arguments) != 1:
        sys.stderr.write(f"{main.__doc__}\n")
        return 2
    for name, tally in measure_topics(Path(arguments[0])).items():
        figures = f"P {tally.precision:5.1f}  R {tally.recall:5.1f}  F1 {tally.f1:5.1f}"
        sys.stdout.write(f"{name:15s} {tally.found + tally.missed:3d} labelled  {figures}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
