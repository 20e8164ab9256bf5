import pytest

from bot.simulator.telegram_calls import Call
from tests.bot.telegram.judge import ABSENT, complaints, may_judge


@pytest.fixture(autouse=True)
def _description() -> None:
    if not may_judge():
        pytest.skip(ABSENT)


def judged(method: str, **params: object) -> list[str]:
    return complaints([Call(1, method, params, 200)])


def test_a_legal_call_passes() -> None:
    markup = {"inline_keyboard": [[{"text": "Sí", "callback_data": "v1"}]]}
    assert judged("sendMessage", chat_id=1, text="hola", reply_markup=markup, protect_content=True) == []


@pytest.mark.parametrize(
    ("method", "params", "fault"),
    [
        ("sendMesage", {}, "sendMesage: no such method"),
        ("sendMessage", {"chat_id": 1}, "sendMessage.text: missing"),
        ("sendMessage", {"chat_id": 1, "text": "x", "colour": "red"}, "sendMessage.colour: unknown"),
        ("sendMessage", {"chat_id": 1, "text": 7}, "sendMessage.text: not String"),
        ("sendMessage", {"chat_id": True, "text": "x"}, "sendMessage.chat_id: not Integer"),
        ("getUpdates", {"timeout": 1.5}, "getUpdates.timeout: not Integer"),
        ("getUpdates", {"allowed_updates": "message"}, "getUpdates.allowed_updates: not an array"),
        (
            "sendMessage",
            {"chat_id": 1, "text": "x", "reply_markup": {"inline_keyboard": [[{"callback_data": "v1"}]]}},
            "sendMessage.reply_markup.inline_keyboard.text: missing",
        ),
    ],
)
def test_an_illegal_call_is_named(method: str, params: dict[str, object], fault: str) -> None:
    assert judged(method, **params) == [fault]
