"""The shipped pipeline, loaded with and without thoughts."""

from __future__ import annotations

from newsmine import nlp
from newsmine.ingest import read_text
from newsmine.types import Extraction

TEXT = (
    "The regulator intends to publish the code in the spring.\n\n"
    "“We need a law now,” said Ann Roe, head of policy at the Larch Trust.\n\n"
    "Ms Roe plans to write to the regulator before the end of the year."
)


def found(*, thoughts: bool) -> Extraction:
    return nlp.extract(read_text(TEXT), nlp.load(thoughts=thoughts))


def test_thoughts_and_wishes_are_kept_where_asked_for() -> None:
    said, all_of_it = found(thoughts=False), found(thoughts=True)
    quotes = {a.content for a in said.attributions}
    assert quotes < {a.content for a in all_of_it.attributions}
    assert any(a.kind == "direct" for a in said.attributions)


def test_the_setting_is_on_record() -> None:
    """So that an index tells the two apart, and a build with the other setting reads again."""
    assert found(thoughts=True).provenance.settings["least_certain"] == 0.0
    assert found(thoughts=False).provenance.settings["least_certain"] == 0.3
