"""One HTTP call to a provider, and the verdicts that all providers share.

Surely not sent: no connection, or the provider said no. Nobody knows: the line broke, or the provider failed,
after the words had left. Where the provider takes our own id a repeat is harmless, so even then: again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp

from aid.messages import Outcome, Verdict

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 20.0
PAUSE_SECONDS = 30.0
"""How long the line waits when a provider says "too many" without a time."""
LOCKED_OUT_SECONDS = 300.0
"""How long it waits when our own address or credentials are wrong: an organiser must mend them."""
LONGEST_PAUSE_SECONDS = 3600.0
ANSWER_BYTES = 65_536
TOO_MANY, MOVED, SERVER_FAULT = 429, 300, 500
OUR_FAULT = frozenset({401, 403, 404, 405})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answered."""

    status: int
    body: bytes = field(repr=False)
    retry_after: str = ""

    @property
    def fine(self) -> bool:
        """Whether it said yes."""
        return self.status < MOVED

    def json(self) -> dict[str, object]:
        """The body as a JSON object; empty if it is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


async def once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """Keep aiohttp from repeating a GET by itself when the answer is cut: it would be a second SMS."""
    try:
        return await handler(request)
    except (aiohttp.ClientConnectorError, aiohttp.ServerTimeoutError):
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError):
        raise aiohttp.ClientPayloadError("the line was cut") from None


class Wire:
    """A provider's HTTP side. `repeatable`: it knows our ids, so the same message twice is sent once."""

    def __init__(
        self,
        url: str,
        *,
        repeatable: bool,
        user: str = "",
        password: str = "",
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._url = url.rstrip("/")
        self._repeatable = repeatable
        self._headers = {"Authorization": aiohttp.encode_basic_auth(user, password)} if user else {}
        self._seconds = answer_seconds
        self._session: aiohttp.ClientSession | None = None

    async def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        form: Mapping[str, str] | None = None,
        content: object = None,
    ) -> Answer | Outcome:
        """One request. An Outcome when no answer came; the line's fault never raises."""
        try:
            async with self._open().request(
                method, self._url + path, params=query, data=form, json=content, allow_redirects=False
            ) as response:
                return Answer(response.status, await _body(response), response.headers.get("Retry-After", ""))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            return Outcome(Verdict.AGAIN, reason="unreachable")
        except TimeoutError:
            return Outcome(self._unknown, reason="timeout")
        except (aiohttp.ClientError, OSError):
            return Outcome(self._unknown, reason="cut")

    def judge(self, answer: Answer) -> Outcome:
        """The verdict on an answer the provider has no word of its own for."""
        reason = f"http-{answer.status}"
        if answer.status == TOO_MANY:
            return Outcome(Verdict.AGAIN, reason=reason, pause_seconds=_pause(answer.retry_after))
        if answer.fine:
            return Outcome(Verdict.ACCEPTED)
        if answer.status in OUR_FAULT or answer.status // 100 == MOVED // 100:
            return Outcome(Verdict.AGAIN, reason=reason, pause_seconds=LOCKED_OUT_SECONDS)
        if answer.status >= SERVER_FAULT:
            return Outcome(self._unknown, reason=reason)
        return Outcome(Verdict.REFUSED, reason=reason)

    async def close(self) -> None:
        """Close the connections; the next call opens new ones."""
        session, self._session = self._session, None
        if session:
            await session.close()

    @property
    def _unknown(self) -> Verdict:
        return Verdict.AGAIN if self._repeatable else Verdict.PERHAPS

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:  # aiohttp wants a running loop, so not at birth
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._seconds, sock_connect=CONNECT_SECONDS),
                headers=self._headers,
                cookie_jar=aiohttp.DummyCookieJar(),
                middlewares=(once,),
            )
        return self._session


async def _body(response: aiohttp.ClientResponse) -> bytes:
    """The first part of the body. The status has been heard: a line cut after it changes no verdict."""
    body = b""
    try:
        async for chunk in response.content.iter_chunked(4096):
            body += chunk
            if len(body) >= ANSWER_BYTES:
                break
    except (aiohttp.ClientError, OSError):
        pass
    return body


def _pause(retry_after: str) -> float:
    """Seconds of a Retry-After header; its other form, a date, is not used by these providers."""
    return min(float(retry_after), LONGEST_PAUSE_SECONDS) if retry_after.isdecimal() else PAUSE_SECONDS
