"""Her own affairs: what she can do here, silence and return, being erased, speaking to a person."""

from __future__ import annotations

from aid import consents, inbox, members, privacy
from bot.dialogue import words
from bot.dialogue.turn import Turn
from bot.dialogue.understand import Intent, Understood


async def menu(turn: Turn, _understood: Understood) -> None:
    """What she can do, by the roles she holds."""
    turn.end()
    await turn.reply("menu")
    for role in members.ROLES[1:]:
        if role in turn.roles:
            await turn.reply(f"menu-{role}")


async def stop(turn: Turn, _understood: Understood) -> None:
    """Nothing is sent to her any more, on any channel; her own words are still answered."""
    turn.end()
    await members.stop(turn.tx, turn.organisation.id, turn.whose)
    await consents.take_back(
        turn.tx, turn.whose, turn.organisation.id, consents.WRITE, channel=turn.incoming.channel
    )
    await _tell(turn, "stop-done")


async def start(turn: Turn, _understood: Understood) -> None:
    """She returns; a wish to be erased is undone."""
    her = await members.by_id(turn.tx, turn.whose)
    key = "start-erase-undone" if her is not None and her.erase_due is not None else "start-done"
    await members.start(turn.tx, turn.organisation.id, turn.whose)
    if await consents.is_given(turn.tx, turn.whose, turn.organisation.id, consents.KEEP):
        await consents.give(
            turn.tx,
            turn.whose,
            turn.organisation.id,
            (consents.WRITE,),
            channel=turn.incoming.channel,
            words=words.say(key, turn.language),
            evidence="spoken" if turn.behalf else "typed",
            taken_by=turn.person.id if turn.behalf else None,
        )
    await _tell(turn, key)


async def erase(turn: Turn, _understood: Understood) -> None:
    """Silence at once, erased after 72 hours, because the hand on the phone may not be hers."""
    turn.end()
    await privacy.ask_erasure(turn.tx, turn.organisation.id, turn.whose)
    for purpose in (consents.WRITE, consents.KEEP):
        await consents.take_back(
            turn.tx, turn.whose, turn.organisation.id, purpose, channel=turn.incoming.channel
        )
    await _tell(turn, "erase-asked")


async def _tell(turn: Turn, key: str) -> None:
    """To herself in her words; to her who acts for another, that it is done."""
    await turn.reply("acting-done" if turn.behalf else key)


async def human(turn: Turn, _understood: Understood) -> None:
    """She wants a person."""
    await inbox.call(turn.tx, turn.organisation.id, "human", turn.whose, words=turn.text)
    await turn.reply("human-coming")


INTENTS = {
    Intent.MENU: menu,
    Intent.STOP: stop,
    Intent.START: start,
    Intent.ERASE: erase,
    Intent.HUMAN: human,
}
