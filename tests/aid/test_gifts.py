"""What is announced counts for nothing until a treasurer says that it came, and then once."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from aid import collecting, gifts, history, inbox, ledger, matching, members, reservations
from aid.db import Tx
from aid.errors import NotAllowed, Refused
from aid.gifts import Announced, Gift, Payment
from aid.store import gifts as rows
from aid.store import reservations as set_aside
from aid.store.ledger import transfers
from tests.aid.giving import asks, cash, gives, goods, woman
from tests.world import World

PAID = Announced("cash", 50_00, payment=Payment("123456", "2026-05-28"))


async def fresh(tx: Tx, gift: Gift) -> Gift:
    found = await gifts.by_id(tx, gift.id)
    assert found is not None
    return found


async def movements(tx: Tx) -> int:
    return int(await tx.scalar(select(func.count()).select_from(transfers)))


async def balance(tx: Tx, organisation: str, code: str) -> int:
    return {one.code: one.balance for one in await ledger.balances(tx, organisation)}.get(code, 0)


async def test_whoever_announces_becomes_a_donor_and_nothing_is_in_the_books(world: World) -> None:
    async with world.tx() as tx:
        berta = await woman(tx, world.organisation)
        made = await gifts.announce(tx, world.organisation, berta, PAID)
        assert made.state == "announced"
        assert await members.roles_of(tx, berta, world.organisation) == {"donor"}
        assert await movements(tx) == 0


async def test_a_treasurer_says_that_it_came_and_one_transfer_is_made(world: World) -> None:
    async with world.tx() as tx:
        made = await gives(tx, world.organisation, cash(50_00))
        assert (await fresh(tx, made)).state == "received"
        assert await movements(tx) == 1
        assert await balance(tx, world.organisation, ledger.FUND) == 50_00
        assert await ledger.is_balanced(tx, world.organisation)


async def test_two_treasurers_at_the_same_moment_make_one_transfer(world: World) -> None:
    async with world.tx() as tx:
        berta = await woman(tx, world.organisation)
        both = [await woman(tx, world.organisation, "treasurer") for _ in range(2)]
        made = await gifts.announce(tx, world.organisation, berta, PAID)

    async def confirm(treasurer: str) -> bool:
        try:
            async with world.tx() as tx:
                await gifts.receive(tx, made, actor=treasurer)
        except Refused:
            return False
        return True

    assert sorted(await asyncio.gather(*(confirm(one) for one in both))) == [False, True]
    async with world.tx() as tx:
        assert await movements(tx) == 1


async def test_a_treasurer_cannot_confirm_her_own_gift_by_code_nor_by_check(world: World) -> None:
    async with world.tx() as tx:
        olga = await woman(tx, world.organisation, "treasurer")
        made = await gifts.announce(tx, world.organisation, olga, PAID)
        with pytest.raises(Refused, match="gift-own"):
            await gifts.receive(tx, made, actor=olga)
        with pytest.raises(Refused, match="gift-own"):
            await gifts.decline(tx, made, actor=olga)
        assert await gifts.waiting(tx, world.organisation, olga) == []
    with pytest.raises(IntegrityError):
        async with world.tx() as tx:
            await rows.decide(tx, made.id, "received", actor=olga)


@pytest.mark.parametrize("role", ["member", "volunteer", "donor", "organiser", "auditor"])
async def test_nobody_but_a_treasurer_says_that_it_came(world: World, role: str) -> None:
    async with world.tx() as tx:
        made = await gifts.announce(tx, world.organisation, await woman(tx, world.organisation), PAID)
        with pytest.raises(NotAllowed):
            await gifts.receive(tx, made, actor=await woman(tx, world.organisation, role))


async def test_one_payment_told_by_two_counts_once(world: World) -> None:
    async with world.tx() as tx:
        olga = await woman(tx, world.organisation, "treasurer")
        first, second = [
            await gifts.announce(tx, world.organisation, await woman(tx, world.organisation), PAID)
            for _ in range(2)
        ]
        await gifts.receive(tx, first, actor=olga)
        with pytest.raises(Refused, match="gift-counted"):
            await gifts.receive(tx, second, actor=olga)
    with pytest.raises(IntegrityError):
        async with world.tx() as tx:
            await rows.decide(tx, second.id, "received", actor=olga)


async def test_the_payment_of_what_was_announced_is_the_same_gift(world: World) -> None:
    async with world.tx() as tx:
        berta = await woman(tx, world.organisation)
        pledge = await gifts.announce(tx, world.organisation, berta, cash(50_00))
        paid = await gifts.announce(tx, world.organisation, berta, PAID)
        again = await gifts.announce(tx, world.organisation, berta, PAID)
        assert pledge.id == paid.id == again.id
        assert paid.payment == PAID.payment


async def test_nobody_floods_the_treasurers(world: World) -> None:
    async with world.tx() as tx:
        zoila = await woman(tx, world.organisation)
        for _ in range(gifts.MOST_ANNOUNCED):
            await gifts.announce(tx, world.organisation, zoila, cash(50_00))
        with pytest.raises(Refused, match="gift-many"):
            await gifts.announce(tx, world.organisation, zoila, cash(50_00))


async def test_what_came_counts_and_not_what_was_announced(world: World) -> None:
    async with world.tx() as tx:
        olga = await woman(tx, world.organisation, "treasurer")
        made = await gifts.announce(tx, world.organisation, await woman(tx, world.organisation), PAID)
        await gifts.receive(tx, made, actor=olga, amount=48_50)
        assert (await fresh(tx, made)).amount == 48_50
        assert await balance(tx, world.organisation, ledger.FUND) == 48_50


async def test_what_did_not_come_is_declined_and_never_counts(world: World) -> None:
    async with world.tx() as tx:
        olga = await woman(tx, world.organisation, "treasurer")
        made = await gifts.announce(tx, world.organisation, await woman(tx, world.organisation), PAID)
        await gifts.decline(tx, made, actor=olga)
        with pytest.raises(Refused, match="gift-decided"):
            await gifts.receive(tx, made, actor=olga)
        assert await movements(tx) == 0


async def test_a_wish_has_its_own_fund(world: World) -> None:
    async with world.tx() as tx:
        await gives(tx, world.organisation, cash(20_00, category="medicine"))
        assert await balance(tx, world.organisation, ledger.fund("medicine")) == 20_00
        assert await balance(tx, world.organisation, ledger.FUND) == 0


async def test_goods_are_counted_in_units_and_never_in_the_money_books(world: World) -> None:
    async with world.tx() as tx:
        made = await gives(tx, world.organisation, goods(10))
        nieves = await woman(tx, world.organisation, "member")
        request = await asks(tx, world.organisation, nieves, 4, kind="goods", category="food")
        await matching.match(tx, world.organisation)
        await reservations.spend(tx, request, "f" * 32, actor=nieves)
        assert (await fresh(tx, made)).left == 6
        assert await movements(tx) == 0


async def test_what_is_set_aside_is_given_once_and_cannot_be_freed_any_more(world: World) -> None:
    async with world.tx() as tx:
        made = await gives(tx, world.organisation, cash(50_00))
        nieves = await woman(tx, world.organisation, "member")
        request = await asks(tx, world.organisation, nieves, 30_00)
        await matching.match(tx, world.organisation)
        await reservations.spend(tx, request, "f" * 32, actor=nieves)
        await reservations.spend(tx, request, "e" * 32, actor=nieves)
        await reservations.release(tx, request.id)
        assert await balance(tx, world.organisation, ledger.GIVEN) == 30_00
        assert await balance(tx, world.organisation, ledger.RESERVED) == 0
        assert (await fresh(tx, made)).left == 20_00
        assert await ledger.is_balanced(tx, world.organisation)


async def test_nothing_set_aside_nothing_happens(world: World) -> None:
    async with world.tx() as tx:
        nieves = await woman(tx, world.organisation, "member")
        request = await asks(tx, world.organisation, nieves, 30_00)
        await reservations.spend(tx, request, "f" * 32, actor=nieves)
        await reservations.release(tx, request.id)
        assert await movements(tx) == 0


async def test_what_is_freed_is_there_for_others_and_a_used_gift_is_whole_again(world: World) -> None:
    async with world.tx() as tx:
        made = await gives(tx, world.organisation, cash(50_00, category="cash"))
        nieves = await woman(tx, world.organisation, "member")
        request = await asks(tx, world.organisation, nieves, 80_00)
        await matching.match(tx, world.organisation)
        assert (await fresh(tx, made)).state == "used"
        await reservations.release(tx, request.id)
        assert ((await fresh(tx, made)).state, (await fresh(tx, made)).left) == ("received", 50_00)
        assert await balance(tx, world.organisation, ledger.fund("cash")) == 50_00
        assert await set_aside.reserved_amount(tx, request.id) == 0


async def test_the_database_refuses_to_set_aside_more_than_there_is(world: World) -> None:
    async with world.tx() as tx:
        made = await gives(tx, world.organisation, cash(50_00))
        assert not await rows.take(tx, made.id, 50_01)
    with pytest.raises(IntegrityError):
        async with world.tx() as tx:
            await tx.run(update(rows.gifts).where(rows.gifts.c.id == made.id).values(taken=50_01))


async def test_an_operation_number_is_sealed(world: World) -> None:
    async with world.tx() as tx:
        berta = await woman(tx, world.organisation)
        made = await gifts.announce(tx, world.organisation, berta, PAID)
        row = await tx.first(select(rows.gifts).where(rows.gifts.c.id == made.id))
        assert row is not None
        assert "123456" not in repr(tuple(row))
        assert b"123456" not in bytes(row.operation)


YAPE = "Yape 900 000 123 a nombre de la tesorera"


async def test_where_givers_send_is_kept_sealed_and_the_history_says_who_changed_it(world: World) -> None:
    async with world.tx() as tx:
        olga = await woman(tx, world.organisation, "treasurer")
        assert await collecting.how(tx, world.organisation) == ""
        for words in ("Plin 900 000 124", YAPE):
            await collecting.set_how(tx, world.organisation, words, actor=olga)
        assert await collecting.how(tx, world.organisation) == YAPE
        rows_of_it = await tx.all(select(rows.collecting))
        assert len(rows_of_it) == 1
        assert YAPE.encode() not in bytes(rows_of_it[0].words)
        told = await history.of(tx, "organisation", world.organisation)
        assert [event.actor for event in told if event.verb == "collecting-set"] == [olga, olga]
        assert not [event for event in told if "900" in event.facts]


@pytest.mark.parametrize("role", ["member", "volunteer", "donor", "organiser", "auditor"])
async def test_nobody_but_a_treasurer_says_where_givers_send(world: World, role: str) -> None:
    async with world.tx() as tx:
        zoila = await woman(tx, world.organisation, role)
        with pytest.raises(NotAllowed):
            await collecting.set_how(tx, world.organisation, YAPE, actor=zoila)
        assert await collecting.how(tx, world.organisation) == ""


@pytest.mark.parametrize("known", [True, False])
async def test_an_organiser_writes_to_her_who_cannot_be_told_where_to_send(
    world: World, *, known: bool
) -> None:
    async with world.tx() as tx:
        olga = await woman(tx, world.organisation, "treasurer")
        irma = await woman(tx, world.organisation, "organiser")
        if known:
            await collecting.set_how(tx, world.organisation, YAPE, actor=olga)
        berta = await woman(tx, world.organisation)
        await gifts.announce(tx, world.organisation, berta, PAID)
        made = await gifts.announce(tx, world.organisation, berta, cash(70_00))
        waiting = await inbox.open_for(tx, world.organisation, irma)
        assert [(item.kind, item.about) for item in waiting] == ([] if known else [("gift", made.id)])
