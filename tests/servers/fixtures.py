"""Fixtures for the servers: one of each per run, a database of its own per test."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.servers.network import Guard
from tests.servers.postgres import PostgresServer
from tests.servers.programs import POSTGRES, REDIS, Program
from tests.servers.redis import RedisServer

KINDS = ("sqlite", "postgresql") if POSTGRES.find() else ("sqlite",)

guard = Guard()


@pytest.fixture(autouse=True)
def network_is_off() -> Iterator[None]:
    """Refuse every address but loopback, in every test."""
    with guard.watching():
        yield


def needs(program: Program) -> None:
    """Leave a test out, saying why, where a program is not installed; under CI that is a failure."""
    left_out(
        "" if program.find() else f"{program.name} is not installed (`make test` installs it where it may)"
    )


def left_out(reason: str) -> None:
    """Leave a test out for a reason, if there is one; under CI that is a failure."""
    if not reason:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def lay_schema() -> Callable[[str], None]:
    """What lays the schema in the empty database at a URL; tests/world.py puts the real one in its place."""
    return lambda _url: None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """The PostgreSQL of this run. A test that kills a server makes one of its own."""
    needs(POSTGRES)
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer, lay_schema: Callable[[str], None]) -> str:
    """A database with the schema, to copy from."""
    url = postgres_server.fresh()
    lay_schema(url)
    return url.rpartition("/")[2]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, lay_schema: Callable[[str], None]) -> Path:
    """A database file with the schema, to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    path.touch()
    lay_schema(sqlite_url(path))
    return path


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A PostgreSQL database of this test's own, with the schema."""
    url = postgres_server.fresh(postgres_template)
    yield url
    postgres_server.drop(url)


@pytest.fixture
def sqlite_path(tmp_path: Path, sqlite_template: Path) -> Path:
    """A SQLite file of this test's own, with the schema."""
    # A template still in WAL mode with its log beside it would be copied without its last pages.
    if Path(f"{sqlite_template}-wal").exists():
        raise RuntimeError("lay_schema left its SQLite connection open")
    return Path(shutil.copy(sqlite_template, tmp_path / "ayni.db"))


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> str:
    """A database of this test's own, with the schema: the test runs on SQLite and again on PostgreSQL."""
    if request.param == "sqlite":
        return sqlite_url(request.getfixturevalue("sqlite_path"))
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> Iterator[str]:
    """The same without the schema, for tests of the migrations themselves."""
    if kind == "sqlite":
        yield sqlite_url(tmp_path / "empty.db")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.fresh()
    yield url
    server.drop(url)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    return str(request.param)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """The Redis of this run. A test that kills a server makes one of its own."""
    needs(REDIS)
    server = RedisServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """An empty Redis."""
    redis_server.empty()
    return redis_server.url


def sqlite_url(path: Path) -> str:
    """The address of a SQLite file, as AYNI_DATABASE_URL has it."""
    return f"sqlite+aiosqlite:///{path}"
