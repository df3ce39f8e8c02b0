"""What a METS file's descriptions (MODS, Dublin Core) say of an issue and of its articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsmine.ingest.dates import find_date
from newsmine.ingest.readers.markup import Element, child_text, children, descendants, text_of
from newsmine.types import Byline, Given

_ISO = re.compile(r"(1[4-9]|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(?![-\d])")
_DIGITS = re.compile(r"((?:1[4-9]|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")

_DUBLIN_CORE = ("title", "isPartOf", "date", "issued", "creator")


@dataclass(frozen=True, slots=True)
class Description:
    """One description: of an issue, its title is the newspaper's; of an article, its headline.

    ``host`` is the title of what it is part of, ``published`` an ISO date, possibly partial.
    """

    title: str | None = None
    host: str | None = None
    published: str | None = None
    names: tuple[str, ...] = ()


def descriptions(root: Element) -> dict[str, Description]:
    """The descriptions in a METS file by their ID."""
    sections = ((e.get("ID"), _described(e)) for e in children(root, "dmdSec"))
    return {name: found for name, found in sections if name and found is not None}


def _described(section: Element) -> Description | None:
    mods = next(descendants(section, "mods"), None)
    if mods is not None:
        return _of_mods(mods)
    data = next(descendants(section, "xmlData"), None)
    return _of_dublin_core(data) if data is not None else None


def _of_mods(mods: Element) -> Description:
    related = list(children(mods, "relatedItem"))
    hosts = [e for e in related if e.get("type") in ("host", "series", "original")]
    names = (_name(name) for name in children(mods, "name"))
    return Description(
        title=_title(mods),
        host=next(filter(None, map(_title, hosts)), None),
        published=next(filter(None, (_issued(e) for e in [mods, *hosts])), None),
        names=tuple(name for name in names if name),
    )


def _title(element: Element) -> str | None:
    infos = sorted(children(element, "titleInfo"), key=lambda info: info.get("type") is not None)
    parts = ((child_text(i, "nonSort"), child_text(i, "title")) for i in infos)
    return next((" ".join(filter(None, part)) for part in parts if part[1]), None)


def _issued(element: Element) -> str | None:
    origins = children(element, "originInfo", "part")
    dates = (date for origin in origins for date in children(origin, "dateIssued", "date"))
    return next(filter(None, (iso_date(text_of(date)) for date in dates)), None)


def _name(element: Element) -> str | None:
    parts = {part.get("type"): text_of(part) for part in children(element, "namePart")}
    whole = parts.get(None) or child_text(element, "displayForm")
    return whole or " ".join(filter(None, (parts.get("given"), parts.get("family")))) or None


def _of_dublin_core(data: Element) -> Description:
    found = {name: [text_of(e) for e in descendants(data, name)] for name in _DUBLIN_CORE}
    dates = (iso_date(date) for date in found["date"] + found["issued"])
    return Description(
        title=next(filter(None, found["title"]), None),
        host=next(filter(None, found["isPartOf"]), None),
        published=next(filter(None, dates), None),
        names=tuple(name for name in found["creator"] if name),
    )


def iso_date(text: str | None) -> str | None:
    """The ISO date that a description gives, possibly partial: 1824-02-17, 18240217, 1824."""
    bare = (text or "").strip()
    if match := _DIGITS.fullmatch(bare):
        return "-".join(match.groups())
    if match := _ISO.match(bare):
        return match[0]
    found = find_date(bare)
    return found[1] if found else None


def given_of(own: Sequence[Description], above: Sequence[Description]) -> Given:
    """What descriptions say of an article.

    Args:
        own: Of the article itself.
        above: Of what it is part of, the newspaper or issue first.
    """
    outlets = [name for d in above for name in (d.host, d.title)] + [d.host for d in own]
    dates = [d.published for d in (*own, *reversed(above))]
    titles = [d.title for d in own]
    return Given(
        outlet=next((bare for name in outlets if (bare := _bare(name))), None),
        published=next(filter(None, dates), None),
        headline=next((bare for title in titles if (bare := _bare(title))), None),
        bylines=tuple(Byline(name) for d in own for name in d.names),
    )


def _bare(title: str | None) -> str | None:
    """A title without the full stop or slash that cataloguers end it with."""
    return (title or "").rstrip(" .,;:/") or None
