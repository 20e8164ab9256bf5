"""A private PostgreSQL: laid in a temporary folder, killed and started again as a test likes."""

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

from tests.servers.ports import free_port
from tests.servers.processes import Account, end, kill_family
from tests.servers.programs import POSTGRES

START_SECONDS = 60
ROLE = "ayni"


class PostgresServer:
    """One server with its own data folder. `durable` keeps fsync on, as tests of power cuts need."""

    def __init__(self, *, durable: bool = False) -> None:
        """Lay the folder (about a second); `start` it next. Raises FileNotFoundError without PostgreSQL."""
        program = POSTGRES.find()
        if program is None:
            raise FileNotFoundError("PostgreSQL is not installed")
        self.port = free_port()
        self._bin = program.resolve().parent  # initdb may be linked into the path; its siblings are not
        self._durable = durable
        self._account = _account()
        # Not under pytest's folder: that one is closed to the account the server runs as.
        self.folder = Path(tempfile.mkdtemp(prefix="ayni-postgres-"))
        self._account.give(self.folder)
        self._process: subprocess.Popen[bytes] | None = None
        self._names = itertools.count(1)
        self._initdb()

    def start(self) -> None:
        """Start, or start again after a kill, on the same port; returns when it answers."""
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", self.folder / "data", *self._settings()],
                stdout=log,
                stderr=log,
                cwd=self.folder,
                **self._account.popen(),
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()[-2000:]}")
            time.sleep(0.02)

    def kill(self) -> None:
        """SIGKILL it and all its children at once, as a power cut would."""
        if self._process:
            kill_family(self._process)

    def stop(self) -> None:
        """End it and remove its folder."""
        if self._process:
            end(self._process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """The address of one database, as AYNI_DATABASE_URL has it."""
        return f"postgresql+psycopg://{ROLE}@127.0.0.1:{self.port}/{database}"

    def fresh(self, template: str = "template0") -> str:
        """Make a database, empty or a copy of another one that nobody is connected to; its address."""
        name = f"test_{next(self._names)}"
        # Copying files is twice as fast as the default for small databases where fsync is off.
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, ending whatever is still connected to it."""
        self.execute(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Run one administrator's statement."""
        with psycopg.connect(self._address(), autocommit=True) as connection:
            connection.execute(statement)

    def _address(self) -> str:
        return f"host=127.0.0.1 port={self.port} user={ROLE} dbname=postgres connect_timeout=5"

    def _answers(self) -> bool:
        try:
            self.execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _initdb(self) -> None:
        arguments = ["-U", ROLE, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions"]
        subprocess.run(
            [self._bin / "initdb", "-D", self.folder / "data", *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self.folder,
            **self._account.popen(),
        )

    def _settings(self) -> list[str]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "120",
            "shared_buffers": "32MB",
            "fsync": "on" if self._durable else "off",
            "full_page_writes": "on" if self._durable else "off",
            "timezone": "UTC",
            "jit": "off",
            # As docs/running asks of a real one: the default log prints the values of a failed statement.
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
        }
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]


def _account() -> Account:
    """Whom the server runs as: PostgreSQL refuses root, so then an account that exists everywhere."""
    if os.geteuid() != 0:
        return Account()
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return Account(entry.pw_uid, entry.pw_gid)
