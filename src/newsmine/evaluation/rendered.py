"""Articles set as newspaper pages, scanned, read back by OCR: what came through?

  python -m newsmine.evaluation.rendered [FOLDER] [--harsh] [--pages N] [--seed N] [--errors]

FOLDER has articles as .txt, a headline and paragraphs parted by blank lines; without it the sample
corpus is set. Every second article is set in British single marks. Printed are, over all pages:
the share of wrong characters (CER, case and marks counted), words found, and of these the share in
order; quotation marks read exactly, as the engine gave them and after cleaning, place by place; and
boxes that overlap the printed word's by half at least (intersection over union).
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from random import Random
from typing import Literal

from newsmine.errors import NewsmineError, ReadError
from newsmine.evaluation import marks
from newsmine.evaluation.changes import single_curly
from newsmine.evaluation.likeness import Likeness, compare
from newsmine.evaluation.typesetting import HARSH, MILD, Copy, SetPage, Style, set_page
from newsmine.ingest import read_bytes
from newsmine.resources import shipped
from newsmine.types import Article, Box

Kind = Literal["opening", "closing", "apostrophe"]
KINDS: tuple[Kind, ...] = ("opening", "closing", "apostrophe")

LONGEST_HEADLINE = 120
MOST_WORDS = 700
"""Of an article on a page; the rest is left out."""

GOOD_BOX = 0.5


@dataclass(slots=True)
class Counts:
    """Sums over pages."""

    tally: Counter[str] = field(default_factory=Counter)
    wrong: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    seconds: float = 0.0

    def share(self, part: str, whole: str) -> float:
        """One tally over another; 0 where there is nothing."""
        return self.tally[part] / self.tally[whole] if self.tally[whole] else 0.0


def curly(text: str) -> str:
    """Straight marks as curly ones, told from the blanks beside them."""
    text = text.replace("''", '"').replace("``", '"')
    inner = {start for start, _ in marks.nested(text)}
    if marks.is_single_style(text):
        inner |= {found.opens for found in marks.quotations(text)}
    out = []
    for place, character in enumerate(text):
        if character == '"':
            character = "“" if marks.opens(text, place) else "”"
        elif character == "'":
            character = "‘" if place in inner else "’"
        out.append(character)
    return "".join(out)


def copies(texts: Sequence[str], seed: int) -> Iterator[Copy]:
    """Articles to be set, every second one in single marks."""
    for number, text in enumerate(texts):
        text = curly(text)
        if number % 2:
            text = single_curly(text, Random(seed)).text
        paragraphs = [" ".join(part.split()) for part in text.split("\n\n") if part.strip()]
        headline = None
        if len(paragraphs) > 1 and len(paragraphs[0]) <= LONGEST_HEADLINE:
            headline, *paragraphs = paragraphs
        yield Copy(tuple(_first(paragraphs, MOST_WORDS)), headline)


def _first(paragraphs: Sequence[str], words: int) -> Iterator[str]:
    for paragraph in paragraphs:
        if words <= 0:
            return
        words -= len(paragraph.split())
        yield paragraph


def kinds_of(text: str) -> dict[int, Kind]:
    """What each mark of a printed text is."""
    out: dict[int, Kind] = {}
    for start, end in _paragraphs(text):
        single = 0
        for place in range(start, end):
            character = text[place]
            if character in "“‘":
                out[place] = "opening"
                single += character == "‘"
            elif character == "”":
                out[place] = "closing"
            elif character == "’":
                inside = text[place + 1 : place + 2].isalnum()
                possessive = text[place - 1 : place] == "s" and text.find("’", place + 1, end) > 0
                closes = bool(single) and not inside and not possessive
                out[place] = "closing" if closes else "apostrophe"
                single -= closes
    return out


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for part in text.split("\n\n"):
        yield start, start + len(part)
        start += len(part) + 2


def count_page(page: SetPage, counts: Counts) -> None:
    """Read one page back and add what came through."""
    start = time.perf_counter()
    articles = list(_read(page))
    counts.seconds += time.perf_counter() - start
    counts.tally["pages"] += 1
    raw = "\n\n".join(a.raw.raw_text for a in articles if a.raw)
    _count_text(page, compare(page.text, raw), raw, counts)
    _count_marks(page, compare(page.text, raw), raw, "raw", counts)
    clean = "\n\n".join(a.text for a in articles)
    _count_marks(page, compare(page.text, clean), clean, "clean", counts)
    _count_boxes(page, articles, raw, counts)


def _read(page: SetPage) -> Iterator[Article]:
    buffer = io.BytesIO()
    page.image.save(buffer, "PNG")
    for article in read_bytes(buffer.getvalue(), path="page.png"):
        if isinstance(article, ReadError):
            raise article
        yield article


def _count_text(page: SetPage, like: Likeness, raw: str, counts: Counts) -> None:
    counts.tally["characters"] += like.length
    counts.tally["edits"] += like.edits
    printed, read = (Counter(text.split()) for text in (page.text, raw))
    counts.tally["words"] += printed.total()
    counts.tally["found"] += (printed & read).total()
    same = sum(page.text[slice(*a)] == raw[slice(*b)] for a, b in like.words)
    counts.tally["in order"] += same


def _count_marks(page: SetPage, like: Likeness, text: str, stage: str, counts: Counts) -> None:
    for place, kind in kinds_of(page.text).items():
        read = text[like.pairs[place]] if place in like.pairs else ""
        counts.tally[f"{kind}"] += stage == "raw"
        counts.tally[f"{kind} {stage}"] += read == page.text[place]
        if read != page.text[place] and stage == "clean":
            counts.wrong[kind, page.text[place], read] += 1


def _count_boxes(page: SetPage, articles: Sequence[Article], raw: str, counts: Counts) -> None:
    """Of the words that were read in order, whose box is the printed one's."""
    boxes: dict[int, Box] = {}
    start = 0
    for article in articles:
        if article.raw is None:
            continue
        for sheet in article.raw.pages:
            boxes |= {start + span[0]: word.box for span, word in sheet.words}
        start += len(article.raw.raw_text) + 2
    printed = {word.span[0]: word.box for word in page.words}
    for (a, _), (b, _) in compare(page.text, raw).words:
        if a in printed:
            counts.tally["boxes"] += 1
            counts.tally["boxes right"] += b in boxes and overlap(printed[a], boxes[b]) >= GOOD_BOX


