"""The keys that seal: a data key per person and organisation, wrapped by one that is not in the database.

The key file holds independent random keys. `wrap` keys have ids and rotate; `index`, `code` and `audit`
do not, because what they hashed could not be found again.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
import stat
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from aid.errors import Misconfigured

KEY_BYTES = 32
NONCE_BYTES = 12
FORMAT = b"\x01"
SHORT_TEXT_BYTES = 48
"""Up to here the length is hidden in steps of 16, above in steps of 64: names against letters."""


class Sealed(bytes):
    """Ciphertext. The only thing a sealed column accepts."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Sealed({len(self)} bytes)"


@dataclass(frozen=True, slots=True)
class SubjectKey:
    """The data key of one person or organisation, in the clear, in memory only."""

    cipher: AESGCM = field(repr=False)

    def seal(self, text: str, bound: str) -> Sealed:
        """Seal a text so that it opens only where it was put (`bound`: table, column, row, subject)."""
        nonce = os.urandom(NONCE_BYTES)
        return Sealed(FORMAT + nonce + self.cipher.encrypt(nonce, _pad(text.encode()), bound.encode()))

    def open(self, sealed: bytes, bound: str) -> str:
        """Open a sealed text. Raises Misconfigured when key, place or bytes are not those of its sealing."""
        nonce = sealed[1 : 1 + NONCE_BYTES]
        try:
            padded = self.cipher.decrypt(nonce, sealed[1 + NONCE_BYTES :], bound.encode())
        except InvalidTag as fault:
            raise Misconfigured("error-sealed") from fault
        return _unpad(padded).decode()


@dataclass(frozen=True, slots=True)
class Keyring:
    """All keys of the installation. Never stored in the database, never printed."""

    wrap: Mapping[int, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    code_key: bytes = field(repr=False)
    audit_key: bytes = field(repr=False)

    def new_subject(self, subject: str) -> tuple[int, bytes]:
        """Make a data key for a subject; return the id of the wrapping key and the wrapped key."""
        newest = max(self.wrap)
        nonce = os.urandom(NONCE_BYTES)
        key = AESGCM.generate_key(bit_length=8 * KEY_BYTES)
        return newest, nonce + AESGCM(self.wrap[newest]).encrypt(nonce, key, subject.encode())

    def unwrap(self, subject: str, key_id: int, wrapped: bytes) -> SubjectKey:
        """Unwrap a subject's data key. Raises Misconfigured when the key file is not this database's."""
        try:
            cipher = AESGCM(self.wrap[key_id])
            key = cipher.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], subject.encode())
        except (KeyError, InvalidTag) as fault:
            raise Misconfigured("error-key-file") from fault
        return SubjectKey(AESGCM(key))

    def index(self, purpose: str, text: str) -> str:
        """A blind index: finds the same text again for the same purpose, and tells nothing else."""
        return hmac.new(self.index_key, f"{purpose}\0{text}".encode(), sha256).hexdigest()[:32]

    def code(self, purpose: str, text: str) -> str:
        """The keyed hash under which a code (invitation, hand-over) is kept."""
        return hmac.new(self.code_key, f"{purpose}\0{text}".encode(), sha256).hexdigest()

    def link(self, before: str, fact: str) -> str:
        """The next link of the history's chain."""
        return hmac.new(self.audit_key, f"{before}\0{fact}".encode(), sha256).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())


def fresh() -> Keyring:
    """Random keys, for a new installation or a rehearsal."""
    made = [secrets.token_bytes(KEY_BYTES) for _ in range(4)]
    return Keyring(wrap={1: made[0]}, index_key=made[1], code_key=made[2], audit_key=made[3])


def load(path: Path) -> Keyring:
    """Read the key file. Raises Misconfigured when it is missing, open to others, or not a key file."""
    try:
        if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise Misconfigured("error-key-file-open", path=str(path))
        kept = json.loads(path.read_text("ascii"))
        wrap = {int(key_id): b64decode(key, validate=True) for key_id, key in kept["wrap"].items()}
        single = {name: b64decode(kept[name], validate=True) for name in ("index", "code", "audit")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Misconfigured("error-key-file-unreadable", path=str(path)) from fault
    if not wrap or any(len(key) != KEY_BYTES for key in [*wrap.values(), *single.values()]):
        raise Misconfigured("error-key-file-unreadable", path=str(path))
    return Keyring(wrap, single["index"], single["code"], single["audit"])


def save_new(keyring: Keyring, path: Path) -> None:
    """Write a new key file, for its owner only, durable before it is used. Raises FileExistsError."""
    text = json.dumps(
        {
            "wrap": {str(key_id): b64encode(key).decode() for key_id, key in keyring.wrap.items()},
            "index": b64encode(keyring.index_key).decode(),
            "code": b64encode(keyring.code_key).decode(),
            "audit": b64encode(keyring.audit_key).decode(),
        }
    )
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        # Linked when it is whole: a power cut leaves no half key file, and of two processes one is the first.
        path.hardlink_to(draft)
    finally:
        draft.unlink()
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """The name of a new file is durable only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pad(raw: bytes) -> bytes:
    """Length first, zeros after: the size of a ciphertext must not tell a short name from a long one."""
    step = 16 if len(raw) <= SHORT_TEXT_BYTES else 64
    body = len(raw).to_bytes(4, "big") + raw
    return body + b"\0" * (-len(body) % step)


def _unpad(padded: bytes) -> bytes:
    size = int.from_bytes(padded[:4], "big")
    return padded[4 : 4 + size]
