"""A model that a user trains: tried honestly, saved as JSON, and the same numbers come back."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from newsmine.errors import QueryError
from newsmine.index.topics.model import ModelScorer, TopicModel, features, load_model, parse_model
from newsmine.index.topics.training import LEAST, Sample, train


def _listed(words: str) -> list[str]:
    return words.split()


WORDS = {
    "phones": _listed("phone pouch locker lesson head teacher pupils confiscate ring silence"),
    "fines": _listed("regulator fine turnover breach penalty appeal watchdog duty statute levy"),
    "": _listed("council bridge weather market garden ferry harvest choir parade bakery"),
}
COMMON = _listed("the of and said year people that town would week")


def samples(each: int = 20, noise: int = 0, groups: int | None = None) -> list[Sample]:
    """Texts of some topics, by a fixed seed; the last ``noise`` of each have another's words."""
    chance, made = random.Random(7), []
    for topic, words in WORDS.items():
        for number in range(each):
            source = words if number < each - noise else WORDS[""]
            text = " ".join(chance.choices(source, k=8) + chance.choices(COMMON, k=12))
            group = f"{topic}{number % groups if groups else number}"
            made.append(Sample(text, frozenset({topic} - {""}), group))
    return made


@pytest.fixture(scope="module")
def model() -> TopicModel:
    return train(samples())


def test_what_can_be_told_is_told(model: TopicModel) -> None:
    assert [one.topic for one in model.figures] == ["fines", "phones"]
    for one in model.figures:
        assert (one.labels, one.others, one.articles) == (20, 40, 20)
        assert one.f1 > 0.95
    found = ModelScorer(model).predict("Pupils put phones into a pouch")
    assert [(score.topic, score.about) for score in found] == [("phones", True), ("fines", False)]
    assert found[0].fired[0].weight > 0
    assert "pouch" in {fired.term for fired in found[0].fired}


def test_what_cannot_be_told_has_low_figures() -> None:
    mixed = samples(noise=20)
    assert all(one.f1 < 0.8 for one in train(mixed).figures)


def test_figures_are_of_articles_not_seen() -> None:
    """Ten texts of each of two articles: their own words must not help across the trial."""
    one_word = [
        Sample(f"{word} {word} {n} word", frozenset({"a"} if half else ()), word)
        for half, words in enumerate((("ash", "elm"), ("oak", "fir")))
        for word in words
        for n in range(LEAST)
    ]
    assert train(one_word).figures[0].f1 < 0.7


def test_the_same_numbers_as_scikit_learn() -> None:
    from newsmine.index.topics.training import _marks, _regression, _vectoriser

    made = samples(noise=3)
    texts = [sample.text for sample in made] + ["", "zebra", "phone phone PHONES, fine"]
    vectors = _vectoriser().fit(texts[: len(made)])
    scorer = ModelScorer(parse_model("m", train(made).to_json()))
    for topic in ("fines", "phones"):
        regression = _regression().fit(vectors.transform(texts[: len(made)]), _marks(topic, made))
        expected = regression.predict_proba(vectors.transform(texts))[:, 1]
        found = [
            next(score.score for score in scorer.predict(text) if score.topic == topic)
            for text in texts
        ]
        assert found == pytest.approx(expected.tolist(), abs=1e-12)


def test_training_again_gives_the_same_file(model: TopicModel) -> None:
    assert train(samples()).to_json() == model.to_json()


def test_a_round_trip(model: TopicModel, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(model.to_json(), encoding="utf-8")
    assert load_model(tmp_path / "m.json") == model


def test_predicting_loads_no_library(model: TopicModel, tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(model.to_json(), encoding="utf-8")
    code = (
        "import sys, pathlib; from newsmine.index.topics.model import *\n"
        f"ModelScorer(load_model(pathlib.Path({str(tmp_path / 'm.json')!r}))).predict('phone')\n"
        "assert not {'sklearn', 'numpy', 'scipy', 'pickle'} & set(sys.modules), sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_reasons_stand_where_they_say(model: TopicModel) -> None:
    text = "A phone, a pouch; the phones!"
    fired = {one.term: one for one in ModelScorer(model).predict(text)[0].fired}
    assert [text[slice(*span)] for span in fired["phone"].spans] == ["phone", "phones"]


def test_features_are_words_and_pairs() -> None:
    assert features("Phones, children's phones") == [
        *("phone", "child", "phone"),
        *("phone child", "child phone"),
    ]


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ([], "name no topic"),
        (samples(each=LEAST - 1), "9 texts are labelled with it, 10 are needed"),
        ([s for s in samples() if s.topics == {"phones"}], "0 texts are labelled without it"),
        (samples(groups=1), "are of one article"),
    ],
)
def test_too_few_labels_are_refused(made: list[Sample], reason: str) -> None:
    with pytest.raises(QueryError, match=reason):
        train(made)


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other"},
        {"idf": [1.0]},
        {"idf": ["x"]},
        {"idf": None},
        {"vocabulary": []},
        {"intercepts": {}},
        {"intercepts": {"fines": float("nan")}},
        {"coefficients": []},
        {"figures": [{}]},
    ],
)
def test_a_damaged_model_is_told(model: TopicModel, change: dict[str, object]) -> None:
    text = json.dumps({**json.loads(model.to_json()), **change})
    with pytest.raises(QueryError, match=r"my\.json"):
        parse_model("my.json", text)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\x80\x04\x95", b"{}"])
def test_no_model_at_all_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "my.json"
    path.write_bytes(content)
    with pytest.raises(QueryError, match=r"my\.json"):
        load_model(path)
    with pytest.raises(QueryError, match="cannot be read"):
        load_model(tmp_path / "gone.json")
