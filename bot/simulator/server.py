"""The rehearsal page: its files, what the phones show, and what is done with them. On 127.0.0.1 only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Body, HTTPException, Response
from fastapi import Path as InPath
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse

from bot.simulator.clock import TurnedClock
from bot.simulator.stage import Stage

PAGE = Path(__file__).parent / "page"
LONG_POLL_SECONDS = 20.0
MOST_LETTERS = 4096
MOST_FORWARD_MS = 31 * 86_400_000
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
TYPES = {".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".html": "text/html"}

Phone = Annotated[str, InPath(pattern="^[a-z]{1,20}$")]
Text = Annotated[str, Body(embed=True, min_length=1, max_length=MOST_LETTERS)]


def router(
    stage: Stage,
    clock: TurnedClock,
    turned: Callable[[], Awaitable[None]],
    restart: Callable[[], Awaitable[None]],
) -> APIRouter:
    """The page and its calls. `turned`: the clock was turned; `restart` kills and starts the program."""
    made = APIRouter(include_in_schema=False)
    _show(made)
    _watch(made, stage, clock)
    _play(made, stage)

    @made.post("/rehearsal/clock")
    async def forward(forward_ms: Annotated[int, Body(embed=True, ge=0, le=MOST_FORWARD_MS)]) -> Response:
        clock.forward(forward_ms)
        return await _done(turned())

    @made.post("/rehearsal/restart")
    async def again() -> Response:
        return await _done(restart())

    return made


def _show(made: APIRouter) -> None:
    """The page's own files."""

    @made.get("/")
    async def home() -> RedirectResponse:
        return RedirectResponse("/rehearsal/")

    @made.get("/rehearsal/")
    async def page() -> FileResponse:
        return FileResponse(PAGE / "index.html", headers=HEADERS)

    @made.get("/rehearsal/static/{name}")
    async def static(
        name: Annotated[str, InPath(pattern=r"^[a-z]+(\.[a-z]{2})?\.(js|css|json)$")],
    ) -> FileResponse:
        if not (PAGE / name).is_file():
            raise HTTPException(404)
        return FileResponse(PAGE / name, headers=HEADERS, media_type=TYPES[Path(name).suffix])


def _watch(made: APIRouter, stage: Stage, clock: TurnedClock) -> None:
    """What the phones show, as soon as it is something new."""

    @made.get("/rehearsal/state")
    async def state(after: int | None = None) -> JSONResponse:
        await stage.after(after, LONG_POLL_SECONDS)
        now = datetime.fromtimestamp(clock() / 1000, UTC).isoformat()
        return JSONResponse({"version": stage.version, "now": now, "phones": stage.phones()}, headers=HEADERS)


def _play(made: APIRouter, stage: Stage) -> None:
    """What is done with a phone."""

    @made.post("/rehearsal/phones/{phone}/write")
    async def write(phone: Phone, text: Text) -> Response:
        return await _done(stage.write(phone, text))

    @made.post("/rehearsal/phones/{phone}/press")
    async def press(phone: Phone, message: Annotated[int, Body()], data: Annotated[str, Body()]) -> Response:
        return await _done(stage.press(phone, message, data))

    @made.post("/rehearsal/phones/{phone}/media")
    async def media(phone: Phone, kind: Annotated[Literal["photo", "voice"], Body(embed=True)]) -> Response:
        return await _done(stage.media(phone, kind))

    @made.post("/rehearsal/phones/{phone}/block")
    async def block(phone: Phone, blocked: Annotated[bool, Body(embed=True)]) -> Response:
        return await _done(stage.block(phone, blocked=blocked))


async def _done(work: Awaitable[None]) -> Response:
    """An action that either happened or was not possible on that phone."""
    try:
        await work
    except LookupError:
        raise HTTPException(404) from None
    return JSONResponse({})
