"""The network is off in tests: whatever asks for an address other than loopback is refused and remembered."""

import ipaddress
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

NAMES = {"", "localhost"}
ASKING = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname"}


class NotLoopbackError(RuntimeError):
    """Something in a test asked for an address that is not on this machine."""


class Guard:
    """Watches every socket of this process through Python's audit events, so no library is patched.

    Libraries in C (libpq) and other processes (a browser) open sockets of their own: those get loopback
    addresses only, in the fixtures that make them.
    """

    def __init__(self) -> None:
        """Watch from now on; an audit hook cannot be taken out, so make one per process."""
        self.refused: list[str] = []
        sys.addaudithook(self._hear)

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Fail at the end if anything was refused meanwhile, also when the code swallowed the refusal."""
        self.refused.clear()
        yield
        left, self.refused = self.refused, []
        if left:
            raise NotLoopbackError(f"asked for {', '.join(left)}")

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in ASKING:
            return
        host = _host(event, arguments)
        if host is not None and not is_loopback(host):
            self.refused.append(host)
            raise NotLoopbackError(f"asked for {host}")


def is_loopback(host: str) -> bool:
    """Whether a host, by name or by number, is this machine."""
    if host in NAMES:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _host(event: str, arguments: tuple[object, ...]) -> str | None:
    """The host an event asks for; nothing where there is none, as with a Unix socket."""
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        name = arguments[0]
        return name.decode() if isinstance(name, bytes) else str(name or "")
    sock, address = arguments[0], arguments[1]
    inet = isinstance(sock, socket.SocketType) and sock.family in {socket.AF_INET, socket.AF_INET6}
    return str(address[0]) if inet and isinstance(address, tuple) else None
