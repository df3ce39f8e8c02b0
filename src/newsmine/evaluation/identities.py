"""Score who is who across articles: pairs of names that are put together, against a gold.

``corpora/sample/names.toml`` holds the groups. A unit is a name in an article; pairs are of two
units of different articles, or of two names in one. Precision: of the pairs put together, how many
the gold has together; recall: of those that the gold has together, how many were.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newsmine.errors import GoldError
from newsmine.evaluation.names import same_name
from newsmine.evaluation.scoring import extract_row
from newsmine.evaluation.statements import Row, f1, share
from newsmine.evaluation.tables import UNKNOWN, TextTable
from newsmine.index.directory import shipped_directory
from newsmine.index.identity.evidence import Evidence, Seen, stands_expanded, year_of
from newsmine.index.identity.keys import IdentityType
from newsmine.index.identity.resolve import Resolved, resolve

if TYPE_CHECKING:
    from newsmine.pipeline import Model

NAMES = "names.toml"
_KINDS: Mapping[IdentityType, str] = {"person": "people", "organisation": "organisations"}

Unit = tuple[str, str]
"""An article, by the number that its name begins with, and a name in it."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Who speaks in an article: a person or organisation, with post and organisation."""

    article: str
    name: str | None
    type: str
    role: str | None
    organisation: str | None


@dataclass(frozen=True, slots=True)
class NamesGold:
    """Groups of names, by type, and pairs that look like one and are two."""

    groups: Mapping[IdentityType, tuple[Mapping[str, frozenset[str]], ...]]
    tempting: tuple[tuple[Unit, Unit], ...]

    def group_of(self, type: IdentityType, unit: Unit) -> object:
        """What is equal for units of one group."""
        article, name = unit
        for number, group in enumerate(self.groups[type]):
            if article in group["articles"] and name in group["names"]:
                return number
        return unit

    def nearest(self, type: IdentityType, unit: Unit) -> object:
        """The same for a name as it was extracted, which can be longer or shorter."""
        article, name = unit
        exact = self.group_of(type, unit)
        if exact != unit:
            return exact
        for number, group in enumerate(self.groups[type]):
            if article in group["articles"] and any(same_name(name, n) for n in group["names"]):
                return number
        return unit


