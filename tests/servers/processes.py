"""Starting processes as another account, and ending them by their own ids."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

GENTLE_SECONDS = 20


class RunAs(TypedDict, total=False):
    """The arguments of subprocess that change the account."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """Whom a process runs as; without numbers, whoever runs the tests."""

    uid: int | None = None
    gid: int | None = None

    def popen(self) -> RunAs:
        """The arguments subprocess needs for it."""
        if self.uid is None or self.gid is None:
            return RunAs()
        return RunAs(user=self.uid, group=self.gid, extra_groups=[])

    def give(self, folder: Path) -> None:
        """Let the account own a folder."""
        if self.uid is not None and self.gid is not None:
            os.chown(folder, self.uid, self.gid)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a process to end, and kill it and its children if it will not."""
    if process.poll() is not None:
        return
    # SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for every client to leave.
    process.send_signal(signal.SIGINT)
    try:
        process.wait(GENTLE_SECONDS)
    except subprocess.TimeoutExpired:
        kill_family(process)


def kill_family(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL a process and its children together and wait until none is left.

    PostgreSQL refuses to start while a child of the killed server still holds its shared memory.
    """
    if process.poll() is not None:
        return
    children = _children(process.pid)
    process.kill()
    for child in children:
        _kill(child)
    process.wait()
    while any(_alive(child) for child in children):
        time.sleep(0.01)


def _children(parent: int) -> list[int]:
    pairs = (line.split() for line in _ps("-A", "-o", "pid=,ppid=").splitlines())
    return [int(pid) for pid, ppid in pairs if int(ppid) == parent]


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _alive(pid: int) -> bool:
    """Whether it still runs; an ended one that its new parent has not looked at yet no longer counts."""
    state = _ps("-o", "stat=", "-p", str(pid)).strip()
    return bool(state) and not state.startswith("Z")


def _ps(*words: str) -> str:
    # It exits with 1 when the process asked for is gone, which is an answer too.
    return subprocess.run(["ps", *words], check=False, capture_output=True, text=True).stdout
