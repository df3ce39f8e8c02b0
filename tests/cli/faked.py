"""newsmine with a stand-in for the model: run as a program, it is the command line in a hurry.

It finds “…” said Name Surname, role at Organisation; and every number as a count. Environment:
FAKE_DELAY is seconds an article, FAKE_LOG a file that gets one line an article, FAKE_BREAKS_ON a
word at which it fails as a defect of newsmine would.
"""

from __future__ import annotations

import os
import re
import time
from fractions import Fraction
from pathlib import Path

import newsmine
from newsmine.types import Article, Attribution, Claim, Extraction, Provenance, Speaker

SAID = re.compile(r"“[^”]*”,? said ([A-Z]\w+ [A-Z]\w+)(?:, ((?:[a-z]+ )+)(?:of|at) ([A-Z]\w+))?")


class FakeLanguage:
    """Stands where the pipeline stands."""


def load(model: object = None, *, thoughts: bool = False) -> FakeLanguage:
    return FakeLanguage()


def provenance(nlp: object) -> Provenance:
    return Provenance(newsmine=newsmine.__version__, model=os.environ.get("FAKE_MODEL", "fake-1"))


def extract(article: Article, nlp: object) -> Extraction:
    _play(article)
    return Extraction(
        article=article,
        provenance=provenance(nlp),
        attributions=tuple(
            _attribution(number, match)
            for number, match in enumerate(SAID.finditer(article.text), 1)
        ),
        claims=tuple(
            Claim(f"c{number}", match.span(), "count", Fraction(match[0].replace(",", "")))
            for number, match in enumerate(re.finditer(r"\b\d[\d,]*\b", article.text), 1)
        ),
    )


def _attribution(number: int, match: re.Match[str]) -> Attribution:
    said, role, organisation = match.span(1), match[2], match[3]
    end = match[0].index("”") + 1
    return Attribution(
        id=f"a{number}",
        kind="direct",
        content=((match.start(), match.start() + end),),
        source=(said,),
        cue=((said[0] - 5, said[0] - 1),),
        speaker=Speaker(
            name=match[1],
            type="person",
            role=role.strip() if role else None,
            organisation=organisation,
            mention=said,
        ),
        confidence=0.9,
    )


def _play(article: Article) -> None:
    time.sleep(float(os.environ.get("FAKE_DELAY", "0")))
    if log := os.environ.get("FAKE_LOG"):
        with Path(log).open("a") as file:
            file.write(f"{article.path}\n")
    breaks_on = os.environ.get("FAKE_BREAKS_ON")
    if breaks_on and breaks_on in article.text:
        raise KeyError(breaks_on)


if __name__ == "__main__":
    import newsmine.nlp
    from newsmine.cli import main

    newsmine.nlp.load = load
    newsmine.nlp.extract = extract
    newsmine.nlp.provenance = provenance
    main()
