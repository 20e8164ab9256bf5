"""The real Kannel (bearerbox, smsbox) with fakesmsc as the operator and the telephones behind it.

fakesmsc can only accept, so failures are left to the fake in bot/simulator. It shows a text line by line.
"""

from __future__ import annotations

import asyncio
import re
import shutil
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self
from urllib.parse import unquote_to_bytes

from tests.rigs.programs import PATIENCE_SECONDS, Program, free_ports

FAKESMSC = ("fakesmsc", "/usr/lib/kannel/test/fakesmsc")  # where Debian's kannel-extras puts it
SENT = re.compile(r"Got message \d+: <(.*)>$")
HEAD = re.compile(r"\S+ (?P<to>\S+) (?:udh \S+ )?(?P<coding>text|ucs-2|data) (?P<words>.*)")
CONFIGURATION = """
group = core
admin-port = {admin}
admin-interface = 127.0.0.1
admin-password = adm
status-password = sta
smsbox-port = {box}
smsbox-interface = 127.0.0.1
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"
dlr-storage = internal
store-type = file
store-location = "kannel.store"

group = smsc
smsc = fake
smsc-id = FAKE
host = 127.0.0.1
port = {operator}
connect-allow-ip = "127.0.0.1"
throughput = 200

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {send}
sendsms-interface = 127.0.0.1
global-sender = 51900000000
mo-recode = true
http-request-retry = 5
http-queue-delay = 1

group = sendsms-user
username = ayni
password = secreto
max-messages = 10
concatenation = true
forced-smsc = FAKE

group = sms-service
keyword = default
catch-all = true
max-messages = 0
get-url = "{inbound}"
"""


def missing() -> str:
    """The first program that is not installed; "" if all are."""
    programs = {
        "bearerbox": _program("bearerbox"),
        "smsbox": _program("smsbox"),
        "fakesmsc": _program(*FAKESMSC),
    }
    return next((name for name, found in programs.items() if not found), "")


class Kannel:
    """`async with Kannel(inbound_url) as kannel:`; `inbound_url` is `Kannel.inbound_url` of our provider."""

    username, password, number = "ayni", "secreto", "51900000000"

    def __init__(self, inbound_url: str) -> None:
        self.inbound = inbound_url
        """May be set until it starts: who answers there may have to know our ports first."""
        self._stack = AsyncExitStack()
        self._telephone: Program | None = None
        self._shown: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self._number = ""
        admin, box, self._operator, self._send = free_ports(4)
        self._ports = {"admin": admin, "box": box, "operator": self._operator, "send": self._send}

    @property
    def send_url(self) -> str:
        """Where it takes messages."""
        return f"http://127.0.0.1:{self._send}/cgi-bin/sendsms"

    async def __aenter__(self) -> Self:
        async with AsyncExitStack() as stack:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            written = CONFIGURATION.format(inbound=self.inbound, **self._ports)
            (folder / "kannel.conf").write_text(written, encoding="utf-8")
            self._folder = folder
            bearerbox = Program(_program("bearerbox"), "-v", "0", "kannel.conf", folder=folder)
            self._bearerbox = await stack.enter_async_context(bearerbox)
            await bearerbox.says("entering mainloop")
            smsbox = Program(_program("smsbox"), "-v", "0", "kannel.conf", folder=folder)
            await stack.enter_async_context(smsbox)
            self._seen = await bearerbox.says("Client connected from")
            self._stack = stack.pop_all()
        await self._pick_up("-m", "0", "0 0 text nothing")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._hang_up()
        await self._stack.aclose()

    async def handset(self, number: str, text: str) -> None:
        """She types a text to the network."""
        await self._hang_up()
        await self._pick_up("-m", "1", f"{number} {self.number} text {text}")

    async def received(self) -> tuple[str, str]:
        """The next line on any telephone: its number (as in the line before, if none) and the words.

        Raises TimeoutError.
        """
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self._shown.get()

    async def _pick_up(self, *arguments: str) -> None:
        """fakesmsc speaks only when it starts, so each text is a new one."""
        where = ("-H", "127.0.0.1", "-r", str(self._operator), "-i", "0.01")
        command = (_program(*FAKESMSC), *where, *arguments)
        self._telephone = await Program(*command, folder=self._folder, listener=self._show).__aenter__()
        self._seen = await self._bearerbox.says("Fakesmsc client connected", self._seen)

    async def _hang_up(self) -> None:
        if self._telephone:
            await self._telephone.__aexit__()

    def _show(self, line: str) -> None:
        if not (sent := SENT.search(line)):
            return
        if head := HEAD.fullmatch(sent.group(1)):
            self._number = head["to"]
            self._shown.put_nowait((self._number, _words(head["coding"], head["words"])))
        else:
            self._shown.put_nowait((self._number, sent.group(1)))


def _words(coding: str, words: str) -> str:
    if coding == "text":
        return words
    octets = unquote_to_bytes(words.replace("+", " "))
    return octets.decode("utf-16-be" if coding == "ucs-2" else "latin-1")


def _program(*names: str) -> str:
    """Where a program is: on the path, or where Debian keeps what only root starts."""
    places = (
        shutil.which(name, path=None) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
        for name in names
    )
    return next(filter(None, places), "")
