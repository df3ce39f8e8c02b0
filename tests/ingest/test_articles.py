"""Fields and zones of whole articles, as press databases, web pages and scanners give them."""

from __future__ import annotations

import pytest

from newsmine.ingest import read_text
from newsmine.types import Article, Byline

STORY = """\
SCHOOLS will have to teach children about live streaming, ministers said yesterday.

‘We cannot wait for the firms,’ said Ann Bell, the trust’s head of policy.

The trust wants a law this year."""


def zones(article: Article) -> list[tuple[str, str]]:
    return [(zone.kind, article.text[slice(*zone.span)]) for zone in article.zones]


def kinds(article: Article) -> list[str]:
    return [zone.kind for zone in article.zones]


def with_header(header: str, story: str = STORY) -> Article:
    return read_text(f"{header}\n\n{story}\n")


def test_a_press_database_page() -> None:
    article = with_header(
        "Northshire Lantern\n\nWeb firms blamed as grooming cases pass 9,000\n\n"
        "- By Jo Ann Pell Home and Foreign Affairs Editor",
        STORY + "\n\n‘Law this year’\n\nNewspapers in English\n\nNewspapers from Ruritania",
    )
    assert article.outlet == "Northshire Lantern"
    assert article.headline == "Web firms blamed as grooming cases pass 9,000"
    assert article.bylines == (Byline("Jo Ann Pell", "Home and Foreign Affairs Editor"),)
    assert kinds(article) == [
        *("outlet", "headline", "byline", "lead", "body", "pull_quote", "furniture", "furniture")
    ]
    assert article.flags == ("capital lead",)
    assert "SCHOOLS will" in article.text


def test_everything_above_a_story() -> None:
    article = with_header(
        "THE NORTHSHIRE POST\nFriday 3 May 2019\nPage 4\nEXCLUSIVE\n\n"
        "Web firms blamed for rise\nin grooming\n\n"
        "Charity’s figures show one case every hour, and ministers promise a law\n\n"
        "By ANN BELL and JO PELL\nCrime Correspondents"
    )
    assert article.outlet == "The Northshire Post"
    assert article.published == "2019-05-03"
    assert article.headline == "Web firms blamed for rise in grooming"
    assert article.standfirst == (
        "Charity’s figures show one case every hour, and ministers promise a law"
    )
    assert article.bylines == (
        Byline("Ann Bell", "Crime Correspondent"),
        Byline("Jo Pell", "Crime Correspondent"),
    )
    assert ("outlet", "THE NORTHSHIRE POST") in zones(article)


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("3 May 2018", "2018-05-03"),
        ("Thursday, May 3, 2018", "2018-05-03"),
        ("2018-05-03", "2018-05-03"),
        ("May 2018", "2018-05"),
        ("3rd May, 2018", "2018-05-03"),
        ("Published: 10:45 BST, 3 May 2018", "2018-05-03"),
        ("23/05/2018", "2018-05-23"),
        ("03/05/2018", "2018"),
        ("31 February 2018", None),
    ],
)
def test_date_lines(line: str, published: str | None) -> None:
    article = with_header(f"Harbour Herald\n{line}\n\nWeb firms blamed for rise in grooming")
    assert article.published == published


def test_day_first_by_the_papers_english() -> None:
    header = "Harbour Herald\n03/05/2018\n\nWeb firms blamed for rise in grooming"
    assert with_header(header, STORY + " It costs £5.").published == "2018-05-03"
    american = STORY + " Sen. Pell said 5 percent."
    assert with_header(header, american).published == "2018-03-05"


def test_an_outlet_beside_its_date() -> None:
    article = with_header(
        "Harbour Herald, Friday 3 May 2019, Page 7\n\nWeb firms blamed for rise in grooming"
    )
    assert (article.outlet, article.published) == ("Harbour Herald", "2019-05-03")
    assert kinds(article)[:3] == ["outlet", "date", "furniture"]


@pytest.mark.parametrize(
    "headline",
    [
        "Web firms blamed for rise in grooming",
        "Who will pay for safety?",
        "‘They had every chance’ – trust blames firms",
        "NSPQR demands law on live streams",
        "WEB FIRMS BLAMED.",
    ],
)
def test_plain_texts_have_headline_lead_and_body(headline: str) -> None:
    article = with_header(headline, STORY.replace("SCHOOLS", "Schools"))
    assert article.headline == headline
    assert kinds(article) == ["headline", "lead", "body"]
    assert article.flags == ("no profile",)


def test_a_running_paragraph_is_all_body() -> None:
    article = read_text("Schools will have to teach it, ministers said. The trust wants a law.")
    assert kinds(article) == ["body"]
    assert article.headline is None


def test_paragraphs_alone_are_all_body() -> None:
    article = read_text(STORY.replace("SCHOOLS", "Schools"))
    assert kinds(article) == ["body"]


def test_a_place_and_agency_before_the_story_is_no_headline() -> None:
    article = read_text(
        "STRELSAU (RNA) — Schools will have to teach children about live streaming from May, "
        "ministers said.\n\nThe trust wants a law this year, and so do the firms it blames."
    )
    assert article.headline is None
    assert article.flags == ("no profile",)