def overlap(a: Box, b: Box) -> float:
    """Intersection over union."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    areas = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b))
    return width * height / (areas - width * height)


def figures(counts: Counts) -> Iterator[str]:
    """The lines to print."""
    tally = counts.tally
    yield f"pages                     {tally['pages']}"
    yield f"seconds a page            {counts.seconds / max(tally['pages'], 1):.1f}"
    yield f"characters wrong (CER)    {counts.share('edits', 'characters'):.4f}"
    yield f"words found               {counts.share('found', 'words'):.3f}"
    yield f"  of them in order        {counts.share('in order', 'found'):.3f}"
    yield f"boxes right               {counts.share('boxes right', 'boxes'):.3f}"
    yield "quotation marks exact     engine  cleaned  of"
    for kind in KINDS:
        raw, clean = (counts.share(f"{kind} {stage}", kind) for stage in ("raw", "clean"))
        yield f"  {kind:<22}  {raw:.3f}   {clean:.3f}   {tally[kind]}"


def run(texts: Sequence[str], style: Style) -> Counts:
    """Set, scan and read one page an article; every third one begins with a drop capital."""
    counts = Counts()
    for number, copy in enumerate(copies(texts, style.seed)):
        own = replace(style, seed=style.seed + number, drop_capitals=number % 3 == 2)
        count_page(set_page([copy], own), counts)
    return counts


def _texts(folder: Path | None, most: int, seed: int) -> list[str]:
    place = folder or shipped("corpora/sample")
    files = sorted(place.glob("*.txt"))
    Random(seed).shuffle(files)
    texts = (file.read_text(encoding="utf-8") for file in files)
    # Marks in tags of web pages are no quotation marks.
    return list(islice((text for text in texts if "</" not in text), most))


def main(arguments: Sequence[str]) -> int:
    """Print the figures; the exit status is 1 where something cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m newsmine.evaluation.rendered")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--harsh", action="store_true")
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--seed", type=int, default=MILD.seed)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args(arguments)
    style = replace(HARSH if options.harsh else MILD, seed=options.seed)
    try:
        texts = _texts(options.folder, options.pages, options.seed)
        counts = run(texts, style)
    except (OSError, NewsmineError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{line}\n" for line in figures(counts))
    if options.errors:
        for (kind, printed, read), times in counts.wrong.most_common():
            sys.stdout.write(f"{times:5} {kind:<11} {printed} read as {read!r}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
