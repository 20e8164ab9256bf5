"""Installing the programs of others with the system's own package manager, where that needs no password."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.servers.programs import Program

POLICY = Path("/usr/sbin/policy-rc.d")
QUIET = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}


def install(programs: Sequence[Program]) -> None:
    """Install what can be installed; never asks anything. What failed is seen by looking again."""
    if shutil.which("apt-get"):
        _by_apt(programs)
    elif shutil.which("brew"):
        _by_brew(programs)


def _by_apt(programs: Sequence[Program]) -> None:
    root = _as_root()
    if root is None:
        return
    environment = [f"{name}={value}" for name, value in QUIET.items()]
    _run([*root, "env", *environment, "apt-get", "update", "-qq"])
    with _no_services(root):
        for program in programs:
            # One by one: a package this system does not have must not keep out the others.
            words = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *program.apt]
            _run([*root, "env", *environment, *words])


def _by_brew(programs: Sequence[Program]) -> None:
    for program in programs:
        if program.brew:
            _run(["brew", "install", "--quiet", *program.brew])


def _as_root() -> list[str] | None:
    """The words before a command that make it root's; nothing where a password would be asked."""
    if os.geteuid() == 0:
        return []
    may = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True)
    return ["sudo", "-n"] if may and may.returncode == 0 else None


@contextmanager
def _no_services(root: list[str]) -> Iterator[None]:
    """Keep the packages from starting servers nobody asked for: the tests start their own."""
    ours = not POLICY.exists()
    if ours:
        script = "#!/bin/sh\nexit 101\n"
        subprocess.run([*root, "tee", POLICY], input=script.encode(), check=True, stdout=subprocess.DEVNULL)
        _run([*root, "chmod", "755", str(POLICY)])
    try:
        yield
    finally:
        if ours:
            _run([*root, "rm", "-f", str(POLICY)])


def _run(words: list[str]) -> None:
    """Run one step; its output is shown only if it failed."""
    print(f"  {' '.join(words)}", flush=True)  # noqa: T201 - what is done to the system is said
    done = subprocess.run(words, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        print(f"{done.stdout}{done.stderr}"[-3000:], flush=True)  # noqa: T201 - and what failed
