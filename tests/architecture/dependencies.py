"""The libraries the project asks for by name."""

import re
import tomllib

from tests.architecture.sources import ROOT


def asked_for() -> set[str]:
    """Their names, without extras and versions."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(name for names in project["optional-dependencies"].values() for name in names),
    ]
    return {re.split(r"[\[><=]", name)[0] for name in wanted}
