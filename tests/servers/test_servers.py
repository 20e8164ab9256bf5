import subprocess
import sys

import psycopg
import pytest
import redis

from tests.servers.fixtures import needs
from tests.servers.network import is_loopback
from tests.servers.postgres import PostgresServer
from tests.servers.programs import POSTGRES, PROGRAMS, REDIS
from tests.servers.redis import RedisServer


def test_a_killed_postgresql_comes_back_on_the_same_port_with_what_was_committed() -> None:
    needs(POSTGRES)
    server = PostgresServer(durable=True)
    try:
        server.start()
        url = server.fresh().replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CREATE TABLE kept (n int)")
            connection.execute("INSERT INTO kept VALUES (7)")
            server.kill()
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
        server.start()
        with psycopg.connect(url) as connection:
            assert connection.execute("SELECT n FROM kept").fetchall() == [(7,)]
    finally:
        server.stop()
    assert not server.folder.exists()


def test_a_killed_redis_comes_back_on_the_same_port_empty() -> None:
    needs(REDIS)
    server = RedisServer()
    try:
        server.start()
        with redis.Redis.from_url(server.url) as client:
            client.set("kept", "no")
        server.kill()
        with redis.Redis.from_url(server.url) as client, pytest.raises(redis.ConnectionError):
            client.ping()
        server.start()
        with redis.Redis.from_url(server.url) as client:
            assert client.get("kept") is None
    finally:
        server.stop()


@pytest.mark.parametrize("name", ["first", "second"])
def test_each_test_has_a_database_of_its_own(postgres_url: str, name: str) -> None:
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE mine (n int)")


def test_a_url_says_which_kind_of_database_it_is(database_url: str) -> None:
    assert database_url.startswith(("sqlite+aiosqlite:////", "postgresql+psycopg://ayni@127.0.0.1:"))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1", ""])
def test_loopback_is_this_machine(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "example.invalid", "2001:db8::1", "0.0.0.0"])  # noqa: S104
def test_every_other_address_is_not(host: str) -> None:
    assert not is_loopback(host)


def test_leaving_the_machine_is_refused_even_if_the_code_swallows_it() -> None:
    # In a process of its own: the guard of this one would fail this very test, as it should.
    script = (
        "import socket\nfrom tests.servers.network import Guard, NotLoopbackError\n"
        "with Guard().watching():\n"
        "    try:\n        socket.create_connection(('192.0.2.1', 9), timeout=1)\n"
        "    except NotLoopbackError:\n        print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True)
    assert done.stdout == "refused\n"
    assert "NotLoopbackError: asked for 192.0.2.1" in done.stderr


def test_every_program_names_the_package_that_brings_it() -> None:
    assert all(program.apt for program in PROGRAMS)
