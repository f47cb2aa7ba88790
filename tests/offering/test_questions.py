"""The questions of a form, as a partner puts them together; and answers, as members give them."""

import pytest

from quanzi.errors import Invalid
from quanzi.offering import answers, questions
from quanzi.offering.questions import Question

NAME = Question("11111111", "short", "称呼", required=True)
DAY = Question("22222222", "date", "哪一天")
SIZE = Question("33333333", "choice", "尺码", choices=("38", "39"))


def sent(*asked: Question) -> dict[str, str]:
    """As the designer's form sends them."""
    values = {}
    for n, each in enumerate(asked):
        values |= {
            f"q{n}_key": each.key, f"q{n}_kind": each.kind, f"q{n}_label": each.label,
            f"q{n}_help": each.help, f"q{n}_at": str(n), f"q{n}_choices": "\n".join(each.choices),
        }  # fmt: skip
        if each.required:
            values[f"q{n}_required"] = "on"
    return values


def test_a_form_comes_back_as_it_was_sent_and_kept():
    asked = questions.typed(sent(NAME, DAY, SIZE))

    assert asked == [NAME, DAY, SIZE]
    assert questions.read(questions.kept(asked)) == (NAME, DAY, SIZE)


def test_dragging_is_told_by_places():
    values = sent(NAME, DAY, SIZE) | {"q0_at": "2", "q1_at": "0", "q2_at": "1"}

    assert questions.typed(values) == [DAY, SIZE, NAME]


@pytest.mark.parametrize(
    ("wish", "order"),
    [
        ("up:1", [DAY, NAME, SIZE]),
        ("down:1", [NAME, SIZE, DAY]),
        ("remove:0", [DAY, SIZE]),
        ("up:0", [NAME, DAY, SIZE]),
        ("down:2", [NAME, DAY, SIZE]),
        ("up:99", [NAME, DAY, SIZE]),
        ("remove:-1", [NAME, DAY, SIZE]),
        ("add:poem", [NAME, DAY, SIZE]),
        ("", [NAME, DAY, SIZE]),
    ],
)
def test_a_button_does_what_it_says_or_nothing(wish, order):
    assert questions.turned([NAME, DAY, SIZE], wish) == order


def test_there_is_an_end_to_adding():
    asked: list[Question] = []
    for _ in range(questions.MOST + 3):
        asked = questions.turned(asked, "add:phone")

    assert len(asked) == questions.MOST
    assert len({each.key for each in asked}) == questions.MOST


def test_questions_that_ask_nothing_are_refused_each_by_its_field():
    with pytest.raises(Invalid) as wrong:
        questions.checked(
            [Question("1", "short"), Question("2", "choice", "尺码", choices=("38",))]
        )

    assert set(wrong.value.fields) == {"q0_label", "q1_choices"}


def test_no_two_answers_have_one_name_whatever_is_sent():
    checked = questions.checked([NAME, NAME])

    assert len({each.key for each in checked}) == 2


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("short", "小兰", "长" * 101),
        ("long", "一\n二", "长" * 1001),
        ("choice", "38", "40"),
        ("number", "3.5", "三"),
        ("date", "2026-12-01", "2026-02-30"),
        ("phone", "+86 138-0000-0000", "打给我"),
    ],
)
def test_each_kind_of_answer_is_looked_at(kind, good, bad):
    question = Question("11111111", kind, "问", required=True, choices=("38", "39"))

    assert answers.typed([question], {"a_11111111": good})[0].text == good
    for text in (bad, ""):
        with pytest.raises(Invalid) as wrong:
            answers.typed([question], {"a_11111111": text})
        assert set(wrong.value.fields) == {"a_11111111"}


def test_what_may_be_left_empty_is_left_out_and_what_was_not_asked_is_not_kept():
    assert answers.typed([DAY], {"a_22222222": "", "a_99999999": "x"}) == ()
