"""The image, as far as it can be tried where no container engine runs.

Its first RUN line installs the hash-locked requirements, as `scripts/setup` does before every test run. Its
second one is carried out here, offline: what the COPY lines bring is installed, and must hold all it reads.
"""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import FLOORS, ROOT, named, text, under

DATA = (".ftl", ".toml", ".html", ".css", ".js", ".mako", ".sql")
LINES = re.sub(r"\\\n\s*", "", text(ROOT / "Dockerfile")).splitlines()


def steps(word: str) -> list[str]:
    return [line.removeprefix(word).strip() for line in LINES if line.startswith(f"{word} ")]


def copied() -> list[str]:
    """What the COPY lines take from the checkout."""
    words = [shlex.split(step) for step in steps("COPY") if not step.startswith("--from")]
    return [source for line in words for source in line[:-1]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program installed from a copy of what the image would hold, and not from this checkout."""
    source = tmp_path_factory.mktemp("image")
    for name in copied():
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target)
    site = tmp_path_factory.mktemp("site")
    words = [
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--target",
        str(site),
        ".",
    ]
    subprocess.run([sys.executable, "-m", "pip", *words], cwd=source, check=True)
    return site


def test_everything_the_program_reads_is_installed(installed: Path) -> None:
    wanted = [named(path) for path in under(*FLOORS, suffixes=(".py", *DATA))]
    assert [name for name in wanted if not (installed / name).is_file()] == []


def test_the_installed_command_answers(installed: Path, tmp_path: Path) -> None:
    """Away from the checkout, so that nothing of it is read by mistake."""
    program = "import bot.__main__ as command; print(command.__file__); command.main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--help"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(installed), "COLUMNS": "120", "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(installed))


def test_what_is_copied_is_not_ignored() -> None:
    allowed = {
        line.removeprefix("!") for line in text(ROOT / ".dockerignore").splitlines() if line.startswith("!")
    }
    assert [name for name in copied() if name.partition("/")[0] not in allowed] == []


def test_the_program_runs_as_an_account_of_its_own_that_owns_the_data() -> None:
    assert steps("USER") == ["ayni"]
    assert any(
        "useradd" in step and "install -d -o ayni" in step and "/data" in step for step in steps("RUN")
    )
    assert steps("VOLUME") == ['["/data", "/keys"]']


def test_only_the_first_stage_installs_anything() -> None:
    second = LINES[[number for number, line in enumerate(LINES) if line.startswith("FROM")][1] :]
    assert len(steps("FROM")) == 2
    assert [line for line in second if "pip" in line or "apt-get" in line] == []


def test_its_health_is_asked_without_another_program() -> None:
    [step] = [line for line in LINES if line.startswith("HEALTHCHECK")]
    assert "/healthz" in step
    assert "curl" not in step
    compile(re.findall(r'"-c", "(.*)"\]', step)[0].replace('\\"', '"'), "HEALTHCHECK", "exec")
