"""What the bundled words find of texts of which we know what they are. The figures are in docs/moderation.md."""

from pathlib import Path

import pytest

from quanzi.screening.book import starter
from quanzi.screening.categories import CATEGORIES
from quanzi.screening.samples import HARMLESS, Sample, bundled, held

FRESH = Path(__file__).parent / "samples" / "fresh.tsv"
KINDS = ("plain", "evaded", "harmless")


def fresh() -> list[Sample]:
    lines = FRESH.read_text(encoding="utf-8").splitlines()
    return [Sample(*line.split("\t", 2)) for line in lines if not line.startswith("#")]


def shares(samples) -> dict[str, float]:
    return {
        kind: sum(held(one.text, starter()) for one in some) / len(some)
        for kind in KINDS
        if (some := [one for one in samples if one.kind == kind])
    }


def test_there_are_enough_samples_of_each_kind_and_no_text_twice():
    kinds = [sample.kind for sample in bundled()]

    assert kinds.count("plain") >= 150
    assert kinds.count("evaded") >= 130
    assert kinds.count("harmless") >= 170
    assert {sample.label for sample in bundled()} == {*CATEGORIES, HARMLESS}
    assert all((one.kind == "harmless") == (one.label == HARMLESS) for one in bundled())
    texts = [one.text for one in (*bundled(), *fresh())]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("held_out", [False, True], ids=["tuning", "held-out"])
def test_what_is_bad_is_held_and_what_is_harmless_is_not(held_out):
    found = shares([one for one in bundled() if one.held_out == held_out])

    assert found["plain"] >= 0.95, found
    assert found["evaded"] >= 0.85, found
    assert found["harmless"] <= 0.01, found


def test_of_texts_that_nothing_was_tuned_on_this_much_is_held():
    """No aim but a floor: words find what is said in words that they know (docs/moderation.md)."""
    found = shares(fresh())

    assert found["plain"] >= 0.2, found
    assert found["evaded"] >= 0.85, found
    assert found["harmless"] <= 0.03, found


def test_no_sample_is_a_word():
    texts = {one.text for one in (*bundled(), *fresh())}

    assert texts.isdisjoint(word.text for word in starter().words)


def test_nothing_of_the_demo_is_held():
    from quanzi.demo.posts import POSTS
    from quanzi.demo.replies import COMMENTS

    texts = [post.body for posts in POSTS.values() for post in posts]
    texts += [line for lines in COMMENTS.values() for line in lines]

    assert [text for text in texts if held(text, starter())] == []
