"""An archive of invented articles, made from a seed: the same files for the same numbers.

People, organisations and papers are drawn as they occur, few often and most once or twice; one
article in sixteen is an agency's, printed again by another paper. Most articles are text files in
a folder for each year, a fifth are rows of tables, as databases export them.
"""

from __future__ import annotations

import csv
import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

IN_TABLES = 5
"""One article in so many is a row of a table."""
ROWS = 200
"""Of one table."""
COPIED = 16

FIRST = (
    *("Ann", "Ben", "Cora", "Dev", "Edie", "Femi", "Gwen", "Hari", "Ines", "Jonah", "Kezia"),
    *("Liam", "Maud", "Nils", "Orla", "Priya", "Quinn", "Rhys", "Sian", "Tariq", "Una", "Viv"),
    *("Wanda", "Xan", "Yusuf", "Zoe", "Alma", "Bram", "Clio", "Dara", "Elan", "Faye"),
)
BEGIN = "Ash Bar Cald Dun Elm Fen Gar Hart Ing Kel Lang Mar Nor Oak Pen Rad Stan Thorn Wey Wrax"
MIDDLE = "a e ing er ley ow o un y el"
END = "bourne brook by croft dale field ford grove ham holt lake ley mere ridge ton well wick wood"
KINDS = ("Trust", "Council", "Alliance", "Foundation", "Office", "Institute", "Union", "Society")
ROLES = (
    *(
        "head of policy",
        "chief executive",
        "director",
        "spokeswoman",
        "chairman",
        "head of research",
    ),
    *("chief constable", "deputy head", "senior lecturer", "founder", "campaigns manager"),
)
TOPICS = (
    *("grooming", "online abuse", "cyberbullying", "age checks", "encrypted messages"),
    *("sexting in schools", "bus fares", "flood walls", "library hours", "school meals"),
    *("hospital parking", "the harbour", "allotments", "night trains", "dog licences"),
)
SUBJECTS = (
    *("children", "parents", "teachers", "the platforms", "ministers", "most families", "pupils"),
    *("the companies", "local councils", "the police", "volunteers", "older residents"),
)
VERBS = (
    *("have waited for", "deserve", "cannot ignore", "are asking for", "will not accept"),
    *("know far too little about", "have learnt from", "pay the price of", "are tired of"),
)
OBJECTS = (
    *(
        "a duty of care",
        "another review",
        "rules that are kept",
        "this sort of delay",
        "real answers",
    ),
    *("a promise without a date", "filters that do not work", "what happens after school hours"),
    *("the advice they were given", "help that comes in time", "a single telephone number"),
)
TAILS = (
    *("and it shows", "whatever the figures say", "and nobody has told them why", "as we said in"),
    *("long before the next election", "in every town we visited", "and the law must say so"),
    *("even if it costs more", "before somebody is hurt", "and they are right"),
)
NOUNS = (
    *("phones", "bedrooms", "homework", "messages", "photographs", "strangers", "passwords"),
    *("games", "shops", "clinics", "buses", "letters", "budgets", "gardens", "cameras", "courts"),
    *("friends", "rumours", "payments", "holidays", "lessons", "bridges", "parks", "kitchens"),
    *("neighbours", "magazines", "teenagers", "forums", "markets", "profiles", "rivers", "meals"),
    *("videos", "trains", "uniforms", "surgeries", "choirs", "contracts", "fences", "engines"),
    *("accounts", "warnings", "evenings", "headlines", "pavements", "donations", "surveys"),
    *("examinations", "playgrounds", "landlords", "barristers", "filters", "algorithms", "fares"),
)
SHAPES = (
    "{subject} {verb} {object}, {tail}",
    "{subject} {verb} {object} on {one} and {two}, {tail}",
    "nobody who has seen the {one} of {place} would say that {subject} {verb} {object}",
    "when it comes to {one}, {subject} {verb} {object}, and {two} are no excuse",
    "there were more {one} than {two} in {place}, and {subject} {verb} {object}",
    "we spent {count} days on {one} before anybody asked about {two} or {three}",
    "{one}, {two} and {three} are what {subject} talk about, {tail}",
    "the trouble with {one} is that {two} come first, and {subject} {verb} {object}",
)
SAID = ("said", "added", "told the committee", "warned", "insisted", "argued")
HEADS = ("waits for", "divided over", "to vote on", "is asked about", "has its say on")
COUNTED = (
    *("reports of abuse", "complaints", "children in care", "calls to the helpline", "accounts"),
    *("schools", "convictions", "reports of grooming", "households", "signatures"),
)
FILLING = (
    "The plans were first discussed {years} years ago and have been changed twice since.",
    "A decision on {topic} is expected before the end of {month}.",
    "The meeting in {place} lasted until late in the evening.",
    "Money for {topic} will come from a fund that was set up in {year}.",
    "Residents of {place} have until {month} to give their views.",
    "There was no reply from the owners of the site in {place}.",
    "It is the {nth} time that {topic} has been on the agenda this year.",
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Printed:
    """One article as a paper prints it."""

    outlet: str
    headline: str
    byline: str
    day: str
    iso: str
    body: str

    def text(self) -> str:
        """As a page would have it."""
        return "\n\n".join((self.outlet, self.headline, self.byline, self.day, self.body)) + "\n"


class Drawn:
    """Articles out of one random generator."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        names = itertools.product(BEGIN.split(), MIDDLE.split(), END.split())
        self.places = sorted({"".join(parts) for parts in names})
        self.chance.shuffle(self.places)
        self.outlets = [f"The {place} {kind}" for place in self.places[:40] for kind in ("Post",)]

    def _place(self) -> str:
        """A name, the first ones much more often: as the square of a number from 0 to 1."""
        return self.places[int(len(self.places) * self.chance.random() ** 4)]

    def _person(self) -> tuple[str, str, str]:
        organisation = f"{self._place()} {self.chance.choice(KINDS)}"
        # The same person speaks for the same organisation, mostly.
        own = random.Random(f"{organisation}{self.chance.randrange(4)}")
        surname = own.choice(self.places)
        return f"{own.choice(FIRST)} {surname}", own.choice(ROLES), organisation

    def articles(self, count: int) -> Iterator[Printed]:
        """So many, agencies' copies among them."""
        last: list[Printed] = []
        for number in range(count):
            if number % COPIED == COPIED - 1 and last:
                yield self._copy(self.chance.choice(last))
                continue
            made = self._article()
            last = [made, *last[:30]]
            yield made

    def _copy(self, one: Printed) -> Printed:
        body = one.body.rpartition("\n\n")[0] if self.chance.random() < 0.5 else one.body
        outlet = self.chance.choice(self.outlets)
        return Printed(outlet, one.headline, "Press agency", one.day, one.iso, body)

    def _article(self) -> Printed:
        choose = self.chance.choice
        topic, people = choose(TOPICS), [self._person() for _ in range(choose((1, 2, 2, 3)))]
        year, month, day = choose(range(1995, 2025)), choose(range(1, 13)), choose(range(1, 29))
        parts = [self._lead(topic)]
        for person in people:
            parts += [self._first_word(person), *self._more_words(person)]
        parts += [self._filling(topic) for _ in range(choose((1, 2, 3)))]
        return Printed(
            outlet=choose(self.outlets),
            headline=f"{self._place()} {choose(HEADS)} {topic}",
            byline=f"By {choose(FIRST)} {choose(self.places)}",
            day=f"{day} {MONTHS[month - 1]} {year}",
            iso=f"{year}-{month:02}-{day:02}",
            body="\n\n".join(parts),
        )

    def _lead(self, topic: str) -> str:
        count, share = self.chance.randrange(200, 90_000), self.chance.randrange(3, 60)
        return (
            f"The number of {self.chance.choice(COUNTED)} rose by {share} per cent to {count:,} "
            f"last year, figures published in {self._place()} show, as talk of {topic} goes on. "
            + self._filling(topic)
        )

    def _saying(self) -> str:
        choose = self.chance.choice
        one, two, three = self.chance.sample(NOUNS, 3)
        tail = choose(TAILS)
        tail += f" {self.chance.randrange(1990, 2024)}" if tail.endswith(" in") else ""
        slots = {"subject": choose(SUBJECTS), "verb": choose(VERBS), "object": choose(OBJECTS)}
        slots |= {"one": one, "two": two, "three": three, "tail": tail, "place": self._place()}
        return choose(SHAPES).format(**slots, count=self.chance.randrange(3, 400))

    def _first_word(self, person: tuple[str, str, str]) -> str:
        name, role, organisation = person
        said = self._saying()
        if self.chance.random() < 0.3:
            return f"{name}, {role} at the {organisation}, said that {said}."
        quoted = said[0].upper() + said[1:]
        return f"“{quoted},” said {name}, {role} at the {organisation}. “{self._whole()}”"

    def _whole(self) -> str:
        said = self._saying()
        return f"{said[0].upper()}{said[1:]}."

    def _more_words(self, person: tuple[str, str, str]) -> Iterator[str]:
        surname = person[0].split()[-1]
        for _ in range(self.chance.randrange(3)):
            verb, count = self.chance.choice(SAID), self.chance.randrange(20, 5000)
            yield (
                f"“{self._whole()[:-1]},” {surname} {verb}. Some {count:,} "
                f"{self.chance.choice(COUNTED)} were counted in {self._place()} alone."
            )

    def _filling(self, topic: str) -> str:
        choose = self.chance.choice
        return choose(FILLING).format(
            topic=topic,
            place=self._place(),
            years=choose(("three", "five", "ten")),
            month=choose(MONTHS),
            year=choose(range(1990, 2020)),
            nth=choose(("third", "fourth", "sixth")),
        )


def write(folder: Path, count: int, *, seed: int = 1) -> int:
    """Write an archive of so many articles into a folder; the number of their words."""
    words = 0
    rows: list[Printed] = []
    for number, one in enumerate(Drawn(seed).articles(count)):
        words += len(one.text().split())
        if number % IN_TABLES == IN_TABLES - 1:
            rows.append(one)
            continue
        year = folder / one.iso[:4]
        year.mkdir(parents=True, exist_ok=True)
        (year / f"{number:06}.txt").write_text(one.text(), encoding="utf-8")
    for first in range(0, len(rows), ROWS):
        _write_table(folder / f"export-{first // ROWS:03}.csv", rows[first : first + ROWS])
    return words


def _write_table(path: Path, rows: Sequence[Printed]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(("outlet", "date", "headline", "author", "text"))
        table.writerows((r.outlet, r.iso, r.headline, r.byline[3:], r.body) for r in rows)
