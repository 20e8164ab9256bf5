"""The doors the providers knock at: /sms/{hook}/in and /sms/{hook}/report.

First whose hand it is, then it is kept, then it is answered. What is genuine but makes no sense is kept and
answered kindly: an error would only have it sent again for two days.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter, HTTPException, Request, Response

from bot.sms.face import SmsLine
from bot.sms.providers.contract import Call, Kind

BODY_LIMIT_BYTES = 64 * 1024

Keep = Callable[[str, str, bytes], Awaitable[None]]
"""(line, the provider's id of the event, the raw request): commits it, once per id, before it returns."""


def doors(lines: Mapping[str, SmsLine], keep: Keep, clock: Callable[[], int]) -> APIRouter:
    """The routes of all SMS lines; `lines` by the hook in their path, `clock` gives milliseconds."""
    router = APIRouter(prefix="/sms", include_in_schema=False)

    async def knock(request: Request, hook: str, kind: str, token: str = "") -> Response:
        line = lines.get(hook)
        if line is None or kind not in tuple(Kind):
            raise HTTPException(404)
        now = clock()
        call = await _call(request, Kind(kind), token, now)
        if not line.provider.genuine(call, now):
            raise HTTPException(403)
        await keep(line.line, line.provider.identify(call), call.pack())
        media_type, answer = line.provider.reply
        return Response(answer, media_type=media_type)

    for path in ("/{hook}/{kind}", "/{hook}/{kind}/{token}"):
        router.add_api_route(path, knock, methods=["GET", "POST"])
    return router


async def _call(request: Request, kind: Kind, token: str, now: int) -> Call:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT_BYTES:
            raise HTTPException(413)
    return Call(
        method=request.method,
        kind=kind,
        at=now,
        query=request.url.query,
        content_type=request.headers.get("content-type", ""),
        body=body,
        token=token,
        headers={name.lower(): value for name, value in request.headers.items()},
    )
