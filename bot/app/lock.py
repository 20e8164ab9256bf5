"""One `ayni run` per SQLite database: a second would write behind the first one's queue."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aid.errors import Misconfigured


@contextmanager
def only_one(url: str) -> Iterator[None]:
    """Hold the lock file beside the database; the system lets it go however we die. Raises Misconfigured."""
    path = Path(f"{url.partition(':///')[2].partition('?')[0]}.lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise Misconfigured("error-folder", path=str(path.parent)) from fault
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise Misconfigured("error-locked", path=str(path.parent)) from taken
        yield
    finally:
        os.close(handle)
