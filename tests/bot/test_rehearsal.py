"""The rehearsal, as somebody sees it who plays: the page in a real browser, the real program behind it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest
from playwright.async_api import Page, ViewportSize, async_playwright, expect

from bot.app.rehearsal import Theatre, rehearsing
from config.settings import Settings
from tests.servers.fixtures import needs
from tests.servers.programs import CHROMIUM

WIDE: ViewportSize = {"width": 1400, "height": 900}
AT_ONCE_SECONDS = 3.0
"""A request that hangs would hold the stop for five."""


@pytest.fixture
async def theatre() -> AsyncIterator[Theatre]:
    async with rehearsing(Settings(http_port=0)) as playing:
        yield playing


@pytest.fixture
async def page(theatre: Theatre) -> AsyncIterator[Page]:
    """The rehearsal page in Chromium. What the browser complains of fails the test."""
    needs(CHROMIUM)
    complaints: list[str] = []
    async with async_playwright() as browsers:
        browser = await browsers.chromium.launch(executable_path=str(CHROMIUM.find()))
        page = await browser.new_page(viewport=WIDE, locale="es-PE")
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
        await page.goto(theatre.url)
        yield page
        await browser.close()
    assert complaints == []


async def write(page: Page, phone: str, text: str) -> None:
    """Type into a phone's field and send."""
    await page.locator(f"#phone-{phone} textarea").fill(text)
    await page.locator(f"#phone-{phone} textarea").press("Enter")


async def shows(page: Page, phone: str, words: str) -> None:
    """The newest bubble of the other side has these words."""
    newest = page.locator(f"#phone-{phone} .message.theirs").last
    await expect(newest).to_contain_text(words, timeout=15_000)


async def test_she_types_and_presses_and_the_program_dies_in_between(page: Page, tmp_path: Path) -> None:
    await write(page, "nieves", "AYUDA")
    await shows(page, "nieves", "1 Comida 2 Dinero")
    await write(page, "paloma", "AYUDA")
    await shows(page, "paloma", "¿Qué necesitas?")
    await page.locator("#restart").click()
    await page.locator("#phone-paloma").get_by_role("button", name="Comida").click()
    await shows(page, "paloma", "¿Para cuántas personas?")
    await write(page, "nieves", "1")
    await shows(page, "nieves", "¿Para cuantas personas?")
    await write(page, "zoila", "ESTADO")
    await shows(page, "zoila", "personas invitadas")
    picture = await page.screenshot(path=tmp_path / "rehearsal.png")
    assert picture.startswith(b"\x89PNG")


async def test_the_clock_is_turned_and_a_photo_is_answered_kindly(page: Page) -> None:
    before = await page.locator("#now").get_attribute("datetime") or ""
    await page.get_by_role("button", name="día").first.click()
    await expect(page.locator("#now")).not_to_have_attribute("datetime", before)
    after = await page.locator("#now").get_attribute("datetime") or ""
    assert after[:10] > before[:10]
    await page.locator("#phone-paloma .extra").first.click()
    await shows(page, "paloma", "no guardamos ni abrimos fotos")


async def test_the_page_speaks_english_too(page: Page) -> None:
    await page.get_by_role("button", name="English").click()
    await expect(page.locator("#story-fold h2")).not_to_have_text("")
    await expect(page.locator("html")).to_have_attribute("lang", "en")


async def test_it_ends_at_once_and_quietly_while_a_page_waits(caplog: pytest.LogCaptureFixture) -> None:
    loop = asyncio.get_running_loop()
    async with aiohttp.ClientSession() as page:
        async with rehearsing(Settings(http_port=0)) as playing:
            async with page.get(f"{playing.url}state") as state:
                version = (await state.json())["version"]
            waiting = asyncio.create_task(page.get(f"{playing.url}state?after={version}"))
            await page.get(f"{playing.url}state")  # the one that waits has arrived before this one
            before = loop.time()
        assert loop.time() - before < AT_ONCE_SECONDS
        assert (await waiting).status == HTTPStatus.OK
    assert [record.name for record in caplog.records if record.levelno >= logging.ERROR] == []
