"""Giving: what somebody announces, a treasurer's word that it came, and the books."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from aid import collecting, gifts, ledger, organisations
from aid.conversations import Ask
from aid.errors import NotUnderstood, Refused
from aid.gifts import Announced, Payment
from aid.messages import ChannelName, Option
from aid.rules.money import Centimos, read_soles, say_soles
from bot.dialogue import dates, given, places, words
from bot.dialogue.engine import CENTIMOS, PASS, Flow, Question, amount, choice, number
from bot.dialogue.turn import Command, Kind, Turn
from bot.dialogue.understand import Intent, Understood

UNITS = number("gift-units", least=1, most=100_000)
MOST_LISTED = 12
WHERE = ("free", "district")
WISHES = ("free", "category", "district")


def steps(offered: Mapping[str, Any]) -> Flow:
    """Cash or goods, and what a treasurer needs to find it. What her first words said is not asked again."""
    kind = offered["kind"]
    if not kind:
        kind = yield choice("gift-what", [Option(one, f"gift-option-{one}") for one in ("cash", "goods")])
    told: Announced = yield from (_cash if kind == "cash" else _goods)(offered)
    return told


def _cash(offered: Mapping[str, Any]) -> Flow:
    sum_told = offered["amount"] or (yield amount("gift-amount"))
    payment = None
    if (offered["paid"] or (yield _paid(offered["language"]))) == "yes":
        operation = offered["operation"] or (yield given.operation("gift-operation"))
        payment = Payment(operation, (yield _day_paid(offered)))
    category = district = None
    if not offered["pledged"]:
        wish = yield choice("gift-wish", [Option(one, f"gift-wish-{one}") for one in WISHES])
        if wish == "category":
            category = yield _category("gift-wish-which", offered["cash"])
        elif wish == "district":
            district = yield from places.district(offered["zones"], "join-city", "gift-district")
    return Announced("cash", int(sum_told.removeprefix(CENTIMOS)), category, district, None, payment)


def _goods(offered: Mapping[str, Any]) -> Flow:
    category = yield _category("gift-category", offered["goods"])
    units = yield UNITS
    use_by = yield dates.coming_day(
        "gift-use-by", date.fromisoformat(offered["today"]), offered["language"], "gift-option-keeps"
    )
    district = None
    if (yield choice("gift-where", [Option(one, f"gift-wish-{one}") for one in WHERE])) == "district":
        district = yield from places.district(offered["zones"], "join-city", "gift-district")
    keeps = use_by == PASS
    until = None if keeps else dates.end_of(date.fromisoformat(use_by), offered["zone"])
    return Announced("goods", int(units), category, district, until)


def _paid(language: str) -> Question:
    options = (Option("yes", "gift-option-paid"), Option("no", "gift-option-later"))
    return given.worded(choice("gift-paid", options), {"yes": "words-paid", "no": "words-later"}, language)


def _day_paid(offered: Mapping[str, Any]) -> Question:
    return dates.past_day("gift-day", date.fromisoformat(offered["today"]), offered["language"])


def _category(key: str, known: list[str]) -> Question:
    return choice(key, [Option(one, f"category-{one}") for one in known])


async def finish(turn: Turn, told: Announced) -> None:
    """Keep it, give her its number, and tell her where to send what she has not paid yet."""
    made = await gifts.announce(turn.tx, turn.organisation.id, turn.person.id, told)
    if told.kind == "goods" or told.payment:
        sort = "goods" if told.kind == "goods" else "paid"
        await turn.reply(f"gift-announced-{sort}", receipt=made.receipt)
        return
    how = await collecting.how(turn.tx, turn.organisation.id)
    await turn.reply("gift-announced-pledge" if how else "gift-announced-waiting", receipt=made.receipt)
    if how:
        await turn.reply("gift-how", text=how)


async def give(turn: Turn, _understood: Understood) -> None:
    """She gives, a stranger too. Her first words may say how much, and that she has paid."""
    organisation = turn.organisation
    begun = given.read(turn.text, turn.language)
    pledged = ""
    if begun.operation and not begun.amount:
        pledged = await _pledged(turn)
    known = await organisations.categories(turn.tx, organisation.id)
    zones = await organisations.zones(turn.tx, organisation.id)
    await turn.begin(
        "gift",
        {
            "kind": "cash" if begun.amount or begun.paid else "",
            "amount": begun.amount or pledged,
            "paid": "yes" if begun.paid else "",
            "operation": begun.operation,
            "pledged": pledged,
            "cash": [one.id for one in known if one.kinds[0] == "cash"],
            "goods": [one.id for one in known if "goods" in one.kinds],
            "zones": places.offered(zones),
            "today": dates.day_of(turn.tx.now, organisation.zone).isoformat(),
            "zone": organisation.zone,
            "language": turn.language,
        },
    )


async def _pledged(turn: Turn) -> str:
    """As an answer: the sum of the one gift that she announced and has not said to have paid; or nothing."""
    announced = await gifts.of_donor(turn.tx, turn.organisation.id, turn.person.id, "announced")
    open_ones = [gift for gift in announced if gift.kind == "cash" and gift.payment is None]
    return f"{CENTIMOS}{open_ones[0].amount}" if len(open_ones) == 1 else ""


async def came(turn: Turn, ask: Ask, text: str) -> None:
    """A treasurer says that a gift came, that it did not, or how much of it did."""
    gift = await gifts.by_id(turn.tx, ask.about or "")
    if gift is None:
        raise NotUnderstood
    meant = words.yes_or_no(text, turn.language, strictly=True)
    if meant is False:
        await gifts.decline(turn.tx, gift, actor=turn.person.id)
        await turn.reply("gift-noted-not", receipt=gift.receipt)
        return
    counted = None if meant else _counted(text, gift.kind)
    if meant is None and counted is None:
        await turn.reply_with((await gifts.asked(turn.tx, gift, turn.person.id))[1])
        return
    await gifts.receive(turn.tx, gift, actor=turn.person.id, amount=counted)
    await turn.reply("gift-noted", receipt=gift.receipt)


def _counted(text: str, kind: str) -> int | None:
    """Centimos or units that a treasurer counted herself, or None."""
    try:
        return read_soles(text) if kind == "cash" else int(UNITS.read(text))
    except NotUnderstood:
        return None


async def waiting(turn: Turn, _rest: str) -> None:
    """What waits for a treasurer's word: the one gift itself, or the codes of several."""
    announced = await gifts.waiting(turn.tx, turn.organisation.id, turn.person.id)
    asked = [await gifts.asked(turn.tx, gift, turn.person.id) for gift in announced[:MOST_LISTED]]
    if not asked:
        await turn.reply("gifts-none")
    elif len(asked) == 1:
        await turn.reply_with(asked[0][1])
    else:
        await turn.reply("gifts-waiting", codes=" ".join(ask.code for ask, _ in asked))


