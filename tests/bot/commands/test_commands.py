"""Each command as a process: what it says when all is well, and one sentence when it is not."""

from __future__ import annotations

import asyncio
import json
import re
import signal
import stat
from pathlib import Path

import pytest

from aid import keys
from tests.bot.commands.program import KANNEL, Ayni, Said
from tests.servers.ports import free_port

LOGGED = r"^[0-9-]{10} [0-9:,]{12} (INFO|WARNING) "


@pytest.fixture
def ayni(tmp_path: Path) -> Ayni:
    return Ayni(tmp_path, KANNEL)


@pytest.fixture
def key_apart(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere" / "ayni.key"


def one_sentence(said: Said, code: int, *words: str) -> None:
    """It failed with one line that names what is wrong, and nothing secret."""
    lines = [line for line in said.err.splitlines() if not re.match(LOGGED, line)]
    assert said.code == code, said
    assert len(lines) == 1, said
    assert "Traceback" not in said.err
    assert "s3cret" not in said.out + said.err
    for word in words:
        assert word in lines[0]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def inside(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_first_run_makes_database_and_key_and_ends_well(ayni: Ayni, key_apart: Path) -> None:
    async with ayni.running(AYNI_KEY_FILE=str(key_apart)) as running:
        assert (await running.get("/healthz")) == (200, "ok")
        status, told = await running.get("/readyz")
        assert (status, json.loads(told)["ready"]) == (200, True)
        code, took = await running.stop()
    assert code == 0
    assert took < 12
    told = "".join(running.err)
    assert "Traceback" not in told
    assert told.count(str(key_apart)) == 1
    assert mode(key_apart) == 0o600
    assert mode(ayni.folder / "data") == 0o700


async def test_ctrl_c_ends_it_as_well(ayni: Ayni) -> None:
    async with ayni.running() as running:
        assert (await running.stop(signal.SIGINT))[0] == 0
    assert "Traceback" not in "".join(running.err)


async def test_an_invitation_is_made_while_the_program_runs(ayni: Ayni) -> None:
    async with ayni.running():
        said = await ayni("invite", "organiser", "--json")
        told = json.loads(said.out)
        assert said.code == 0
        assert told["role"] == "organiser"
        assert len(told["code"]) == 6
        assert told["link"] == ""
        plain = await ayni("invite", "member")
        assert plain.code == 0
        assert told["code"] not in plain.out


async def test_an_invitation_is_made_before_the_program_ever_ran(ayni: Ayni) -> None:
    said = await ayni("invite", "organiser", "--json")
    assert said.code == 0
    assert json.loads(said.out)["expires_ms"] > 0


async def test_an_unknown_role_is_named(ayni: Ayni) -> None:
    one_sentence(await ayni("invite", "boss"), 2, "ROLE", "boss", "organiser")


async def test_what_is_exported_is_json_without_anybody_in_it(ayni: Ayni) -> None:
    for what in ("requests", "outbox"):
        said = await ayni("export", what, "--json")
        assert (said.code, json.loads(said.out)) == (0, [])
        assert (await ayni("export", what)).code == 0


async def test_understand_needs_no_settings_and_no_database(ayni: Ayni) -> None:
    said = await ayni("understand", "nesecito viveres", AYNI_HTTP_PORT="wrong")
    assert said.code == 0
    assert json.loads(said.out) == {"text": "nesecito viveres", "intent": "ask", "category": "food"}
    assert not (ayni.folder / "data").exists()


async def test_doctor_says_what_is_well_and_what_is_missing(ayni: Ayni) -> None:
    said = await ayni("doctor")
    assert said.code == 0
    for word in ("AYNI_DATABASE_URL", "AYNI_KEY_FILE", "sms:ayni", "organiser"):
        assert word in said.out


async def test_doctor_says_kindly_that_a_bot_or_a_redis_does_not_answer(ayni: Ayni) -> None:
    nowhere = f"127.0.0.1:{free_port()}"
    said = await ayni(
        "doctor",
        AYNI_TELEGRAM_TOKEN="700000001:s3cret",
        AYNI_TELEGRAM_API_URL=f"http://{nowhere}",
        AYNI_REDIS_URL=f"redis://{nowhere}/0",
    )
    assert said.code == 1
    assert "Traceback" not in said.err
    assert "s3cret" not in said.out + said.err
    marks = {line.split()[1]: line.split()[0] for line in said.out.splitlines() if len(line.split()) > 1}
    assert marks["telegram:ayni"] == "x"
    assert marks["AYNI_REDIS_URL"] == "x"


async def test_the_commands_speak_the_language_of_the_installation(ayni: Ayni) -> None:
    assert "up to date" in (await ayni("migrate", AYNI_LANGUAGE="en")).out
    assert "al día" in (await ayni("migrate")).out


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"AYNI_HTTP_PORT": "s3cret"}, ("AYNI_HTTP_PORT",)),
        ({"AYNI_TELEGRAM_TOKN": "s3cret"}, ("AYNI_TELEGRAM_TOKN", "AYNI_TELEGRAM_TOKEN")),
        ({"AYNI_KANNEL_PASWORD": "s3cret"}, ("AYNI_KANNEL_PASWORD", "AYNI_KANNEL_PASSWORD")),
        ({"AYNI_TELEGRAM_TOKEN_FILE": "no/s3cret"}, ("AYNI_TELEGRAM_TOKEN_FILE",)),
        ({"AYNI_DATABASE_URL": "mysql://s3cret"}, ("AYNI_DATABASE_URL",)),
        ({"AYNI_LINES_FILE": "no/s3cret"}, ("AYNI_LINES_FILE",)),
        ({"AYNI_ZONE": "s3cret"}, ("AYNI_ZONE",)),
    ],
    ids=lambda given: next(iter(given)) if isinstance(given, dict) else "named",
)
async def test_a_wrong_setting_stops_the_start_by_its_name(
    ayni: Ayni, settings: dict[str, str], words: tuple[str, ...]
) -> None:
    one_sentence(await ayni("run", **settings), 2, *words)
    assert not (ayni.folder / "data").exists()