def test_a_standfirst_repeated_as_the_lead() -> None:
    article = with_header(
        "Harbour Herald\n\nWeb firms blamed for rise in grooming\n\n"
        "Schools will have to teach children about live streaming, ministers said yesterday."
    )
    assert article.standfirst is not None
    assert kinds(article) == ["outlet", "headline", "standfirst", "lead", "body"]


def test_a_lexis_headline_with_its_deck() -> None:
    article = with_header(
        "Web firms blamed for rise in grooming; \nTrust's figures show one case every hour.",
        STORY.replace("SCHOOLS", "Schools"),
    )
    assert article.headline == "Web firms blamed for rise in grooming;"
    assert article.standfirst == "Trust's figures show one case every hour."


def test_a_bare_name_above_the_story_is_its_author() -> None:
    article = with_header("Harbour Herald\n\nSpare us the panic about phones\n\nAnn Bell")
    assert article.bylines == (Byline("Ann Bell"),)


def test_a_letters_page_has_the_columns_name() -> None:
    article = with_header("LETTERS", "Sir, Your report was wrong in all that it said.\n\nAnn Bell")
    assert article.headline == "LETTERS"


class TestBody:
    def body(self, block: str, before: str = STORY) -> Article:
        return read_text(
            f"Web firms blamed for rise in grooming\n\n{before}\n\n{block}\n\n"
            "The bill goes to the Lords in May, and the firms have promised to fight it there."
        )

    def kind_of(self, block: str, before: str = STORY) -> str:
        article = self.body(block, before)
        return next(kind for kind, text in reversed(zones(article)) if block in text)

    @pytest.mark.parametrize("block", ["‘Law this year’", "“A law, at last”", "'We cannot wait'"])
    def test_quoted_blocks_without_a_stop_are_pull_quotes(self, block: str) -> None:
        assert self.kind_of(block) == "pull_quote"

    def test_repeated_words_are_a_pull_quote(self) -> None:
        assert self.kind_of("‘We cannot wait for the firms.’") == "pull_quote"
        assert self.kind_of("We cannot wait for the firms") == "pull_quote"

    def test_a_signed_pull_quote(self) -> None:
        assert self.kind_of("‘We cannot wait’ – Ann Bell, of the trust") == "pull_quote"

    @pytest.mark.parametrize(
        "block",
        [
            "‘I am worried, and so are my friends.’",
            "“We had no warning at all,” she said.",
            "‘And so it goes on,",
        ],
    )
    def test_utterances_are_none(self, block: str) -> None:
        assert self.kind_of(block) == "body"

    def test_what_a_colon_introduces_is_none(self) -> None:
        assert self.kind_of("‘Stop it now’", STORY + "\n\nHe wrote on the wall:") == "body"

    @pytest.mark.parametrize("block", ["Warning signs", "What happens next?", "FIRMS FIGHT BACK"])
    def test_subheads(self, block: str) -> None:
        assert self.kind_of(block) == "subhead"

    @pytest.mark.parametrize(
        "block",
        [
            "Nobody came.",
            "Ann Bell: What did you do?",
            "• Keep the phone",
            "Ring the police\n\nTell a teacher\n\nKeep the phone",
            "because the firms",
        ],
    )
    def test_no_subheads(self, block: str) -> None:
        assert self.kind_of(block) == "body"

    def test_captions_and_furniture(self) -> None:
        assert self.kind_of("Picture: ANN BELL") == "caption"
        assert self.kind_of("Ann Bell at the harbour school yesterday. Picture: RNA") == "caption"
        assert self.kind_of("Page 4") == "furniture"

    def test_whatever_follows_the_first_catalogue_line_is_furniture(self) -> None:
        article = with_header(
            "Web firms blamed", STORY + "\n\nNewspapers in English\n\nNorthshire\n\nRuritania"
        )
        assert kinds(article)[-3:] == ["furniture"] * 3


def test_a_scanned_page() -> None:
    article = read_text(
        "HARBOUR GAZETTE                    14\n\n"
        "          WEB FIRMS FACE\n          FINES OVER IMAGES\n\n"
        "     From our Crime Correspondent\n\n"
        "THE Government is to fine web firms that fail to re-\n"
        "move images of child abuse, the minister said last\n"
        "night. The plan follows a well-\nknown report by the trust.\n"
        "   Mr Pell, of the trust, said that the law would tar-\n"
        'get the worst. "They have had 12- to 18-month warn-\nings," he said.\n'
    )
    assert article.outlet == "Harbour Gazette"
    assert article.headline == "WEB FIRMS FACE FINES OVER IMAGES"
    assert article.bylines == (Byline("our Crime Correspondent"),)
    lead, body = (text for kind, text in zones(article) if kind in ("lead", "body"))
    assert lead == (
        "THE Government is to fine web firms that fail to remove images of child abuse, the "
        "minister said last night. The plan follows a well-known report by the trust."
    )
    assert body.endswith(
        'the law would target the worst. "They have had 12- to 18-month warnings," he said.'
    )


@pytest.mark.parametrize(
    "raw",
    [STORY, STORY.replace("\n", "\r\n"), "Harbour Herald", "- By Ann Bell", "\n\n3 May 2018\n\n"],
)
def test_zones_cover_the_text_without_overlap(raw: str) -> None:
    article = read_text(raw)
    at = 0
    for zone in article.zones:
        assert zone.span[0] >= at
        assert not article.text[at : zone.span[0]].strip()
        at = zone.span[1]
    assert not article.text[at:].strip()
