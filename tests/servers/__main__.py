"""`python -m tests.servers`: install what the tests need, where this may, and say what it leaves out."""

import os
import sys

from tests.rigs import npm
from tests.servers.install import install
from tests.servers.programs import PROGRAMS


def main() -> int:
    """Install what is missing; under CI=true it is an error if anything stays missing."""
    missing = [program for program in PROGRAMS if not program.find()]
    if missing:
        install(missing)
    left_out = [program.name for program in missing if not program.find()]
    left_out += [name for name in npm.NAMES if not npm.lay(name)]
    for name in left_out:
        print(f"Left out of this run: {name}. The tests that need it will say so.")  # noqa: T201 - a command's words
    return 1 if left_out and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
