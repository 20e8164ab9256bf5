"""Rigs from the npm registry: laid in .rigs from their locks, outside what is committed."""

import shutil
import subprocess
from pathlib import Path

from tests.servers.programs import NPM

HERE = Path(__file__).parent
LAID = HERE.parents[1] / ".rigs"
NAMES = ("telegram_test_api",)


def modules(name: str) -> Path | None:
    """Where a rig's packages lie, if they are those of its lock."""
    laid = LAID / name
    current = (laid / "laid").is_file() and (laid / "laid").read_bytes() == _lock(name)
    return laid / "node_modules" if current else None


def lay(name: str) -> bool:
    """Install a rig's packages, unless they are there; whether they are there now."""
    npm = NPM.find()
    if modules(name) or not npm:
        return modules(name) is not None
    laid = LAID / name
    laid.mkdir(parents=True, exist_ok=True)
    for file in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(HERE / name / file, laid)
    words = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run([npm, *words], cwd=laid, check=False, stdin=subprocess.DEVNULL).returncode:
        return False
    (laid / "laid").write_bytes(_lock(name))
    return True


def _lock(name: str) -> bytes:
    return (HERE / name / "package-lock.json").read_bytes()
