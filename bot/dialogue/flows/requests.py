"""Asking for aid, knowing where it stands, taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aid import claims, matching, organisations, requests
from aid.errors import Refused
from aid.messages import Option
from aid.requests import Draft
from bot.dialogue.engine import CENTIMOS, PASS, Flow, amount, choice, free_text, number
from bot.dialogue.turn import Kind, Turn
from bot.dialogue.understand import Category, Intent, Understood

MOST_PEOPLE = 30
URGENCIES = ("today", "week", "normal")
SAYS_IT_WORDS = 2
"""A first sentence of more words than this is kept as the detail: she need not say it twice."""


def steps(offered: Mapping[str, Any]) -> Flow:
    """What, how much or for how many, how urgent, anything to add: five messages, three if she began well."""
    kinds = offered["categories"]
    category = offered["category"]
    if not category:
        category = yield choice("request-what", [Option(known, f"category-{known}") for known in kinds])
    kind, question = kinds[category]
    if question == "amount":
        told = yield amount("request-amount", category=category)
        size = int(told.removeprefix(CENTIMOS))
    else:
        size = int((yield number("request-people", least=1, most=MOST_PEOPLE)))
    urgency = yield choice("request-urgency", [Option(word, f"urgency-{word}") for word in URGENCIES])
    detail = offered["detail"] or (yield free_text("request-detail", optional=True))
    return Draft(category, kind, size, URGENCIES.index(urgency), "" if detail == PASS else detail)


async def finish(turn: Turn, draft: Draft) -> None:
    """Open the request and give her its number."""
    behalf = turn.person.id if turn.behalf else None
    opened = await requests.open_request(turn.tx, turn.organisation.id, turn.whose, draft, behalf=behalf)
    await turn.reply("request-opened", receipt=opened.receipt, urgency=draft.urgency)


async def ask(turn: Turn, understood: Understood) -> None:
    """She needs something."""
    await requests.may_ask(turn.tx, turn.organisation.id, turn.whose)
    known = await organisations.categories(turn.tx, turn.organisation.id)
    category = "" if understood.category in {None, Category.OTHER} else str(understood.category)
    told = turn.text if len(turn.text.split()) > SAYS_IT_WORDS else PASS
    await turn.begin(
        "ask",
        {
            "categories": {one.id: (one.kinds[0], one.question) for one in known},
            "category": category,
            "detail": told if category else "",
        },
    )


async def status(turn: Turn, _understood: Understood) -> None:
    """Where her requests stand, and why, one sentence each."""
    live = await requests.live_of(turn.tx, turn.whose, turn.organisation.id)
    if not live:
        await turn.reply("status-none")
    for request in live:
        await turn.reply_with(await matching.explain(turn.tx, request))


def cancel_steps(offered: Mapping[str, Any]) -> Flow:
    """Which of several she takes back."""
    options = [
        Option(receipt, "cancel-option", {"text": receipt, "category": category})
        for receipt, category in offered["requests"]
    ]
    return (yield choice("cancel-which", options))


async def cancel_finish(turn: Turn, receipt: str) -> None:
    """Take one back."""
    request = await requests.by_receipt(turn.tx, turn.organisation.id, receipt)
    if request is None or request.person != turn.whose:
        raise Refused("status-none")
    await claims.withdraw(turn.tx, request, actor=turn.person.id)
    await turn.reply("cancel-done", receipt=receipt)


async def cancel(turn: Turn, _understood: Understood) -> None:
    """She takes a request back. In the middle of a question she only drops that one (bot.dialogue.steps)."""
    live = await requests.live_of(turn.tx, turn.whose, turn.organisation.id)
    turn.end()
    if not live:
        await turn.reply("cancel-nothing")
    elif len(live) == 1:
        await cancel_finish(turn, live[0].receipt)
    else:
        await turn.begin("cancel", {"requests": [(one.receipt, one.category) for one in live]})


KINDS = (Kind("ask", 1, steps, finish), Kind("cancel", 1, cancel_steps, cancel_finish))
INTENTS = {Intent.ASK: ask, Intent.STATUS: status, Intent.CANCEL: cancel}
