"""The parameters of a call, checked as the real Bot API checks them, and the error it answers with."""

from __future__ import annotations

from bot.simulator.telegram_chats import Button, Json

MAX_TEXT = 4096  # UTF-16 units
MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100


class ApiError(Exception):
    """An answer with ok=false."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        """Status, the sentence the real one would say, and its parameters."""
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


def bad(what: str) -> ApiError:
    """The Bot API's 400."""
    return ApiError(400, f"Bad Request: {what}")


def integer(params: Json, name: str) -> int:
    """A whole number that must be there."""
    try:
        return int(params[name])
    except (KeyError, TypeError, ValueError):
        raise bad(f"{name.replace('_', ' ')} is empty") from None


def text_of(params: Json) -> str:
    """The text of a message, within the limits."""
    text = str(params.get("text", "")).strip()
    if not text:
        raise bad("message text is empty")
    if len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        raise bad("message is too long")
    return text


def markup(params: Json) -> tuple[list[list[Button]], list[list[str]]]:
    """The inline buttons and the keys of a reply keyboard, row by row."""
    markup = params.get("reply_markup") or {}
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    buttons = [[_inline(button) for button in row] for row in markup.get("inline_keyboard", [])]
    if sum(map(len, buttons)) > MAX_BUTTONS:
        raise bad("reply markup is too long")
    rows = markup.get("keyboard", [])
    return buttons, [[key if isinstance(key, str) else key.get("text", "") for key in row] for row in rows]


def _inline(button: Json) -> Button:
    label, data, url = (str(button.get(name, "")) for name in ("text", "callback_data", "url"))
    if not label:
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if not url and not 1 <= len(data.encode()) <= MAX_CALLBACK_BYTES:
        raise bad("BUTTON_DATA_INVALID")
    return Button(label, data, url)