def load_names(folder: Path) -> NamesGold:
    """The groups beside a corpus.

    Raises:
        GoldError: The file is missing or wrong.
    """
    path = folder / NAMES
    try:
        record = tomllib.loads(path.read_text(encoding="utf-8"))
        groups = {type: tuple(map(_group, record[kind])) for type, kind in _KINDS.items()}
        tempting = tuple(_pair(entry["names"]) for entry in record["tempting"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise GoldError(path, f"holds no groups of names ({error})", "Restore it") from error
    return NamesGold(groups, tempting)


def _group(entry: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    names = frozenset((entry["name"], *entry.get("also", ())))
    return {"names": names, "articles": frozenset(entry["articles"])}


def _pair(names: Sequence[str]) -> tuple[Unit, Unit]:
    one, other = (tuple(name.split(": ", 1)) for name in names)
    return (one[0], one[1]), (other[0], other[1])


def stated_in_gold(folder: Path) -> list[Stated]:
    """Who speaks, as the gold files beside the texts have it."""
    found = []
    for file in sorted(folder.glob("*.gold.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        for attribution in record["attributions"]:
            if speaker := attribution.get("speaker"):
                found.append(Stated(file.name[:2], **{k: speaker[k] for k in _SPEAKER}))
    return found


_SPEAKER = ("name", "type", "role", "organisation")


def stated_in_rows(rows: Iterable[Row]) -> list[Stated]:
    """Who speaks, as ``newsmine extract --format jsonl`` has it."""
    return [
        Stated(Path(row["article"]["path"]).name[:2], **{k: speaker[k] for k in _SPEAKER})
        for row in rows
        for attribution in row["attributions"]
        if (speaker := attribution["speaker"])
    ]


def evidence_of(stated: Sequence[Stated], dates: Mapping[str, str | None]) -> Evidence:
    """As an index would have it."""
    articles = sorted({one.article for one in stated})
    people = sorted({s.name for s in stated if s.type == "person" and s.name})
    owners = {one: _organisation(one) for one in stated}
    organisations = sorted({name for name in owners.values() if name})
    number = {article: n for n, article in enumerate(articles)}
    ids = {name: n for n, name in enumerate(organisations)}
    persons = {name: n for n, name in enumerate(people)}
    seen = {
        Seen(persons[one.name], number[one.article], one.role, ids.get(owners[one] or ""),
             year_of(dates.get(one.article)))
        for one in stated if one.type == "person" and one.name
    }  # fmt: skip
    places = {(ids[name], number[one.article]) for one, name in owners.items() if name}
    return Evidence(
        people=dict(enumerate(people)),
        organisations=dict(enumerate(organisations)),
        seen=tuple(sorted(seen, key=str)),
        in_articles=tuple(sorted(places)),
        articles=dict(enumerate(articles)),
    )


def _organisation(one: Stated) -> str | None:
    return one.organisation or (one.name if one.type == "organisation" else None)


def score_names(stated: Sequence[Stated], folder: Path) -> dict[str, float]:
    """Figures in per cent for people and organisations, with the tempting pairs put together."""
    gold = load_names(folder)
    dates, texts = _read(folder)
    evidence = evidence_of(stated, dates)

    def expanded(name: str, letters: str) -> str | None:
        return next((a for a, text in texts.items() if stands_expanded(text, name, letters)), None)

    resolved = resolve(evidence, shipped_directory(), expanded, ())
    tally: Counter[str] = Counter()
    together: dict[Unit, object] = {}
    for type in _KINDS:
        units = _units(evidence, type)
        ours = {unit: _ours(evidence, resolved, type, unit) for unit in units}
        together |= ours
        tally += _tally(type, units, ours, gold)
    wrong = [p for p in gold.tempting if p[0] in together and together[p[0]] == together.get(p[1])]
    return {**_figures(tally), "tempting": len(gold.tempting), "tempting merged": len(wrong)}


def _read(folder: Path) -> tuple[dict[str, str | None], dict[str, str]]:
    dates, texts = {}, {}
    for file in sorted(folder.glob("*.gold.json")):
        record = json.loads(file.read_text(encoding="utf-8"))
        dates[file.name[:2]] = record["published"]
        texts[file.name[:2]] = file.with_name(file.name.replace(".gold.json", ".txt")).read_text(
            encoding="utf-8"
        )
    return dates, texts


def _units(evidence: Evidence, type: IdentityType) -> list[Unit]:
    if type == "organisation":
        pairs = {(evidence.articles[a], evidence.organisations[o]) for o, a in evidence.in_articles}
    else:
        pairs = {(evidence.articles[s.article], evidence.people[s.speaker]) for s in evidence.seen}
    return sorted(pairs)


def _ours(evidence: Evidence, resolved: Resolved, type: IdentityType, unit: Unit) -> object:
    """What is equal for units that are put together; a whole name is one in all its articles."""
    article, name = unit
    partial = False
    for number, group in enumerate(resolved.groups):
        for part in group.parts:
            if group.type != type or part.name != name:
                continue
            if part.articles is None:
                return number
            partial = True
            if article in {evidence.articles[a] for a in part.articles}:
                return number
    return unit if partial else name


def _tally(
    type: str, units: Sequence[Unit], ours: Mapping[Unit, object], gold: NamesGold
) -> Counter[str]:
    wanted = {unit: gold.nearest(type, unit) for unit in units}  # type: ignore[arg-type]
    tally: Counter[str] = Counter()
    for one, other in combinations(units, 2):
        same, found = wanted[one] == wanted[other], ours[one] == ours[other]
        kind = "" if one[1] == other[1] else " of two names"
        for suffix in {"", kind}:
            tally[f"{type}{suffix} wanted"] += same
            tally[f"{type}{suffix} found"] += found
            tally[f"{type}{suffix} right"] += same and found
    return tally


def _figures(tally: Mapping[str, float]) -> dict[str, float]:
    made: dict[str, float] = {}
    for type in (*_KINDS, *(f"{type} of two names" for type in _KINDS)):
        made[f"{type} pairs"] = tally[f"{type} wanted"]
        made[f"{type} P"] = share(tally, f"{type} right", f"{type} found")
        made[f"{type} R"] = share(tally, f"{type} right", f"{type} wanted")
        made[f"{type} F1"] = f1(tally, f"{type} right", f"{type} found", f"{type} wanted")
    return made


def measure_names(
    folder: Path, *, model: Model = None, progress: Callable[[str], None] = lambda _: None
) -> dict[str, dict[str, float]]:
    """The figures of ``score_names`` twice: for the speakers that the gold names ("gold"), and for
    those that newsmine finds in the texts ("extracted").

    Args:
        folder: Texts with ``*.gold.json`` and ``names.toml``.
        model: As for ``newsmine.extract``.
        progress: Told each article's name.

    Raises:
        GoldError: A file of it is missing or wrong.
    """
    load_names(folder)
    rows = []
    for file in sorted(folder.glob("*.gold.json")):
        text = file.with_name(file.name.replace(".gold.json", ".txt"))
        progress(text.stem)
        row = extract_row(text.read_text(encoding="utf-8"), model=model)
        rows.append({**row, "article": {"path": text.name}})
    stated = {"gold": stated_in_gold(folder), "extracted": stated_in_rows(rows)}
    return {of: score_names(found, folder) for of, found in stated.items()}


def of_names(name: str, figures: Mapping[str, Mapping[str, float]]) -> TextTable:
    """The measurement as a table."""
    rows = (
        (figure, *(_shown(figure, found) for found in figures.values()))
        for figure in figures["gold"]
    )
    title = f"{name}: pairs of names that are one, per cent"
    note = "With the speakers that the annotation names, and with those that newsmine finds."
    return TextTable(title, ("", "Annotated", "Found"), tuple(rows), note)


def _shown(figure: str, found: Mapping[str, float]) -> str:
    kind, _, letter = figure.rpartition(" ")
    if letter in ("P", "R", "F1"):
        # Of no pair, no share is right.
        return f"{found[figure]:.1f}" if found[f"{kind} pairs"] else UNKNOWN
    return str(round(found[figure]))


def main(arguments: Sequence[str]) -> int:
    """``python -m newsmine.evaluation.identities FOLDER [EXTRACTED.jsonl]``; the exit status."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write(f"{main.__doc__}\n")
        return 2
    folder = Path(arguments[0])
    if len(arguments) == 2:
        lines = Path(arguments[1]).read_text(encoding="utf-8").splitlines()
        stated = stated_in_rows(json.loads(line) for line in lines)
    else:
        stated = stated_in_gold(folder)
    for name, value in score_names(stated, folder).items():
        sys.stdout.write(f"{name:32s} {value:6.1f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
