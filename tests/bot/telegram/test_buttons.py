import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.buttons import ChatSeal, Press, columns, keyboard
from tests.bot.telegram.world import LINE, NIEVES, sign

SEAL = ChatSeal(LINE, NIEVES, sign)
STALE = Press("stale", "")


def test_a_press_brings_back_question_and_value() -> None:
    assert SEAL.press(SEAL.data("c17", "food", 1)) == Press("c17", "food")


def test_a_value_may_hold_colons() -> None:
    assert SEAL.press(SEAL.data("aK7P4", "slot:2:b", 1)) == Press("aK7P4", "slot:2:b")


@pytest.mark.parametrize("value", ["x" * 45, "ñ" * 25, "", "#1"])
def test_a_value_that_cannot_travel_goes_by_its_place(value: str) -> None:
    assert SEAL.press(SEAL.data("c17", value, 3)) == Press("c17", "#3")


@pytest.mark.parametrize("question", ["c:17", "q" * 60])
def test_a_question_that_no_button_can_hold_is_a_mistake_of_ours(question: str) -> None:
    with pytest.raises(ValueError, match="question"):
        SEAL.data(question, "food", 1)


@pytest.mark.parametrize(
    "seal",
    [
        ChatSeal(LINE, NIEVES + 1, sign),
        ChatSeal("telegram:other", NIEVES, sign),
        ChatSeal(LINE, NIEVES, lambda text: sign(f"another key {text}")),
    ],
)
def test_a_button_of_another_chat_line_or_key_is_stale(seal: ChatSeal) -> None:
    assert seal.press(SEAL.data("c17", "food", 1)) == STALE


@pytest.mark.parametrize(
    "data",
    [
        "",
        "v1",
        "v1:c17:food:",
        "v1:c17:food:000000000000",
        "v2:c17:food:1",
        ":::",
        "v1:c17:food:ñ",
        "\ud83d",
        "x" * 64,
    ],
)
def test_made_up_data_is_stale(data: str) -> None:
    assert SEAL.press(data) == STALE


def test_a_changed_value_is_stale() -> None:
    assert SEAL.press(SEAL.data("c17", "food", 1).replace("food", "cash")) == STALE


@given(
    question=st.text(
        st.characters(codec="ascii", exclude_characters=":", categories=["L", "N"]), max_size=12
    ),
    value=st.text(max_size=80),
    number=st.integers(1, 100),
)
def test_every_button_fits_and_comes_back(question: str, value: str, number: int) -> None:
    data = SEAL.data(question, value, number)
    assert len(data.encode()) <= 64
    press = SEAL.press(data)
    assert press.question == question
    assert press.value in {value, f"#{number}"}


@pytest.mark.parametrize(
    ("labels", "width"),
    [
        (["1", "2", "3", "4"], 5),
        (["Sí", "No"], 5),
        (["Comida", "Plata"], 3),
        (["Medicinas", "Un cuarto"], 2),
        (["Villa María del Triunfo", "Callao"], 1),
    ],
)
def test_the_longest_label_decides_the_width(labels: list[str], width: int) -> None:
    assert columns(labels) == width


def test_answers_stand_in_rows_in_their_order() -> None:
    markup = keyboard(SEAL, "c17", [(str(n), f"Opción {n}") for n in range(1, 6)])
    assert markup is not None
    assert [[button.text for button in row] for row in markup.inline_keyboard] == [
        ["Opción 1", "Opción 2", "Opción 3"],
        ["Opción 4", "Opción 5"],
    ]


def test_without_answers_there_is_no_keyboard() -> None:
    assert keyboard(SEAL, "c17", []) is None
