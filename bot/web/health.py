"""Health: /healthz says that the process answers, /readyz that it can do its work. Counts and codes only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from aid.db import Database
from aid.organisations import everyone

Source: TypeAlias = Callable[[], Mapping[str, Any]]


class Health:
    """What the health page knows."""

    def __init__(self, db: Database, now: Callable[[], int]) -> None:
        self.db = db
        self.now = now
        self._beats: Source = dict
        self._heard: Source = dict

    def watch(self, *, beats: Source, heard: Source) -> None:
        """Look at these from now on: how each beat went last, and whether each bot is heard."""
        self._beats, self._heard = beats, heard

    async def report(self) -> Mapping[str, Any]:
        """What works: the database, the bots that are heard, and how each beat went last."""
        beats, heard = self._beats(), self._heard()
        database = await self._database()
        ready = database == "ok" and all(heard.values()) and not any(beat["fault"] for beat in beats.values())
        return {"ready": ready, "database": database, "heard": heard, "beats": beats}

    async def _database(self) -> str:
        try:
            async with self.db.reading(self.now()) as tx:
                await everyone(tx)
        except Exception as fault:  # noqa: BLE001 - whatever is wrong, the page says so by its class
            return type(fault).__name__
        return "ok"


def router(health: Health) -> APIRouter:
    """/healthz and /readyz."""
    made = APIRouter(include_in_schema=False)

    @made.get("/healthz")
    async def alive() -> Response:
        return Response("ok", media_type="text/plain")

    @made.get("/readyz")
    async def ready() -> JSONResponse:
        report = await health.report()
        return JSONResponse(dict(report), 200 if report["ready"] else 503)

    return made
