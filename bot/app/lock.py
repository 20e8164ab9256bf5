"""One `ayni run` per SQLite database: a second would write behind the first one's queue."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aid.errors import Misconfigured

LOCK = "ayni.lock"


@contextmanager
def only_one(data_dir: Path) -> Iterator[None]:
    """Hold the lock file; the system lets it go when the process dies, however it dies. Raises Misconfigured."""
    handle = os.open(data_dir / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise Misconfigured("error-locked", path=str(data_dir)) from taken
        yield
    finally:
        os.close(handle)
