"""The errors a person may hear of. One shallow tree; each carries the key of the text she reads.

AyniError
├── Refused        the rules say no (her own request, a lost race, a closed ask)
├── NotUnderstood  what she wrote does not fit the question
├── NotAllowed     she does not hold the role
└── Misconfigured  the installation is wrong; stops the start and names the setting
"""

from __future__ import annotations

from typing import ClassVar

from aid.messages import Value


class AyniError(Exception):
    """Something a person must be told. `key` and `values` make the text."""

    default_key: ClassVar[str] = "error-ours"

    def __init__(self, key: str = "", **values: Value) -> None:
        """Keep the key of the text; values must be harmless to show to whoever caused the error."""
        self.key = key or self.default_key
        self.values = values
        super().__init__(self.key)


class Refused(AyniError):
    """The rules of the network say no."""

    default_key = "error-refused"


class NotUnderstood(AyniError):
    """An answer that does not fit the question."""

    default_key = "error-not-understood"


class NotAllowed(AyniError):
    """A role is missing."""

    default_key = "error-not-allowed"


class Misconfigured(AyniError):
    """A setting, a secret file or a line that cannot work. The sentence names it."""

    default_key = "error-misconfigured"
