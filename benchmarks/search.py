"""How long a search takes in a big index of invented quotations, made from a seed.

  python benchmarks/search.py [--quotes 100000] [--keep FILE] [--repeat 40] [--json FILE]

Words are drawn as English draws them (Zipf's law, 50,000 of them), five quotations an article, a
tenth of them with a figure, a tenth printed five times, three quarters about a topic. Rows go into
the tables directly; the index is then as ``build`` would leave it, but for who is who. Times are of
this machine, just now: p50 / p99 in milliseconds, file in memory; each question the fastest of
three times, since other work can only add. The index's limits are meant for ``--quotes 1000000``,
which takes minutes to make: ``--keep`` it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from newsmine.index import Index, create_index, open_index
from newsmine.index.topics import shipped_scorer
from newsmine.ingest.alignment import identity, to_json

VOCABULARY, LENGTH, A_ARTICLE = 50_000, 30, 5
ORGANISATIONS, SPEAKERS, OUTLETS = 2_000, 40_000, 120
FIRST_YEAR, LAST_YEAR = 1990, 2025
CODE = "import sys; from newsmine.cli import main; sys.argv = ['newsmine', *sys.argv[1:]]; main()"


def main() -> None:
    """Make the index, time the queries, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quotes", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="make the index here, or use the one there")
    parser.add_argument("--repeat", type=int, default=40)
    parser.add_argument("--json", type=Path, help="write the figures here, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        path = options.keep or Path(scratch) / "big.db"
        if not path.exists():
            started = time.perf_counter()
            make(path, options.quotes)
            print(
                f"made in {time.perf_counter() - started:.0f} s, {path.stat().st_size / 1e6:.0f} MB"
            )
        figures = measured(path, options.repeat)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def measured(path: Path, repeat: int) -> dict[str, Any]:
    """Ask everything, print it as it comes, and give it back."""
    chance, figures = random.Random(7), {}
    with open_index(path) as index:
        size = index.size()
        figures["size"] = {"quotes": size.quotes, "MB": path.stat().st_size / 1e6}
        print(f"{size.quotes:,} quotes, {figures['size']['MB']:.0f} MB; p50 / p99 in ms")
        for name, ask, lines in itertools.chain(cases(chance), derived_cases(chance)):
            asked = lines(repeat)
            figures[name] = report(name, [fastest(ask, index, line) for line in asked])
    for name, code in (("export, all quotes", EXPORT), ("export, a common word", EXPORT_WORD)):
        figures[name] = json.loads(output(code.replace("PATH", repr(str(path)))))
        print(f"  {name:45s} {shown(figures[name])}")
    figures["cold process, organisation + word"] = cold(path)
    print(f"  {'cold process, organisation + word':45s} {shown(figures[list(figures)[-1]])}")
    return figures


def make(path: Path, quotes: int) -> None:
    """An index of so many quotations, the same for each seed."""
    draw = Drawn(random.Random(1))
    with create_index(path) as index:
        database = index._database
        with database.transaction():
            many(database, "outlets", ({"name": name} for name in draw.outlets))
            many(database, "organisations", ({"name": name} for name in draw.organisations))
            people = ({"name": name, "type": "person"} for name in draw.speakers)
            many(database, "speakers", people)
            for first in range(0, quotes, 10_000):
                numbers = range(first, min(first + 10_000, quotes))
                articles = sorted({number // A_ARTICLE for number in numbers})
                many(database, "articles", map(draw.article, articles))
                many(database, "attributions", map(draw.quote, numbers))
                many(database, "claims", map(draw.claim, numbers[::10]))
            derive(database)


def derive(database: Any) -> None:
    """What ``build`` finds out at its end: sayings and topics, from the numbers of the quotes."""
    topics = shipped_scorer().topics
    database.execute("DELETE FROM topics")
    for place, (name, title, part_of) in enumerate(topics):
        row = {"name": name, "title": title, "part_of": part_of, "place": place}
        database.insert("topics", [row])
    database.execute("UPDATE articles SET topics = '[]'")
    sub = f"(SELECT name FROM topics WHERE place = id / 4 % {len(topics)})"
    database.execute(f"""UPDATE attributions SET topics = CASE id % 4 WHEN 0 THEN '[]'
        WHEN 1 THEN '["child-safety"]' ELSE '["child-safety", "' || {sub} || '"]' END""")
    database.execute(f"""INSERT INTO quote_topics (quote, topic, score, lent, fired)
        SELECT id, {sub}, 0.8, 0, '[]' FROM attributions WHERE id % 4 > 1""")
    # Of each fifty, the first quotes of five articles are one saying.
    of, is_one = "(id - 1) % 50", "((id - 1) % 5 = 0 AND (id - 1) % 50 < 25)"
    database.execute(f"""INSERT INTO prints (quote, words, speaker, saying, printed, place)
        SELECT id, id, speaker, CASE WHEN {is_one} THEN id - {of} ELSE id END,
            CASE WHEN {is_one} THEN 5 ELSE 1 END, CASE WHEN {is_one} THEN {of} / 5 ELSE 0 END
        FROM attributions""")


def many(database: Any, table: str, rows: Iterator[dict[str, Any]]) -> None:
    """Insert rows of the same columns, a prepared statement for all."""
    first = next(rows)
    marks = ", ".join("?" * len(first))
    sql = f"INSERT INTO {table} ({', '.join(first)}) VALUES ({marks})"
    values = (tuple(row.values()) for row in itertools.chain([first], rows))
    database._connection.executemany(sql, values)


class Drawn:
    """Invented words, names and rows out of one random generator."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.words = [spelled(rank) for rank in range(VOCABULARY)]
        self.weights = list(itertools.accumulate(1 / (rank + 3) for rank in range(VOCABULARY)))
        self.outlets = [f"The {spelled(n).title()} Post" for n in range(OUTLETS)]
        self.organisations = [
            f"{spelled(n + 90).title()} {'Trust' if n % 2 else 'Office'}"
            for n in range(ORGANISATIONS)
        ]
        self.speakers = [
            f"{spelled(n % 211 + 500).title()} {spelled(n + 900).title()}" for n in range(SPEAKERS)
        ]

    def text(self, length: int) -> str:
        """So many words."""
        return " ".join(self.chance.choices(self.words, cum_weights=self.weights, k=length))

    def article(self, number: int) -> dict[str, Any]:
        """A row of ``articles``; its text is short, it is the quotes that are searched."""
        year = self.chance.randint(FIRST_YEAR, LAST_YEAR)
        text = self.text(40)
        day = f"{year}-{self.chance.randint(1, 12):02}-{self.chance.randint(1, 28):02}"
        return {
            "number": number + 1,
            "id": f"article-{number:07}",
            "path": f"{number}.txt",
            "outlet": self.chance.choice(self.outlets),
            "published": None if self.chance.random() < 0.02 else day,
            "headline": self.text(6),
            "text": text,
            "alignment": to_json(identity(len(text))),
            **dict.fromkeys(("zones", "flags"), "[]"),
            **{"model": "none", "newsmine": "none", "settings": "{}", "digest": ""},
        }

    def quote(self, number: int) -> dict[str, Any]:
        """A row of ``attributions``."""
        empty = ("content", "source", "cue", "raw_content", "raw_source", "raw_cue", "reasons")
        return {
            "id": number + 1,
            "article": number // A_ARTICLE + 1,
            "attribution": f"a{number % A_ARTICLE}",
            "kind": self.chance.choice(("direct", "mixed", "indirect")),
            "quote": self.text(LENGTH),
            **self._who(),
            "confidence": round(self.chance.random(), 3),
            **dict.fromkeys(empty, "[]"),
        }

    def claim(self, number: int) -> dict[str, Any]:
        """A row of ``claims``."""
        value = float(self.chance.randint(1, 10**6))
        return {
            "article": number // A_ARTICLE + 1,
            "claim": f"c{number % A_ARTICLE}",
            "figure": f"{value:,.0f}",
            "context": f"{self.text(10)} {value:,.0f} {self.text(10)}",
            **{"form": "count", "value": value, "low": value, "high": value},
            "exact": json.dumps([str(int(value))] * 3),
            "counted": self.text(2),
            **{"attribution": f"a{number % A_ARTICLE}", "span": "[0,1]", "raw_span": "[]"},
            **self._who(),
            "reasons": "[]",
        }

    def _who(self) -> dict[str, Any]:
        """Few speak often: the square of a draw is small more often than not."""
        return {
            "speaker": int(self.chance.random() ** 2 * SPEAKERS) + 1,
            "speaker_type": "person",
            "organisation": int(self.chance.random() ** 2 * ORGANISATIONS) + 1,
        }


def spelled(number: int) -> str:
    """A word that can be said, another for each number, not shortened by the stemmer."""
    consonants, vowels, word = "bdfgklmnprt", "aiou", ""
    number += 44
    while number:
        number, syllable = divmod(number, 44)
        word += consonants[syllable % 11] + vowels[syllable // 11]
    return word + "k"


Ask = Callable[[Index, str], object]


def newest(index: Index, line: str) -> object:
    """What a page of results needs first."""
    return index.search(line, limit=20).rows


def everything(index: Index, line: str) -> object:
    """Rows, exact count and facets."""
    found = index.search(line, limit=20)
    return found.rows, found.total, found.facets


def cases(chance: random.Random) -> Iterator[tuple[str, Ask, Callable[[int], Sequence[str]]]]:
    """What is timed: a name, how it is asked, the lines for a number of repetitions."""
    content = range(20, 60)
    pairs = [f'"{spelled(a)} {spelled(b)}"' for a in content for b in content if a != b]
    orgs = [spelled(90 + chance.randrange(ORGANISATIONS)) for _ in range(400)]

    def org_phrase(n: int) -> list[str]:
        return [f"org:{chance.choice(orgs)} {chance.choice(pairs)}" for _ in range(n)]

    def rare(n: int) -> list[str]:
        return [spelled(chance.randrange(20_000, VOCABULARY)) for _ in range(n)]

    def common(n: int) -> list[str]:
        return [spelled(chance.randrange(20)) for _ in range(n)]

    yield "organisation + phrase, count, facets", everything, org_phrase
    yield (
        "organisation + common word, count, facets",
        everything,
        lambda n: [f"org:{chance.choice(orgs)} {word}" for word in common(n)],
    )
    yield "rare word, newest 20", newest, rare
    yield "rare word, count, facets", everything, rare
    yield "common word, newest 20", newest, common
    yield "common word, count, facets", everything, common
    yield "everything, newest 20", newest, lambda n: [""] * n
    yield (
        "a year, newest 20",
        newest,
        lambda n: [f"year:{chance.randint(FIRST_YEAR, LAST_YEAR)}" for _ in range(n)],
    )
    yield "figures over 900,000, newest 20", newest, lambda n: ["claim:>900000"] * n


def derived_cases(
    chance: random.Random,
) -> Iterator[tuple[str, Ask, Callable[[int], Sequence[str]]]]:
    """The same of what is derived over articles: topics, and what is printed often."""

    def org(n: int) -> list[str]:
        return [f"org:{spelled(90 + chance.randrange(ORGANISATIONS))}" for _ in range(n)]

    yield "topic, newest 20", newest, lambda n: ["topic:grooming"] * n
    yield (
        "topic + organisation, count, facets",
        everything,
        lambda n: [f"topic:grooming {one}" for one in org(n)],
    )
    yield "printed often, newest 20", newest, lambda n: ["printed:>3"] * n
    yield (
        "organisation, each saying once, count, facets",
        everything,
        lambda n: [f"{one} printed:once" for one in org(n)],
    )


def fastest(ask: Ask, index: Index, line: str) -> float:
    """Seconds that one question takes, the fastest of three times."""
    return min(timed(ask, index, line) for _ in range(3))


def timed(ask: Ask, index: Index, line: str) -> float:
    """Seconds that one question takes."""
    started = time.perf_counter()
    ask(index, line)
    return time.perf_counter() - started


def cold(path: Path) -> dict[str, float]:
    """Seconds of a whole process, Python's own start in it: the fastest of ten."""
    line = f"org:{spelled(99)} {spelled(3)}"
    command = [sys.executable, "-c", CODE, "search", str(path), line, "--limit", "20"]
    walls, works = [], []
    for _ in range(10):
        before, started = sum(os.times()[2:4]), time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        walls.append(time.perf_counter() - started)
        works.append(sum(os.times()[2:4]) - before)
    return {"s": min(walls), "CPU s": min(works)}


EXPORT = """
import itertools, json, resource, time
from newsmine.index import open_index
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
with open_index(PATH) as index:
    started = time.perf_counter()
    rows = index.search(LINE, limit=None).stream()
    next(rows)
    first = time.perf_counter() - started
    for _ in itertools.islice(rows, 5_000):
        pass
    before, started = peak(), time.perf_counter()
    more = sum(1 for _ in itertools.islice(rows, 50_000))
    second = more / (time.perf_counter() - started)
    print(json.dumps({"first row s": first, "rows/s": second, "MB": peak(),
                      "MB more after 50,000 rows": peak() - before}))
"""
"""What an export does; a format's own work comes to it."""
EXPORT_WORD = EXPORT.replace("LINE", repr(spelled(3)))
EXPORT = EXPORT.replace("LINE", "''")


def output(code: str) -> str:
    """What a Python process of its own prints."""
    command = [sys.executable, "-c", code]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def shown(figures: dict[str, float]) -> str:
    """Figures in one line."""
    return ", ".join(f"{name} {value:,.3g}" for name, value in figures.items())


def report(name: str, seconds: Sequence[float]) -> dict[str, float]:
    """A line of the table."""
    ordered = sorted(1000 * one for one in seconds)
    late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    print(f"  {name:45s} {statistics.median(ordered):8.2f} / {late:8.2f}")
    return {"p50 ms": statistics.median(ordered), "p99 ms": late}


if __name__ == "__main__":
    main()
