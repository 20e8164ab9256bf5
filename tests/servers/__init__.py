"""Real servers of the tests' own: private, on free ports, in temporary folders."""

from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer

__all__ = ["PostgresServer", "RedisServer"]
