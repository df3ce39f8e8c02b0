"""An invented archive: agency stories as several papers print them, and stories of their own."""

from __future__ import annotations

import random

from newsmine.types import Extraction
from tests.factories import make_extraction

PLACES = ("Strelsau", "Northmoor", "Brackenby", "Aldwick", "Tarrow", "Penhallow", "Wexcombe")
SUBJECTS = (
    ("the council", "mend the old bridge", "the river rose twice this year"),
    ("the police", "open a unit for crimes against children online", "calls had doubled"),
    ("the regulator", "fine a maker of a chat app", "nobody had checked ages"),
    ("the school board", "lock telephones away during lessons", "teachers had asked for it"),
    ("the hospital", "close its ward for the young at night", "nurses could not be found"),
    ("the library", "lend tablets to families", "few had one at home"),
)
SHARED = (
    "{who} of {place} decided on {day} to {what}, after months in which {why}.",
    "“We have waited for {months} months and people deserve an answer about it,” {chief} said.",
    "A spokesman for the county said that it would study what {who} had decided in {place}.",
    "{other}, a {trade} who lives near the {spot}, said that nobody had asked the street at all.",
    "The {spot} has been argued over since {year}, when an earlier plan was given up.",
)
"""Sentences that many stories have, with other names: no sign of a copy."""

NOUNS = (
    *("bridge", "choir", "ledger", "harvest", "ferry", "engine", "orchard", "petition", "tenant"),
    *("clinic", "tribunal", "signal", "lantern", "quarry", "parish", "tariff", "cellar", "widow"),
    *("garrison", "meadow", "printer", "surveyor", "kettle", "canal", "voucher", "steward", "roof"),
)
VERBS = (
    *("counted", "refused", "mended", "sold", "praised", "forgot", "measured", "painted", "closed"),
    *("followed", "borrowed", "warned", "opened", "searched", "joined", "feared", "blamed", "kept"),
)


def archive(seed: int) -> tuple[list[Extraction], list[list[str]]]:
    """Articles in any order, and the paths of each story that was printed more than once."""
    chance = random.Random(seed)
    articles, stories = [], []
    for number in range(18):
        prints = chance.choice((1, 1, 2, 3, 5))
        sentences = story(chance)
        paths = []
        for n in range(prints):
            path = f"{number:02}-{n}"
            paths.append(path)
            text = sentences if n == 0 else edited(sentences, chance)
            articles.append(article(path, text, chance))
        if prints > 1:
            stories.append(paths)
    chance.shuffle(articles)
    return articles, stories


def story(chance: random.Random) -> list[str]:
    """A story as the agency sent it; many share their subject and their phrases."""
    who, what, why = chance.choice(SUBJECTS)
    facts = {
        "who": who,
        "what": what,
        "why": why,
        "place": chance.choice(PLACES),
        "day": chance.choice(("Monday", "Tuesday", "Friday")),
        "chief": name(chance),
        "other": name(chance),
        "trade": chance.choice(("baker", "nurse", "driver", "teacher")),
        "spot": chance.choice(("mill", "harbour", "market", "station")),
        "months": chance.randint(3, 90),
        "year": chance.randint(1960, 2015),
    }
    shared = [sentence.format(**facts) for sentence in chance.sample(SHARED, 3)]
    own = [sentence_of(chance) for _ in range(8)]
    return [shared[0], *chance.sample([*shared[1:], *own], 10)]


def sentence_of(chance: random.Random) -> str:
    """A sentence that no other story has."""
    (a, b, c, d), (x, y) = chance.sample(NOUNS, 4), chance.sample(VERBS, 2)
    days = chance.randint(2, 90)
    return f"The {a} and her {b} {x} a {c} for {days} days before the {d} {y} {name(chance)} too."


def name(chance: random.Random) -> str:
    first = chance.choice(("Ann", "Bo", "Cora", "Dan", "Elsie", "Finn", "Gwen"))
    return f"{first} {chance.choice(('Penn', 'Reed', 'Stone', 'Marsh', 'Thorne', 'Vale'))}"


def edited(sentences: list[str], chance: random.Random) -> list[str]:
    """As a paper prints it: cut from the end, a paragraph of its own, other words, misreadings."""
    kept = sentences[: chance.randint(4, len(sentences))]
    if chance.random() < 0.4:
        kept.insert(chance.randint(1, len(kept)), "The paper has reported on it since the spring.")
    if chance.random() < 0.4:
        kept = [sentence.replace(" said.", " told reporters.") for sentence in kept]
    if chance.random() < 0.3:
        kept = [misread(sentence, chance) for sentence in kept]
    return kept


def misread(sentence: str, chance: random.Random) -> str:
    """About one character in a hundred is another."""
    return "".join(chance.choice("ceonrit") if chance.random() < 0.01 else c for c in sentence)


def article(path: str, sentences: list[str], chance: random.Random) -> Extraction:
    step = chance.choice((1, 2, 3))
    paragraphs = [" ".join(sentences[at : at + step]) for at in range(0, len(sentences), step)]
    day = f"2018-05-{chance.randint(1, 28):02}"
    outlet = chance.choice(("Post", "Star", "Mail", "Echo", "Herald", "Argus"))
    return make_extraction(
        "\n\n".join(paragraphs), path=path, id=path, outlet=outlet, published=day
    )
