"""Who judges a played story: the published descriptions of what we call, and a search of the log."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from openapi_core import OpenAPI

from bot.simulator.gateways.android import AndroidGateway
from bot.simulator.telegram import BotApi
from tests.bot.sms.test_android_contract import DESCRIPTION, repaired, verdict
from tests.bot.telegram.judge import complaints, may_judge
from tests.stories.cast import Woman, bare

SHORTEST = 12
"""Letters below which a text may stand in a log by chance."""
CALLS = "Urgente"
"""An alarm calls again in the same words, until somebody goes."""
OURS = ("Traceback", "Warning:", "was never retrieved", "was never awaited", "was destroyed")
"""What a healthy program never writes."""


def judged(api: BotApi, gateway: AndroidGateway) -> None:
    """Every call was legal."""
    if may_judge():
        assert complaints(api.calls) == []
    if DESCRIPTION.exists():
        for asked in gateway.calls:
            verdict(_android(), asked)


def said_once(api: BotApi, gateway: AndroidGateway, *, doubt: bool) -> None:
    """Nothing was said twice in a row. Telegram takes no id of ours, so there `doubt` excuses a repeat."""
    chats = [[(shown.from_bot, shown.text) for shown in person.chat] for person in api.people]
    sms = [
        [(not seen.mine, seen.text) for seen in gateway.phones.feed.seen if seen.number == handset.number]
        for handset in gateway.phones
    ]
    for screen in sms if doubt else sms + chats:
        twice = [text for (ours, text), after in pairwise(screen) if ours and after == (True, text)]
        assert [text for text in twice if not text.startswith(CALLS)] == []


def unspoken(log: str, people: Iterable[Woman], *secrets: str) -> None:
    """The log names nobody, repeats nothing, and tells of no fault of ours."""
    told = bare(log)
    for words in (*secrets, *_personal(people)):
        assert bare(words) not in told, f"the log says {words!r}"
    for fault in OURS:
        assert fault not in log, log[max(0, log.index(fault) - 2000) :]


def _personal(people: Iterable[Woman]) -> Iterable[str]:
    for woman in people:
        yield woman.name
        yield woman.phone.address.removeprefix("+51")
        yield from (text for text in (*woman.said, *woman.heard) if len(text) >= SHORTEST)


@cache
def _android() -> OpenAPI:
    strict = copy.deepcopy(repaired(json.loads(DESCRIPTION.read_text(encoding="utf-8"))))
    strict["servers"] = [{"url": "/"}]
    for schema in strict["components"]["schemas"].values():
        if schema.get("type") == "object" and "additionalProperties" not in schema:
            schema["additionalProperties"] = False
    return OpenAPI.from_dict(strict)
