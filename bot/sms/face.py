"""One SMS line: messages out through its provider, raw requests in as what was heard."""

from __future__ import annotations

from aid.messages import Heard, Outcome, Outgoing
from bot.sms.menus import render
from bot.sms.providers.contract import Call, Provider, sender_of
from config.texts import Say


class SmsLine:
    """A number the network writes from. Implements `aid.messages.Channel`."""

    def __init__(self, line: str, provider: Provider, say: Say) -> None:
        self.line = line
        self.provider = provider
        self._say = say

    async def send(self, outgoing: Outgoing) -> Outcome:
        """Put the message into words and hand it to the provider, once."""
        text = render(outgoing.message, self._say, outgoing.language)
        return await self.provider.send(outgoing.id, outgoing.address, text, urgent=outgoing.urgent)

    def read(self, raw: bytes) -> Heard | None:
        """What a kept request says; None when it says nothing to us. Never raises."""
        call = Call.unpack(raw)
        return self.provider.read(call) if call else None

    def sender(self, raw: bytes) -> str:
        """Who wrote it, as E.164, so that her messages keep their order; "" if no person wrote."""
        return sender_of(self.read(raw))

    async def close(self) -> None:
        """Let go of the provider's connections."""
        await self.provider.close()
