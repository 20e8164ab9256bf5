"""Taking an offered request, or not; and giving one back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aid import claims, conversations, requests
from aid.conversations import Ask
from aid.errors import Refused
from aid.messages import Option
from bot.dialogue import words
from bot.dialogue.engine import PASS, Flow, choice, free_text
from bot.dialogue.turn import Kind, Turn
from bot.dialogue.understand import Intent, Understood

SAYS_WHY_WORDS = 3
"""A text of more words than this, by which she gives back, is also the reason."""
MOST_WORDS = 4
"""The longest of the spellings by which she says that she cannot, with the number of the request."""
TAKES = frozenset({"", "claim"})
"""What takes an offer without a word: its bare code, and the button."""


async def offered(turn: Turn, ask: Ask, text: str) -> None:
    """She answers an offer: its bare code, "la tomo" or a button takes it; "no" costs her nothing."""
    request = await requests.by_id(turn.tx, ask.about or "")
    takes = text in TAKES or words.yes_or_no(text, turn.language)
    if request is None:
        raise Refused("claim-lost")
    if takes:
        made = await claims.claim(turn.tx, request, turn.person.id)
        for message in await claims.news(turn.tx, made, request):
            await turn.reply_with(message)
    elif takes is False:
        await conversations.settle(turn.tx, ask.id, "answered")
        await turn.reply("claim-declined")
    else:
        await turn.reply_with(await requests.question(turn.tx, request, ask))


def steps(given: Mapping[str, Any]) -> Flow:
    """Which of several, and why, unless she has said so already."""
    held = given["held"]
    one: str = held[0][0]
    if len(held) > 1:
        one = yield choice(
            "claim-back-which",
            [Option(claim, "claim-back-option", {"text": receipt}) for claim, receipt in held],
        )
    why: str = given["reason"] or (yield free_text("claim-back-why", optional=True))
    return one, "" if why == PASS else why


async def finish(turn: Turn, result: tuple[str, str]) -> None:
    """Give it back."""
    one, why = result
    held = await claims.held_by(turn.tx, turn.person.id, turn.organisation.id)
    mine = next((claim for claim in held if claim.id == one), None)
    if mine is None or not await claims.give_back(turn.tx, mine, reason=why):
        raise Refused("claim-back-nothing")
    await turn.reply("claim-back-done")


async def give_back(turn: Turn, _understood: Understood) -> None:
    """She cannot do what she took; with nothing taken, she declines the one offer that is open to her."""
    held = await _held(turn)
    if held:
        await _begin(turn, held)
        return
    waiting = await conversations.open_of(turn.tx, turn.person.id)
    offers = [ask for ask in waiting if ask.kind == requests.OFFER]
    if len(offers) == 1:
        await offered(turn, offers[0], "no")
    else:
        await turn.reply("claim-back-nothing")


async def cannot(turn: Turn, text: str) -> bool:
    """She cannot, and holds something: she gives it back, though the same words might answer an open ask."""
    told = text.split()
    if turn.before.flow or not 0 < len(told) <= MOST_WORDS:
        return False
    held = await _held(turn)
    bare = " ".join(word for word in told if word.upper() not in held.values())
    if not held or not words.is_one_of(bare, "words-give-back", turn.language):
        return False
    await _begin(turn, held)
    return True


async def _held(turn: Turn) -> dict[str, str]:
    """The claims she holds, each with the number of its request."""
    held = await claims.held_by(turn.tx, turn.person.id, turn.organisation.id)
    theirs = {claim.id: await requests.by_id(turn.tx, claim.request) for claim in held}
    return {claim: request.receipt for claim, request in theirs.items() if request is not None}


async def _begin(turn: Turn, held: dict[str, str]) -> None:
    told = turn.text.upper().split()
    named = {claim: receipt for claim, receipt in held.items() if receipt in told}
    says_why = len(told) - len(named) > SAYS_WHY_WORDS
    await turn.begin(
        "give-back",
        {"held": list((named or held).items()), "reason": turn.text if says_why else ""},
    )


KINDS = (Kind("give-back", 1, steps, finish),)
INTENTS = {Intent.GIVE_BACK: give_back}
ASKS = {requests.OFFER: offered}
CLOSED = {requests.OFFER: "offer-closed"}
EARLY = (cannot,)
