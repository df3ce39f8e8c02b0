"""ALTO made by hand: lines of words at 10 a character, 20 high, 30 apart."""

from __future__ import annotations

from collections.abc import Sequence

NAMESPACES = (
    "",
    "http://schema.ccs-gmbh.com/ALTO",
    "http://www.loc.gov/standards/alto/ns-v2#",
    "http://www.loc.gov/standards/alto/ns-v3#",
    "http://www.loc.gov/standards/alto/ns-v4#",
)


def string(text: str, left: float, top: float, **more: str) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in more.items())
    return (
        f'<String CONTENT="{text}" HPOS="{left}" VPOS="{top}" WIDTH="{10 * len(text)}"'
        f' HEIGHT="20"{attributes}/>'
    )


def line(text: str, top: float, *, left: float = 0, first: int | None = None) -> str:
    """A line of strings with spaces between; ``first`` numbers their IDs (``w1``)."""
    parts, at = [], left
    for place, word in enumerate(text.split()):
        more = {} if first is None else {"ID": f"w{first + place}"}
        parts.append(string(word, at, top, WC="0.9", **more))
        at += 10 * len(word) + 10
    return f"<TextLine>{'<SP/>'.join(parts)}</TextLine>"


def block(*lines: str, id: str = "b1") -> str:
    return f'<TextBlock ID="{id}">{"".join(lines)}</TextBlock>'


def page(*blocks: str, width: int = 1000, height: int = 1400, inside: str = "PrintSpace") -> str:
    body = f"<{inside}>{''.join(blocks)}</{inside}>"
    return f'<Page WIDTH="{width}" HEIGHT="{height}">{body}</Page>'


def alto(
    *pages: str, namespace: str = NAMESPACES[3], unit: str = "pixel", image: str = ""
) -> bytes:
    """The bytes of a file."""
    xmlns = f' xmlns="{namespace}"' if namespace else ""
    described = (
        f"<Description><MeasurementUnit>{unit}</MeasurementUnit><sourceImageInformation>"
        f"<fileName>{image}</fileName></sourceImageInformation></Description>"
    )
    layout = f"<Layout>{''.join(pages)}</Layout>"
    return f'<?xml version="1.0"?>\n<alto{xmlns}>{described}{layout}</alto>'.encode()


def simple(text: str, **more: str) -> bytes:
    """A page of one block of lines as printed."""
    rows = [line(row, 30 * i) for i, row in enumerate(text.split("\n"))]
    return alto(page(block(*rows)), **more)


def mets(
    divisions: str,
    files: Sequence[str] = ("1.xml",),
    *,
    descriptions: str = "",
    links: str = "",
    physical: str = "",
) -> bytes:
    """A METS file: its logical divisions as given, its files ``f1``, ``f2``, …"""
    named = "".join(
        f'<file ID="f{n}"><FLocat LOCTYPE="URL" xlink:href="{name}"/></file>'
        for n, name in enumerate(files, 1)
    )
    return (
        '<?xml version="1.0"?><mets xmlns="http://www.loc.gov/METS/"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink"'
        ' xmlns:mods="http://www.loc.gov/mods/v3" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"{descriptions}<fileSec><fileGrp>{named}</fileGrp></fileSec>"
        f'<structMap TYPE="LOGICAL">{divisions}</structMap>'
        f'<structMap TYPE="PHYSICAL"><div TYPE="physSequence">{physical}</div></structMap>'
        f"<structLink>{links}</structLink></mets>"
    ).encode()


def area(file: int, begin: str, end: str | None = None) -> str:
    last = f' END="{end}"' if end else ""
    return f'<fptr><area FILEID="f{file}" BETYPE="IDREF" BEGIN="{begin}"{last}/></fptr>'


def described(name: str, mods: str) -> str:
    return (
        f'<dmdSec ID="{name}"><mdWrap MDTYPE="MODS"><xmlData><mods:mods>{mods}</mods:mods>'
        "</xmlData></mdWrap></dmdSec>"
    )
