"""The programs of others that tests run: where they lie, and which package brings them."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Program:
    """One program: the names it goes by, folders that are not on the path, and its packages."""

    name: str
    commands: tuple[str, ...]
    folders: tuple[str, ...] = ()
    apt: tuple[str, ...] = ()
    brew: tuple[str, ...] = ()

    def find(self) -> Path | None:
        """Where it lies here; of several versions the newest; nothing when it is absent."""
        return next((found for found in self._candidates() if os.access(found, os.X_OK)), None)

    def _candidates(self) -> Iterator[Path]:
        for command in self.commands:
            if known := shutil.which(command):
                yield Path(known)
            for pattern in self.folders:
                root = Path(pattern).anchor
                found = Path(root).glob(f"{pattern.removeprefix(root)}/{command}")
                yield from sorted(found, key=_version, reverse=True)


def _version(path: Path) -> list[int]:
    return [int(part) for part in str(path).replace("@", "/").split("/") if part.isdigit()]


POSTGRES = Program(
    "PostgreSQL",
    # Debian keeps the servers off the path and links only the clients; initdb and postgres lie side by side.
    ("initdb",),
    ("/usr/lib/postgresql/*/bin", "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin"),
    ("postgresql",),
    ("postgresql@17",),
)
REDIS = Program("Redis", ("redis-server",), apt=("redis-server",), brew=("redis",))
KANNEL = Program("Kannel", ("bearerbox",), ("/usr/sbin",), ("kannel", "kannel-extras"), ())
FAKESMSC = Program("fakesmsc", ("fakesmsc",), ("/usr/lib/kannel/test",), ("kannel-extras",), ())
CHROMIUM = Program(
    "Chromium",
    ("chromium", "chromium-browser", "google-chrome", "Google Chrome"),
    ("/Applications/Google Chrome.app/Contents/MacOS",),
    ("chromium",),
)
NPM = Program("npm", ("npm",), apt=("nodejs", "npm"), brew=("node",))
PS = Program("ps", ("ps",), apt=("procps",))

PROGRAMS = (POSTGRES, REDIS, KANNEL, FAKESMSC, CHROMIUM, NPM, PS)
