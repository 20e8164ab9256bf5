"""Keys: what is sealed opens only with its key and in its place, and the key file is made with care."""

from __future__ import annotations

import json
import stat
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aid import keys
from aid.errors import Misconfigured
from aid.keys import Keyring, SubjectKey

BOUND = "ayni1|persons|alias|row|nieves"


def subject(keyring: Keyring, name: str = "nieves") -> SubjectKey:
    return keyring.unwrap(name, *keyring.new_subject(name))


@given(st.text(max_size=300))
def test_what_is_sealed_opens_again(text: str) -> None:
    key = subject(keys.fresh())
    assert key.open(key.seal(text, BOUND), BOUND) == text


@pytest.mark.parametrize("place", [0, 1, 12, 13, -1])
def test_a_changed_byte_is_found(place: int) -> None:
    key = subject(keys.fresh())
    sealed = bytearray(key.seal("garza azul", BOUND))
    sealed[place] ^= 1
    if place == 0:  # the format is not part of the seal yet: another one would be read by another version
        assert sealed[0] != keys.FORMAT[0]
        return
    with pytest.raises(Misconfigured, match="error-sealed"):
        key.open(bytes(sealed), BOUND)


def test_a_sealed_text_does_not_open_in_another_place_or_with_another_key() -> None:
    key = subject(keys.fresh())
    sealed = key.seal("garza azul", BOUND)
    with pytest.raises(Misconfigured):
        key.open(sealed, BOUND.replace("row", "other"))
    with pytest.raises(Misconfigured):
        subject(keys.fresh()).open(sealed, BOUND)


def test_a_subjects_key_opens_for_that_subject_only() -> None:
    keyring = keys.fresh()
    key_id, wrapped = keyring.new_subject("nieves")
    for other, known in ((keyring, "zoila"), (keys.fresh(), "nieves")):
        with pytest.raises(Misconfigured, match="error-key-file"):
            other.unwrap(known, key_id, wrapped)
    with pytest.raises(Misconfigured, match="error-key-file"):
        keyring.unwrap("nieves", key_id + 1, wrapped)


def test_names_of_different_length_look_alike() -> None:
    key = subject(keys.fresh())
    assert len({len(key.seal("x" * size, BOUND)) for size in range(13)}) == 1


def test_after_a_rotation_old_keys_still_open_and_new_ones_use_the_newest() -> None:
    old = keys.fresh()
    before = old.new_subject("nieves")
    rotated = Keyring({**old.wrap, 2: keys.fresh().wrap[1]}, old.index_key, old.code_key, old.audit_key)
    assert rotated.new_subject("tula")[0] == 2
    rotated.unwrap("nieves", *before)


def test_an_index_finds_the_same_text_for_the_same_purpose_only() -> None:
    keyring = keys.fresh()
    assert keyring.index("sms", "1") == keyring.index("sms", "1")
    assert len({keyring.index("sms", "1"), keyring.index("telegram", "1"), keyring.code("sms", "1")}) == 3
    assert keyring.index("sms", "1") != keys.fresh().index("sms", "1")


def test_nothing_secret_is_in_a_repr() -> None:
    keyring = keys.fresh()
    key = subject(keyring)
    told = repr(keyring) + repr(key) + repr(key.seal("garza azul", BOUND))
    assert told == "Keyring()SubjectKey()Sealed(45 bytes)"


def test_a_key_file_is_for_its_owner_only_and_reads_back(tmp_path: Path) -> None:
    keyring, path = keys.fresh(), tmp_path / "ayni.key"
    keys.save_new(keyring, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert keys.load(path) == keyring
    assert [one.name for one in tmp_path.iterdir()] == ["ayni.key"]


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "ayni.key"
    keys.save_new(keys.fresh(), path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        keys.save_new(keys.fresh(), path)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["ayni.key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "ayni.key"
    keys.save_new(keys.fresh(), path)
    path.chmod(mode)
    with pytest.raises(Misconfigured, match="error-key-file-open"):
        keys.load(path)


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "{",
        "[]",
        "{}",
        json.dumps({"wrap": {}, "index": "", "code": "", "audit": ""}),
        json.dumps({"wrap": {"1": "AA=="}, "index": "AA==", "code": "AA==", "audit": "AA=="}),
        json.dumps({"wrap": ["s3cret"], "index": 1, "code": 1, "audit": 1}),
        json.dumps({"wrap": {"x": b64encode(b"x" * 32).decode()}}),
        "\x00\xff",
    ],
)
def test_what_is_no_key_file_is_refused_without_a_word_of_it(tmp_path: Path, kept: str) -> None:
    path = tmp_path / "ayni.key"
    path.write_text(kept, "latin-1")
    path.chmod(0o600)
    with pytest.raises(Misconfigured, match="error-key-file-unreadable") as told:
        keys.load(path)
    assert told.value.values == {"path": str(path)}


def test_a_missing_key_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="error-key-file-unreadable"):
        keys.load(tmp_path / "ayni.key")


def test_secrets_are_compared_whatever_characters_they_have() -> None:
    assert keys.same("ñandú", "ñandú")
    assert not keys.same("ñandú", "nandu")
