"""The methods of the Bot API that the simulated Telegram knows, and the errors the real one would give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from bot.simulator.telegram_chats import Button, Chat, Hook, Json, Query, Shown, SimulatedBot
from bot.simulator.telegram_params import ApiError, bad, integer, markup, text_of

Method: TypeAlias = Callable[[SimulatedBot, Json], Any]


def _get_me(bot: SimulatedBot, _: Json) -> Json:
    flags = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries")
    return bot.as_json() | dict.fromkeys(flags, False)


def _send_message(bot: SimulatedBot, params: Json) -> Json:
    chat = _writable(bot, params)
    text = text_of(params)
    buttons, keyboard = markup(params)
    protected = bool(params.get("protect_content"))
    shown = Shown(bot.message_id(), True, text, bot.seconds, buttons, keyboard, protected)  # noqa: FBT003 - a row
    bot.show(chat, shown)
    return bot.message_as_json(chat, shown)


def _edit_message_text(bot: SimulatedBot, params: Json) -> Json:
    chat, shown = _own_message(bot, params)
    text = text_of(params)
    buttons, _ = markup(params)
    return _edit(bot, chat, shown, text, buttons)


def _edit_message_reply_markup(bot: SimulatedBot, params: Json) -> Json:
    chat, shown = _own_message(bot, params)
    buttons, _ = markup(params)
    return _edit(bot, chat, shown, shown.text, buttons)


def _edit(bot: SimulatedBot, chat: Chat, shown: Shown, text: str, buttons: list[list[Button]]) -> Json:
    if (text, buttons) == (shown.text, shown.buttons):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly the same"
        )
    shown.edited = shown.edited or text != shown.text
    shown.text, shown.buttons = text, buttons
    bot.changes.note()
    return bot.message_as_json(chat, shown)


def _delete_message(bot: SimulatedBot, params: Json) -> bool:
    chat = _writable(bot, params)
    if chat.messages.pop(integer(params, "message_id"), None) is None:
        raise bad("message to delete not found")
    bot.changes.note()
    return True


def _delete_messages(bot: SimulatedBot, params: Json) -> bool:
    chat = _writable(bot, params)
    for message_id in params.get("message_ids", []):
        chat.messages.pop(message_id, None)
    bot.changes.note()
    return True


def _answer_callback_query(bot: SimulatedBot, params: Json) -> bool:
    query_id = str(params.get("callback_query_id", ""))
    for chat in bot.chats.values():
        if query := chat.queries.get(query_id):
            return _answered(bot, query, str(params.get("text", "")))
    raise bad("query is too old and response timeout expired or query ID is invalid")


def _answered(bot: SimulatedBot, query: Query, text: str) -> bool:
    query.answered, query.text = True, text
    bot.changes.note()
    return True


def _set_webhook(bot: SimulatedBot, params: Json) -> bool:
    _set_allowed(bot, params)
    url = str(params.get("url", ""))
    most = int(params.get("max_connections", 40))
    bot.hook = Hook(url, str(params.get("secret_token", "")), most) if url else None
    _drop_if_asked(bot, params)
    bot.changes.note()
    return True


def _delete_webhook(bot: SimulatedBot, params: Json) -> bool:
    bot.hook = None
    _drop_if_asked(bot, params)
    bot.changes.note()
    return True


def _get_webhook_info(bot: SimulatedBot, _: Json) -> Json:
    hook = bot.hook or Hook("")
    info: Json = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(bot.waiting),
        "max_connections": hook.max_connections,
        "allowed_updates": bot.allowed,
    }
    return info | ({"last_error_message": hook.last_error} if hook.last_error else {})


def _set_my_commands(bot: SimulatedBot, params: Json) -> bool:
    bot.commands = list(params.get("commands", []))
    return True


def _get_my_commands(bot: SimulatedBot, _: Json) -> list[Json]:
    return bot.commands


def _get_chat(bot: SimulatedBot, params: Json) -> Json:
    full = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": {}}
    return _known(bot, params).as_json() | full


def _send_chat_action(bot: SimulatedBot, params: Json) -> bool:
    _writable(bot, params)
    return True


def _get_file(_: SimulatedBot, __: Json) -> Json:
    raise bad("invalid file_id")  # nothing that people send is kept, so there is nothing to fetch


METHODS: dict[str, Method] = {
    "getme": _get_me,
    "sendmessage": _send_message,
    "editmessagetext": _edit_message_text,
    "editmessagereplymarkup": _edit_message_reply_markup,
    "deletemessage": _delete_message,
    "deletemessages": _delete_messages,
    "answercallbackquery": _answer_callback_query,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _get_webhook_info,
    "setmycommands": _set_my_commands,
    "getmycommands": _get_my_commands,
    "getchat": _get_chat,
    "sendchataction": _send_chat_action,
    "getfile": _get_file,
}
"""Every method but getUpdates, by its name in small letters: the real one does not mind the case."""


def _known(bot: SimulatedBot, params: Json) -> Chat:
    chat_id = integer(params, "chat_id")
    if moved := bot.moved.get(chat_id):
        description = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, description, migrate_to_chat_id=moved)
    if chat_id not in bot.chats:
        raise bad("chat not found")
    return bot.chats[chat_id]


def _writable(bot: SimulatedBot, params: Json) -> Chat:
    chat = _known(bot, params)
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if not chat.started:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    return chat


def _own_message(bot: SimulatedBot, params: Json) -> tuple[Chat, Shown]:
    chat = _writable(bot, params)
    shown = chat.messages.get(integer(params, "message_id"))
    if shown is None:
        raise bad("message to edit not found")
    if not shown.from_bot:
        raise bad("message can't be edited")
    return chat, shown


def _set_allowed(bot: SimulatedBot, params: Json) -> None:
    if "allowed_updates" in params:
        bot.allowed = list(params["allowed_updates"])


def _drop_if_asked(bot: SimulatedBot, params: Json) -> None:
    if params.get("drop_pending_updates"):
        bot.waiting.clear()
