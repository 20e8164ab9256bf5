"""A private Redis: in memory, killed and started again as a test likes."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import redis

from tests.servers.ports import free_port
from tests.servers.processes import end, kill_family
from tests.servers.programs import REDIS

START_SECONDS = 30


class RedisServer:
    """One server. It forgets everything at its end unless `durable`, which writes each command down."""

    def __init__(self, *, durable: bool = False) -> None:
        """Choose a port and a folder; `start` it next. Raises FileNotFoundError without Redis."""
        program = REDIS.find()
        if program is None:
            raise FileNotFoundError("Redis is not installed")
        self.port = free_port()
        self._program = program
        self._durable = durable
        self.folder = Path(tempfile.mkdtemp(prefix="ayni-redis-"))
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Its address, as AYNI_REDIS_URL has it."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start, or start again after a kill, on the same port; returns when it answers."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen([self._program, *self._settings()], stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"Redis did not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL it."""
        if self._process:
            kill_family(self._process)

    def stop(self) -> None:
        """End it and remove its folder."""
        if self._process:
            end(self._process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def empty(self) -> None:
        """Forget everything, as every test begins."""
        with redis.Redis.from_url(self.url) as client:
            client.flushall()

    def _settings(self) -> list[str]:
        kept = ["--appendonly", "yes", "--appendfsync", "always"] if self._durable else ["--save", ""]
        return ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder), *kept]

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as client:
                return bool(client.ping())
        except redis.ConnectionError:
            return False