async def accounts(turn: Turn, _rest: str) -> None:
    """The balances by fund. Sums are never said by SMS, so there she hears where to look."""
    if turn.incoming.channel is ChannelName.SMS:
        await turn.reply("accounts-elsewhere")
        return
    found = await ledger.balances(turn.tx, turn.organisation.id)
    by_code = {account.code: account.balance for account in found}
    right = await ledger.is_balanced(turn.tx, turn.organisation.id)
    await turn.reply(
        "accounts",
        protect=True,
        come=_soles(-by_code.get(ledger.CONTRIBUTIONS, 0)),
        free=_soles(by_code.get(ledger.FUND, 0)),
        reserved=_soles(by_code.get(ledger.RESERVED, 0)),
        given=_soles(by_code.get(ledger.GIVEN, 0)),
        right="yes" if right else "no",
    )
    for code, balance in by_code.items():
        if ledger.wish_of(code) and balance:
            await turn.reply(
                "accounts-fund", protect=True, category=ledger.wish_of(code) or "", balance=_soles(balance)
            )


async def collect(turn: Turn, rest: str) -> None:
    """Where givers send money: a treasurer says it anew; she and organisers see what givers are told now."""
    how = " ".join(rest.split())
    if how:
        if not given.is_short_enough("gift-how", how):
            raise Refused("collecting-long")
        if given.betrays(how, turn.organisation.name):
            raise Refused("collecting-betrays")
        await collecting.set_how(turn.tx, turn.organisation.id, how, actor=turn.person.id)
        await turn.reply("collecting-set")
    else:
        how = await collecting.how(turn.tx, turn.organisation.id)
    if how:
        await turn.reply("gift-how", text=how)
    else:
        await turn.reply("collecting-none")


def _soles(centimos: int) -> str:
    return say_soles(Centimos(centimos))


KINDS = (Kind("gift", 1, steps, finish, asks_numbers=True),)
INTENTS = {Intent.GIVE: give}
COMMANDS = (
    Command("command-gifts", frozenset({"treasurer"}), waiting),
    Command("command-collect", frozenset({"treasurer", "organiser"}), collect),
    Command("command-accounts", frozenset({"treasurer", "auditor"}), accounts),
)
ASKS = {gifts.ASK: came}
