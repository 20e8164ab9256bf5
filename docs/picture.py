"""Makes docs/rehearsal.png: the rehearsal, played half-way through the story, in Debian's Chromium.

.venv/bin/python docs/picture.py
"""

# ruff: noqa: INP001 - a script beside the pages, not a package
from __future__ import annotations

import asyncio
import base64
import re
import shutil
import struct
import zlib
from pathlib import Path

from playwright.async_api import async_playwright

from bot.app.rehearsal import rehearsing
from bot.simulator.stage import Stage
from config.settings import Settings

PICTURE = Path(__file__).with_name("rehearsal.png")
WIDTH, HEIGHT = 1400, 750
PATIENCE_SECONDS = 20
FEWER_COLOURS = """async (picture) => {
    const image = new Image();
    image.src = "data:image/png;base64," + picture;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const pixels = pen.getImageData(0, 0, image.width, image.height);
    for (let i = 0; i < pixels.data.length; i += 1) pixels.data[i] = Math.min(255, (pixels.data[i] + 2) & ~3);
    return btoa(Array.from(pixels.data, (byte) => String.fromCharCode(byte)).join(""));
}"""
"""The pixels with two bits less of each colour: no eye sees it, and the file is half as large."""
ASK_CODE = re.compile(r"[A-Z]\d[A-Z]\d\b")
ASKING = (
    ("nieves", "AYUDA", "Comida"),
    ("nieves", "1", "personas"),
    ("nieves", "3", "cuando"),
    ("nieves", "1", "Algo mas"),
    ("nieves", "no", "Tu numero es"),
)
GOING_ON = (
    ("paloma", "nesecito plata pa mi cuarto", "soles"),
    ("paloma", "80", "cuándo"),
    ("berta", "yapee 100 soles op 12345678", "Qué día"),
    ("berta", "hoy", "Para qué"),
    ("berta", "1", "Tu número es"),
)
"""Who writes what, and what she then hears."""


async def hears(stage: Stage, phone: str, words: str) -> str:
    """The newest text on a phone, once it has these words. Raises TimeoutError."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            version = stage.version
            shown = next(one for one in stage.phones() if one["id"] == phone)["messages"]
            told = [message["text"] for message in shown if message["from"] == "them"]
            if told and words in told[-1]:
                return str(told[-1])
            await stage.after(version, PATIENCE_SECONDS)


async def talk(stage: Stage, lines: tuple[tuple[str, str, str], ...]) -> None:
    """One after the other, each once the one before was answered."""
    for phone, text, answer in lines:
        await stage.write(phone, text)
        await hears(stage, phone, answer)


async def play(stage: Stage) -> None:
    """Half the story: two ask, one gives, one comes, and the code is on its way."""
    await talk(stage, ASKING)
    offer = await hears(stage, "tula", "¿La tomas?")
    await stage.write("tula", ASK_CODE.findall(offer)[-1])
    await hears(stage, "tula", "6 números")
    await hears(stage, "nieves", "codigo")
    await talk(stage, GOING_ON)


def png(pixels: bytes) -> bytes:
    """RGBA pixels as a PNG without filters, which flat colours need least."""
    rows = (pixels[start : start + WIDTH * 4] for start in range(0, len(pixels), WIDTH * 4))
    lines = b"".join(b"\0" + bytes(byte for n, byte in enumerate(row) if n % 4 < 3) for row in rows)  # noqa: PLR2004 - R, G, B and not A
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


async def main() -> None:
    """Play, look, keep the picture."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    async with rehearsing(Settings(http_port=0)) as theatre, async_playwright() as browsers:
        await play(theatre.stage)
        browser = await browsers.chromium.launch(executable_path=chromium)
        page = await browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="es-PE")
        await page.goto(theatre.url)
        await page.locator("#phone-tula .message.theirs").last.wait_for()
        picture = base64.b64encode(await page.screenshot(animations="disabled")).decode()
        blank = await browser.new_page()
        PICTURE.write_bytes(png(base64.b64decode(await blank.evaluate(FEWER_COLOURS, picture))))
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
