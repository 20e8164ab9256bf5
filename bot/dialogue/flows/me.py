"""Her own affairs: what she can do here, silence and return, being erased, speaking to a person."""

from __future__ import annotations

from aid import consents, inbox, members, privacy
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
    await members.stop(turn.tx, turn.organisation.id, turn.person.id)
    await consents.take_back(turn.tx, turn.person.id, turn.organisation.id, channel=turn.incoming.channel)
    await turn.reply("stop-done")


async def start(turn: Turn, _understood: Understood) -> None:
    """She returns; a wish to be erased is undone."""
    undone = turn.person.erase_due is not None
    await members.start(turn.tx, turn.organisation.id, turn.person.id)
    await turn.reply("start-erase-undone" if undone else "start-done")


async def erase(turn: Turn, _understood: Understood) -> None:
    """Silence at once, erased after 72 hours, because the hand on the phone may not be hers."""
    turn.end()
    await privacy.ask_erasure(turn.tx, turn.organisation.id, turn.person.id)
    await turn.reply("erase-asked")


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
