"""Which of several people an attribution goes to: sources cut short, pronouns, leads, dialogues.

Each case marks sources, cues and contents with their number (``[S1:Ms Pell]``) and lists the
speakers' names; a tempting neighbour of each stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest

from newsmine.nlp.speakers import resolve_speakers
from newsmine.nlp.speakers.called import bracketed_acronyms
from newsmine.nlp.speakers.entities import Entities, gather
from newsmine.nlp.speakers.genders import beside
from newsmine.nlp.speakers.lexicon import data
from newsmine.nlp.speakers.names import find_names
from newsmine.nlp.speakers.posts import usual
from newsmine.nlp.speakers.sources import antecedent, transcript_label
from newsmine.nlp.speakers.text import layout
from newsmine.nlp.speakers.unnamed import singular
from newsmine.nlp.speakers.writers import writer_at
from newsmine.types import (
    Alignment,
    Article,
    Attribution,
    Byline,
    Edit,
    Speaker,
    Zone,
    ZoneKind,
)
from tests.nlp.test_speakers import read_marks


def article(
    text: str, *, zones: Iterable[tuple[str, ZoneKind]] = (), bylines: tuple[str, ...] = ()
) -> Article:
    """The article; each zone is given by the text that it holds, all else is body."""
    whole = (0, len(text))
    starts = [(text.index(held), held, kind) for held, kind in zones]
    made = tuple(Zone((at, at + len(held)), kind) for at, held, kind in starts)
    rest = max((zone.span[1] for zone in made), default=0)
    body = (Zone((rest, len(text)), "body"),)
    names = tuple(Byline(name) for name in bylines)
    return Article(
        "a", "-", text, Alignment((Edit(whole, whole),)), zones=made + body, bylines=names
    )


def speakers(
    marked: str, *, zones: Iterable[tuple[str, ZoneKind]] = (), bylines: tuple[str, ...] = ()
) -> list[Speaker | None]:
    text, spans = read_marks(marked)
    given = []
    for number, roles in spans.items():
        quoted = "Q" in roles and text[roles["Q"][0]] in "“‘"
        parts = {key: (roles[key],) if key in roles else () for key in "SCQ"}
        kind = "direct" if quoted else "indirect"
        given.append(Attribution(number, kind, parts["Q"], parts["S"], parts["C"]))
    made = article(text, zones=zones, bylines=bylines)
    out, _ = resolve_speakers(made, attributions=given, mentions=())
    return [a.speaker for a in sorted(out, key=lambda a: a.id)]


def names(marked: str, **more: object) -> list[str | None]:
    return [s.name if s else None for s in speakers(marked, **more)]  # type: ignore[arg-type]


def entities_of(text: str) -> Entities:
    lay = layout(text)
    found = find_names(lay)
    return gather(lay, found, bracketed_acronyms(text, found))


# --- sources that a tagger cuts short, or misses ---------------------------------------------

SOURCES = {
    "cut inside a name": (
        "Orrin Pell left. “[Q1:It is late],” [C1:said] [S1:Mr] Pell on Monday.",
        ["Orrin Pell"],
    ),
    "over a stop: the part beside its cue": (
        "Gemma Larch is the head of Tidewatch. Bob Reed is a baker. [Q1:Nets are torn], [C1:said]"
        " [S1:Ms Larch. The baker] left early.",
        ["Gemma Larch"],
    ),
    "no more than an approximator": (
        "A poll was held. [S1:Only] 40% of parents [C1:think] [Q1:the mill is safe].",
        ["survey respondents"],
    ),
    "an apposition after the name": (
        "Rep. Gemma Larch, D-Ohio, [S1:a guest of the board], [C1:noted] that [Q1:nets were torn].",
        ["Gemma Larch"],
    ),
    "an apposition of somebody else": (
        "In the harbour lay a boat, and [S1:a guest of the board] [C1:noted] that [Q1:it leaked].",
        ["a guest of the board"],
    ),
    "what a lawyer does": (
        "[S1:Prosecuting], Gemma Larch [C1:said] [Q1:the nets were torn].",
        ["Gemma Larch"],
    ),
    "the owner of a claim": (
        "Orrin Pell spoke. [S1:He] [C1:rejected] Ms Larch’s claim that [Q1:nets were torn]."
        " “[Q2:Nonsense],” [S2:he] [C2:said].",
        ["Ms Larch", "Orrin Pell"],
    ),
    "nobody's claim": (
        "Orrin Pell spoke. [S1:He] [C1:rejected] any claim that [Q1:nets were torn].",
        ["Orrin Pell"],
    ),
    "after the cue, in a headline": (
        "[Q1:Nets are torn], [C1:says] minister\n\nText.",
        ["minister"],
    ),
    "before the cue": (
        "[Q1:The nets are torn], harbour minister Gemma Larch has [C1:warned].",
        ["Gemma Larch"],
    ),
    "what a sentence starts with, before its verb": (
        "Calls to the Hollow helpline [C1:show] [Q1:nets are torn].",
        ["Calls to the Hollow helpline"],
    ),
    "not before a participle": (
        "The number of bakers [C1:claiming] [Q1:help] has grown.",
        [None],
    ),
    "a passive names nobody": ("The mill is [C1:believed] [Q1:to be closed].", [None]),
    "the agent of a passive": (
        "Fears were [C1:raised] by doctors that [Q1:nets were torn].",
        ["doctors"],
    ),
    "behind the content": (
        "[Q1:The nets are torn], a harbour study [C1:found]. It asked 900 people.",
        ["harbour study"],
    ),
    "whoever is told says nothing": (
        "[Q1:The nets are torn], the court [C1:was told]. It sat all day.",
        [None],
    ),
    "swallowed by the content": (
        "More so, [C1:argues] [Q1:the report, nets are torn].",
        ["report"],
    ),
}


@pytest.mark.parametrize("case", SOURCES.values(), ids=list(SOURCES))
def test_sources(case: tuple[str, list[str | None]]) -> None:
    assert names(case[0]) == case[1]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("He read a Tide Council report which found", "a Tide Council report"),
        (
            "It is in the new report by the Tide Council, which says",
            "the new report by the Tide Council",
        ),
        ("It came after criticism from the Tide Council, which said", "the Tide Council"),
        (
            "He met the director of nets at the Tide Council, who said",
            "the director of nets at the Tide Council",
        ),
        ("She wrote to Orrin Pell, who said", "Orrin Pell"),
    ],
)
def test_antecedent(text: str, before: str) -> None:
    word = re.search(r"\b(?:which|who)\b", text)
    assert word is not None
    found = antecedent(word.span(), layout(text), entities_of(text))
    assert found is not None
    assert text[slice(*found)] == before


@pytest.mark.parametrize(
    "text", ["Who said so?", "Nets were torn. Which is bad.", "the report said"]
)
def test_no_antecedent(text: str) -> None:
    word = re.search(r"\b(?:[Ww]hich|[Ww]ho|report)\b", text)
    assert word is not None
    assert antecedent(word.span(), layout(text), entities_of(text)) is None


# --- transcripts, letters, columns -------------------------------------------------------------

INTERVIEW = (
    "Gemma Larch met us.\n\nLarch: [Q1:Nets are torn.]\n\n"
    "Pell: [Q2:Who says so?]\n\nPell: [Q3:Well?]"
)


def test_a_transcript_label_is_the_speaker() -> None:
    assert names(INTERVIEW) == ["Gemma Larch", "Pell", "Pell"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Larch, head of nets: Late.\n\nLarch: Late.", "Larch"),
        ("Gemma Larch:\nLate.", "Gemma Larch"),
        ("Picture: Late.", None),  # once, and nobody's name
        ("The minister said: Late.", None),
        ("They met at noon: Late.", None),
    ],
)
def test_labels(text: str, label: str | None) -> None:
    start = text.index("Late")
    made = Attribution("1", "direct", ((start, len(text)),))
    found = transcript_label(made, text, entities_of(text))
    assert (text[slice(*found)] if found else None) == label


def test_a_colon_that_is_taken_for_the_cue_says_nothing() -> None:
    text = "Gemma Larch met us.\n\nPell: Late?\n\nLarch: No."
    start, pell = text.index("No."), text.index("Pell")
    wrong = Attribution(
        "1", "direct", ((start, start + 3),), ((pell, pell + 4),), ((start - 2, start - 1),)
    )
    found = transcript_label(wrong, text, entities_of(text))
    assert found is not None
    assert text[slice(*found)] == "Larch"


LETTERS = "Sir – Nets are torn.\n\nGEMMA LARCH (Mrs)\nHollow\n\nSir – No.\n\nORRIN PELL\nBy email"


@pytest.mark.parametrize(
    ("text", "bylines", "at", "writer"),
    [
        (LETTERS, (), 6, "Gemma Larch"),
        (LETTERS, (), LETTERS.index("No."), "Orrin Pell"),
        (LETTERS, ("Bob Reed",), len(LETTERS), None),  # nobody signs after the end
        ("I said no.", ("Bob Reed",), 0, "Bob Reed"),
        ("I said no.", ("Bob Reed", "Gemma Larch"), 0, None),
        ("GEMMA LARCH\n\nI said no.", (), 0, None),
    ],
)
def test_writers(text: str, bylines: tuple[str, ...], at: int, writer: str | None) -> None:
    assert writer_at(article(text, bylines=bylines), at) == writer


def test_i_is_who_signs_and_we_is_nobody() -> None:
    marked = (
        "“[Q1:No],” [S1:I] [C1:said]. “[Q2:Yes],” [S2:we] [C2:said]. [S3:She] [C3:said] [Q3:so]."
    )
    assert names(marked, bylines=("Gemma Larch",)) == ["Gemma Larch", None, None]


# --- pronouns ------------------------------------------------------------------------------------

PRONOUNS = {
    "whom the sentence before is about, not the last speaker": (
        "[S1:Orrin Pell] [C1:said] [Q1:nets were torn].\n\nMr Reed was still able to stand."
        " [S2:He] [C2:said] [Q2:it hurt].",
        ["Orrin Pell", "Mr Reed"],
    ),
    "a post without a name": (
        "The mayor, Gemma Larch, came. Una Reed left. [S1:Ms Reed] [C1:said] [Q1:bread was dear]."
        "\n\nThe mayor left by boat. [S2:She] [C2:said] [Q2:it was late].",
        ["Una Reed", "Gemma Larch"],
    ),
    "somebody without a name": (
        "[S1:Gemma Larch] [C1:said] [Q1:nets were torn].\n\nOne mother, who asked not to be named,"
        " took the other side. [S2:She] [C2:said] [Q2:they were new].",
        ["Gemma Larch", "a mother"],
    ),
    "her daughter keeps her the topic": (
        "One mother, Una Reed, found out. Her daughter Kit had a boat. “[Q1:It sank],” [S1:she]"
        " [C1:said].",
        ["Una Reed"],
    ),
    "the one in the main clause": (
        "Una Reed came. When [S1:a reporter] [C1:asked] [Q1:whether it sank], Mrs Reed laughed."
        " “[Q2:No],” [S2:she] [C2:said].",
        ["a reporter", "Una Reed"],
    ),
    "after an adverbial": (
        "[S1:Judge Una Reed] [C1:said] [Q1:it was late]. After the hearing Dr Gemma Larch praised"
        " them. “[Q2:Good],” [S2:she] [C2:said].",
        ["Judge Una Reed", "Dr Gemma Larch"],
    ),
    "a rank of two words": (
        "[S1:Una Pell] [C1:said] [Q1:so].\n\nAfter the hearing Detective Superintendent Gemma Larch"
        " left. [S2:She] [C2:said] [Q2:more].",
        ["Una Pell", "Gemma Larch"],
    ),
    "whose document it is does not speak": (
        "[S1:A Tide Council report] [C1:found] [Q1:nets torn]. [S2:It] [C2:said] [Q2:so twice].",
        ["Tide Council report", "Tide Council report"],
    ),
    "whom the words are about": (
        "[S1:Orrin Pell] [C1:spoke of] [Q1:the nets].\n\n[Q2:A new mayor], [S2:he] [C2:said],"
        " could mend them.",
        ["Orrin Pell", "Orrin Pell"],
    ),
    "who is meant by who speaks": (
        "[S1:Gemma Larch] [C1:said] [Q1:nets were torn].\n\nOne mother, [S2:who] [C2:asked]"
        " [Q2:not to be named], came. [S3:She] [C3:said] [Q3:so].",
        ["Gemma Larch", "a mother", "a mother"],
    ),
    "people at large, not the last organisation": (
        "[S1:The Tide Council] [C1:said] [Q1:nets were torn].\n\nSenior officials have agreed."
        " [S2:They] [C2:fear] [Q2:worse].",
        ["Tide Council", "Senior officials"],
    ),
    "they are not one person": (
        "Orrin Pell came. [S1:They] [C1:said] [Q1:so].",
        [None],
    ),
    "you are nobody that he is": (
        "Orrin Pell came. As [S1:you] [C1:know], [Q1:it was late]. [S2:He] [C2:said] [Q2:so].",
        [None, "Orrin Pell"],
    ),
    "the two are not she": (
        "Una Reed and Orrin Pell met. The two did not speak. [S1:She] [C1:said] [Q1:so].",
        ["Una Reed"],
    ),
    "he or she by the noun beside a name": (
        "Una Reed's boy Kit was four. “[Q1:It sank],” [S1:she] [C1:said].",
        ["Una Reed"],
    ),
}


@pytest.mark.parametrize("case", PRONOUNS.values(), ids=list(PRONOUNS))
def test_pronouns(case: tuple[str, list[str | None]]) -> None:
    assert names(case[0]) == case[1]


def test_two_who_fit_equally_stay_open() -> None:
    marked = "Ann Reed and Una Pell came. [S1:She] [C1:said] [Q1:it was late]."
    (speaker,) = speakers(marked)
    assert speaker is not None
    assert (speaker.name, speaker.candidates) == (None, ("Ann Reed", "Una Pell"))


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        ("her daughter Kit Pell", "f"),
        ("Kit Pell, 38, a father of two", "m"),
        ("Kit Pell, the actress", "f"),
        ("the baker Kit Pell", None),
        ("Kit Pell, a friend of the actress", None),  # what is told of another
        ("his son Kit Pell, a mother of two", None),  # they differ
    ],
)
def test_genders_beside_a_name(text: str, gender: str | None) -> None:
    (entity,) = [e for e in entities_of(text).all if e.name == "Kit Pell"]
    assert beside(entity, text) == gender


def test_a_headline_s_speaker_that_is_taken_for_content() -> None:
    text = "Nets are torn, says minister\n\nText."
    noun = text.index("minister")
    made = Attribution("1", "indirect", ((0, 13), (noun, noun + 8)), (), ((noun - 5, noun - 1),))
    out, _ = resolve_speakers(article(text), attributions=[made], mentions=())
    assert out[0].speaker is not None
    assert out[0].speaker.name == "minister"


# --- leads ---------------------------------------------------------------------------------------

LEAD = "[S1:A mother] has [C1:begged] [Q1:the mill to close]."


@pytest.mark.parametrize(
    ("rest", "name"),
    [
        ("Una Reed's boat sank in May. Bob Pell left.", "Una Reed"),
        ("Mr Bob Pell left.", "a mother"),  # he is no mother
        ("Una Reed, the mayor, left.", "a mother"),  # she holds another post
        ("It closed in May. Later Una Reed left.", "a mother"),  # starts no sentence
    ],
)
def test_a_lead_calls_whom_the_next_paragraph_names(rest: str, name: str) -> None:
    lead = "A mother has begged the mill to close."
    assert names(f"{LEAD}\n\n{rest}", zones=[(lead, "lead")]) == [name]


def test_who_asked_not_to_be_named_stays_without_a_name() -> None:
    lead = "A mother who asked not to be named said so."
    marked = "[S1:A mother] who asked not to be named [C1:said] [Q1:so].\n\nUna Reed left."
    assert names(marked, zones=[(lead, "lead")]) == ["a mother"]


def test_a_caption_before_the_lead_names_nobody_first() -> None:
    caption, lead = "PROUD: Headteacher Una Reed", "A headteacher has begged the mill to close."
    marked = (
        f"{caption}\n\n[S1:A headteacher] has [C1:begged] [Q1:the mill to close].\n\nUna Reed left."
    )
    assert names(marked, zones=[(caption, "caption"), (lead, "lead")]) == ["Una Reed"]


@pytest.mark.parametrize(
    ("post", "name"), [("harbour secretary", "Una Reed"), ("shadow harbour secretary", "minister")]
)
def test_a_headline_s_minister_is_the_secretary_of_state(post: str, name: str) -> None:
    headline = "Nets are torn, says minister"
    marked = f"[Q1:Nets are torn], [C1:says] [S1:minister]\n\nNets fail, {post} Una Reed has said."
    assert names(marked, zones=[(headline, "headline")]) == [name]


HEADLINE = "‘It sank in a night’, skipper says"
QUOTED = "[Q1:‘It sank in a night’], [S1:skipper] [C1:says]\n\n"


@pytest.mark.parametrize(
    ("story", "name"),
    [
        ("“[Q2:Oh, it sank in a night!]” [C2:said] [S2:Bob Reed].", "Bob Reed"),
        ("“[Q2:It sank in a week],” [C2:said] [S2:Bob Reed].", "skipper"),
        ("“[Q2:It sank in a nightclub],” [C2:said] [S2:Bob Reed].", "skipper"),
        (
            "“[Q2:It sank in a night],” [C2:said] [S2:Bob Reed]."
            " “[Q3:It sank in a night],” [C3:said] [S3:Una Reed].",
            "skipper",
        ),
    ],
)
def test_a_headline_quotes_whoever_says_the_same_words(story: str, name: str) -> None:
    assert names(QUOTED + story, zones=[(HEADLINE, "headline")])[0] == name


def test_few_words_are_nobodys_own() -> None:
    headline = "‘Out there’, skipper says"
    story = "“[Q2:It was out there],” [C2:said] [S2:Bob Reed]."
    marked = f"[Q1:‘Out there’], [S1:skipper] [C1:says]\n\n{story}"
    assert names(marked, zones=[(headline, "headline")])[0] == "skipper"


def test_the_same_words_later_in_a_story_stay_anonymous() -> None:
    marked = f"Bob Pell left.\n\nIt rained.\n\n{LEAD}\n\nUna Reed's boat sank."
    assert names(marked, zones=[("Bob Pell left.", "lead")]) == ["a mother"]


# --- posts ---------------------------------------------------------------------------------------

POSTS = {entry["words"][0]: entry for entry in data("posts")["same"]}


@pytest.mark.parametrize("entry", POSTS.values(), ids=list(POSTS))
def test_each_post_under_several_words_has_examples(entry: dict[str, Any]) -> None:
    first, others = set(entry["words"][0].split()), {w.lower() for w in entry["words"][1:]}
    said, not_said = (set(entry[key].lower().split()) for key in ("match", "never"))
    assert others & said
    assert first <= usual(said)
    assert not first & usual(not_said - first)


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("The Tory boss", "Una Reed"),
        ("The Conservative chief", "Una Reed"),
        ("The headmistress", "Gemma Larch"),
        ("The councillor", "Bob Pell"),
        ("The Labour boss", "the Labour boss"),
        ("The head of Ofnet", "the head of Ofnet"),  # no head teacher
    ],
)
def test_a_post_is_known_under_its_other_words(phrase: str, name: str) -> None:
    story = "Tory chief Una Reed met head teacher Gemma Larch and Cllr Bob Pell at Hollow."
    assert names(f"{story} [S1:{phrase}] [C1:said] [Q1:nets were torn].") == [name]


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("The mother of two", "Una Reed"),
        ("The mum", "Una Reed"),
        ("The 37-year-old", "Una Reed"),
        ("The 38-year-old", "the 38-year-old"),
        ("The father of two", "the father of two"),
        ("A mother of two", "a mother of two"),
    ],
)
def test_what_is_told_of_somebody(phrase: str, name: str) -> None:
    story = "Una Reed, 37, a mother of two, met the baker Bob Pell."
    assert names(f"{story} [S1:{phrase}] [C1:said] [Q1:nets were torn].") == [name]


# --- groups, spokesmen, documents ----------------------------------------------------------------

UNNAMED = {
    "one of them": (
        "[S1:Friends of Una Reed, the mayor,] [C1:said] [Q1:she was ill]."
        " “[Q2:No],” [C2:said] [S2:one].",
        ["Friends of Una Reed", "Friend of Una Reed"],
    ),
    "many of them": (
        "[S1:City experts] [C1:said] [Q1:it was late]. [S2:Many] [C2:fear] [Q2:worse].",
        ["City experts", "City experts"],
    ),
    "many of those asked": (
        "A poll was held. [S1:Experts] [C1:said] [Q1:so]. [S2:Many] [C2:fear] [Q2:worse].",
        ["Experts", "Many"],
    ),
    "a share of those asked": (
        "[S1:Some 14% of parents] [C1:said] [Q1:so], the survey of 900 shows.",
        ["survey respondents"],
    ),
    "a share, and nobody asked": (
        "[S1:Some 14% of parents] [C1:say] [Q1:so].",
        ["parents"],
    ),
    "spokesman of a force": (
        "Hollow Police came. [S1:A spokesman for the force] [C1:said] [Q1:it was late].",
        ["a spokesman for Hollow Police"],
    ),
    "the name after a post": (
        "[S1:Labour spokeswoman for nets Una Reed] [C1:said] [Q1:so].",
        ["Una Reed"],
    ),
    "the name after a post in capitals": (
        "[S1:TCB Chief of Staff Una Reed] [C1:said] [Q1:so].",
        ["Una Reed"],
    ),
    "a party's letter after a name": (
        "[S1:Rep. Una Reed (D-Va.)] [C1:said] [Q1:so].",
        ["Una Reed"],
    ),
    "the campaign of a name": (
        "Una Reed met the Hollow News. [S1:The Reed campaign] [C1:said] [Q1:so]."
        " [S2:The campaign] [C2:added] [Q2:more].",
        ["Reed campaign", "Reed campaign"],
    ),
    "her mother": (
        "Una Reed came. [S1:Her mother] [C1:said] [Q1:so]. “[Q2:No],” [S2:she] [C2:said].",
        ["Una Reed’s mother", "Una Reed’s mother"],
    ),
    "their mother": (
        "Una and Ann Reed came. [S1:Their mother] [C1:said] [Q1:so].",
        ["their mother"],
    ),
    "her campaign": (
        "Una Reed met the Hollow News. [S1:Her campaign] [C1:said] [Q1:so].",
        ["Una Reed’s campaign"],
    ),
    "people counted are nobody asked": (
        "A poll was held. [S1:Some 34,000 people] [C1:said] [Q1:so].",
        ["Some 34,000 people"],
    ),
    "figures of somebody else": (
        "Tide Council figures came. [S1:Police figures] [C1:show] [Q1:so]."
        " [S2:The figures] [C2:show] [Q2:more].",
        ["Police figures", "Police figures"],
    ),
    "polls at large": (
        "A Tide Council poll came. [S1:Recent polls] [C1:show] [Q1:so].",
        ["polls"],
    ),
    "friends of a name": ("[S1:Friends of Una Reed] [C1:said] [Q1:so].", ["Friends of Una Reed"]),
    "told of others": (
        "[S1:Una Reed, a lawyer for Mr Pell and Mr Larch,] [C1:said] [Q1:so].",
        ["Una Reed"],
    ),
    "two together": ("[S1:Una Reed and Bob Pell] [C1:said] [Q1:so].", ["Una Reed and Bob Pell"]),
    "what is done to a document": (
        "[S1:Guidance issued last month] [C1:says] [Q1:nets are safe].",
        ["Guidance issued last month"],
    ),
    "whose it is before who did the work": (
        "A Tide Council survey came. [S1:The survey, carried out by Pollmark,] [C1:found]"
        " [Q1:nets torn].",
        ["Tide Council survey"],
    ),
    "what a document is called owns nothing": (
        "[S1:The report, called “Late Tides”,] [C1:found] [Q1:nets torn].",
        ["report"],
    ),
}


@pytest.mark.parametrize("case", UNNAMED.values(), ids=list(UNNAMED))
def test_unnamed(case: tuple[str, list[str | None]]) -> None:
    assert names(case[0]) == case[1]


@pytest.mark.parametrize(
    ("group", "one"),
    [
        ("officials", "official"),
        ("friends of Una Reed", "friend of Una Reed"),
        ("two people", "two person"),  # numbers stay: the name only tells of whom
        ("agencies", "agency"),
        ("witnesses", "witness"),
        ("boss", "boss"),
        ("", ""),
    ],
)
def test_singular(group: str, one: str) -> None:
    assert singular(group) == one
