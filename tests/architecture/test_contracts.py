import shutil
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.architecture.sources import FLOORS, ROOT

# One module per contract that breaks it, and nothing else of it: (where, what it imports).
BREAKERS = {
    "The floors": ("aid/rules/breaks_floors.py", "import bot.dialogue"),
    "Inside aid": ("aid/rules/breaks_aid.py", "import aid.db"),
    "SQL stays in one room": ("bot/dialogue/breaks_sql.py", "import aid.store"),
    "Decisions without a clock, chance or the outside": ("aid/rules/breaks_purity.py", "import random"),
    "The home of python-telegram-bot": ("bot/sms/breaks_telegram.py", "import telegram"),
    "The home of aiohttp": ("bot/web/breaks_aiohttp.py", "import aiohttp"),
    "The home of FastAPI and uvicorn": ("bot/dialogue/breaks_fastapi.py", "import fastapi"),
    "The home of Typer and Rich": ("bot/web/breaks_typer.py", "import rich"),
    "The home of APScheduler": ("jobs/breaks_apscheduler.py", "import apscheduler"),
    "The home of Redis": ("jobs/beats/breaks_redis.py", "import redis"),
    "The home of SQLAlchemy, Alembic and their drivers": ("aid/breaks_sqlalchemy.py", "import sqlalchemy"),
    "The home of cryptography": ("aid/store/breaks_cryptography.py", "import cryptography"),
    "The home of Fluent": ("bot/sms/breaks_fluent.py", "import fluent.runtime"),
    "The home of RapidFuzz": ("aid/rules/breaks_rapidfuzz.py", "import rapidfuzz"),
    "The home of phonenumbers": ("bot/sms/breaks_phonenumbers.py", "import phonenumbers"),
    "The home of pydantic-settings": ("bot/web/breaks_settings.py", "import pydantic_settings"),
}


def contracts() -> list[str]:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text())
    return [contract["name"] for contract in pyproject["tool"]["importlinter"]["contracts"]]


def judge(house: Path) -> subprocess.CompletedProcess[str]:
    # The working folder comes first on the path here, so the copy is judged and not the installed one.
    program = "from importlinter.cli import lint_imports_command as judge; judge()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=house,
        check=False,
        capture_output=True,
        text=True,
        env={"COLUMNS": "200"},
    )


def broken(output: str, names: Sequence[str]) -> set[str]:
    return {name for name in names if f"{name} BROKEN" in output}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the floors that a test may spoil."""
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, tmp_path / floor, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_import_keeps_to_the_contracts() -> None:
    done = judge(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_catches_a_module_that_breaks_it(house: Path) -> None:
    for where, what in BREAKERS.values():
        (house / where).write_text(f'"""A control."""\n\n{what}\n')
    done = judge(house)
    assert done.returncode == 1
    assert broken(done.stdout, contracts()) == set(BREAKERS) == set(contracts()), done.stdout + done.stderr


def test_a_module_of_aid_without_a_place_is_caught(house: Path) -> None:
    (house / "aid" / "astrology.py").write_text('"""A control."""\n')
    done = judge(house)
    assert done.returncode == 1
    assert "astrology" in done.stdout