async def test_a_providers_wrong_setting_is_named_with_its_line(ayni: Ayni) -> None:
    one_sentence(await ayni("run", AYNI_KANNEL_URL="s3cret"), 1, "sms:ayni", "AYNI_KANNEL_URL")


async def test_without_its_key_a_database_stays_closed(ayni: Ayni) -> None:
    assert (await ayni("migrate")).code == 0
    path = ayni.folder / "data" / "ayni.key"
    path.unlink()
    one_sentence(await ayni("run"), 1, "data/ayni.key")
    assert not path.exists()


async def test_with_another_key_a_database_stays_closed(ayni: Ayni) -> None:
    assert (await ayni("migrate")).code == 0
    path = ayni.folder / "data" / "ayni.key"
    path.unlink()
    keys.save_new(keys.fresh(), path)
    one_sentence(await ayni("run"), 1, "llaves")


async def test_a_key_that_others_can_read_is_refused(ayni: Ayni) -> None:
    assert (await ayni("migrate")).code == 0
    (ayni.folder / "data" / "ayni.key").chmod(0o644)
    one_sentence(await ayni("run"), 1, "chmod 600")


async def test_a_second_run_on_the_same_data_is_refused(ayni: Ayni) -> None:
    async with ayni.running():
        one_sentence(await ayni("run"), 1, "data")
        same = f"sqlite:///{ayni.folder / 'data' / 'ayni.db'}"
        elsewhere = await ayni("run", AYNI_DATA_DIR="other", AYNI_DATABASE_URL=same)
        assert elsewhere.code == 1
    async with ayni.running() as again:
        assert (await again.get("/healthz"))[0] == 200


async def test_a_port_that_is_taken_is_named(ayni: Ayni) -> None:
    async with ayni.running() as running:
        port = running.url.rpartition(":")[2]
        one_sentence(await ayni("run", AYNI_DATA_DIR="other", AYNI_HTTP_PORT=port), 1, port, "AYNI_HTTP_PORT")


async def test_a_database_that_is_away_is_said_to_be(ayni: Ayni) -> None:
    away = f"postgresql://ayni:s3cret@127.0.0.1:{free_port()}/ayni"
    for command in ("run", "migrate"):
        one_sentence(await ayni(command, AYNI_DATABASE_URL=away), 1, "AYNI_DATABASE_URL")
    said = await ayni("doctor", AYNI_DATABASE_URL=away)
    assert (said.code, "Traceback" in said.err, "s3cret" in said.out + said.err) == (1, False, False)


async def test_some_parts_only_need_postgresql_and_a_line(ayni: Ayni) -> None:
    one_sentence(await ayni("run", "--only", "worker"), 1, "PostgreSQL")
    one_sentence(await ayni("run", "--only", "worker,wrong"), 2, "--only", "wrong", "beats")


async def test_without_any_line_it_opens_the_rehearsal(tmp_path: Path) -> None:
    ayni = Ayni(tmp_path, {})
    async with ayni.running() as running:
        assert running.url.startswith("http://127.0.0.1:")
        assert (await running.get(""))[0] == 200
        assert (await running.stop())[0] == 0
    assert inside(tmp_path) == []
    told = "".join(running.err)
    assert "Traceback" not in told
    assert "WARNING" not in told


async def test_many_may_write_at_once(ayni: Ayni) -> None:
    async with ayni.running():
        told = await asyncio.gather(*(ayni("invite", "member", "--json") for _ in range(4)))
    assert [said.code for said in told] == [0, 0, 0, 0]
    assert len({json.loads(said.out)["code"] for said in told}) == 4
