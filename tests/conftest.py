"""What every test shares. The servers' fixtures are in tests/servers, the people in tests/world.py."""

import os
from importlib.util import find_spec

import pytest

from tests.servers.programs import PROGRAMS, Program

pytest_plugins = ["tests.servers.fixtures", *(["tests.world"] if find_spec("tests.world") else [])]

LEFT_OUT = {
    "PostgreSQL": "every database test ran on SQLite alone",
    "Redis": "the shared limits were not tested",
    "Kannel": "its round trip was not tested",
    "fakesmsc": "Kannel's round trip was not tested",
    "Chromium": "no page was tested in a browser",
    "npm": "telegram-test-api was not run",
    "ps": "no server was killed",
}


def absent() -> list[Program]:
    """The programs of others that are not on this machine."""
    return [program for program in PROGRAMS if not program.find()]


def pytest_sessionstart(session: pytest.Session) -> None:
    """Under CI nothing may be left out, so an absent program stops the run."""
    if os.environ.get("CI") == "true" and absent():
        raise pytest.UsageError(f"absent under CI: {', '.join(program.name for program in absent())}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly, near the end, what this machine could not test."""
    for program in absent():
        terminalreporter.write_line(f"LEFT OUT: {program.name} is not installed, so {LEFT_OUT[program.name]}")
