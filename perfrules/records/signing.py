"""Who answers for a folder: the signature of its manifest, in a file beside it.

Digests tell that a folder agrees with itself, and whoever can write it can make all of them
anew. A signature (Ed25519) cannot be made without the private key.
"""

import base64
import binascii
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.records.manifest import MANIFEST
from perfrules.records.read import bytes_of
from perfrules.records.seals import UnreadableError, parsed

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

__all__ = [
    "SIGNATURE",
    "PublicKey",
    "Signature",
    "Signer",
    "check_signature",
    "is_signed_by",
    "new_keys",
    "public_key",
    "signature_of",
    "signer",
]

SIGNATURE: Final = "manifest.json.sig"
FORMAT: Final = "perfrules-signature/1"

_LARGEST: Final = 1 << 16
_SHOWN: Final = 32
"""So many digits of a key's digest are enough to tell keys apart, and can be read aloud."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that signatures are checked with; `path` is for messages."""

    key: "Ed25519PublicKey"
    path: str

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.key.public_bytes_raw()).hexdigest()[:_SHOWN]


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key; it is never shown."""

    key: "Ed25519PrivateKey"

    def signature(self, manifest: bytes) -> bytes:
        """The file that stands beside a manifest; the same manifest gives the same bytes."""
        node = {
            "format": FORMAT,
            "key": PublicKey(self.key.public_key(), "").fingerprint,
            "signature": base64.b64encode(self.key.sign(manifest)).decode(),
        }
        return (json.dumps(node, sort_keys=True, indent=1) + "\n").encode()


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as its file has it, and the fingerprint of the key that it says it is of."""

    key: str
    signature: bytes


def signer(path: Path) -> Signer | Diagnostic:
    """The private key in a file, or why it is none."""
    found = _key_in(path, _PRIVATE)
    return found if isinstance(found, Diagnostic) else Signer(cast("Ed25519PrivateKey", found))


def public_key(path: Path) -> PublicKey | Diagnostic:
    """The public key in a file, or why it is none."""
    found = _key_in(path, _PUBLIC)
    if isinstance(found, Diagnostic):
        return found
    return PublicKey(cast("Ed25519PublicKey", found), str(path))


def new_keys(path: Path) -> str | Diagnostic:
    """Writes a private key to `path`, for its owner alone, and its public key beside it (`.pub`).

    Gives the fingerprint. Nothing is ever overwritten. Raises `OSError` where the system refuses.
    """
    public = path.with_name(f"{path.name}.pub")
    for one in (path, public):
        if os.path.lexists(one):
            return Diagnostic("key-exists", str(one), {"path": str(one)})
    try:
        from cryptography.hazmat.primitives import serialization as form
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    except ImportError:
        return Diagnostic("no-cryptography")
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    shared = key.public_key().public_bytes(
        form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo
    )
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(secret)
    try:
        with public.open("xb") as file:
            file.write(shared)
    except OSError:
        path.unlink()
        raise
    return PublicKey(key.public_key(), str(public)).fingerprint


_PRIVATE: Final = Text("私钥", "a private key")
_PUBLIC: Final = Text("公钥", "a public key")
_LOCKED: Final = Text("有密码的私钥", "a private key with a password")
_OTHER: Final = Text("其他算法的密钥", "a key of another kind")
_NO_KEY: Final = Text("不是密钥文件", "no key")


def _key_in(path: Path, wanted: Text) -> "Ed25519PrivateKey | Ed25519PublicKey | Diagnostic":
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives import serialization as form
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        return Diagnostic("no-cryptography")
    data = bytes_of(path, _LARGEST)
    if data is None:
        return Diagnostic("unreadable-key", str(path), {"path": str(path)})
    found: Text = _NO_KEY
    for kind, load, shape in (
        (_PRIVATE, lambda: form.load_pem_private_key(data, None), ed25519.Ed25519PrivateKey),
        (_PUBLIC, lambda: form.load_pem_public_key(data), ed25519.Ed25519PublicKey),
    ):
        try:
            key = load()
        except TypeError:
            found = _LOCKED
        except UnsupportedAlgorithm:
            found = _OTHER
        except ValueError:
            continue
        else:
            if not isinstance(key, shape):
                found = _OTHER
            elif kind is wanted:
                return key
            else:
                found = kind
    facts = {"path": str(path), "found": found, "wanted": wanted}
    return Diagnostic("not-that-key", str(path), facts)


def signature_of(folder: Path) -> Signature | Diagnostic | None:
    """The signature in a folder; None where it is not signed."""
    path = folder / SIGNATURE
    if not os.path.lexists(path):
        return None
    try:
        node = parsed(bytes_of(path, _LARGEST) or b"")
        text, key = node["signature"], node["key"]
        if node["format"] != FORMAT or not isinstance(text, str) or not isinstance(key, str):
            raise UnreadableError(SIGNATURE)
        return Signature(key, base64.b64decode(text, validate=True))
    except (UnreadableError, KeyError, binascii.Error, ValueError):
        part = Text("读不出签名", "there is no signature in it")
        return Diagnostic("damaged-manifest", str(path), {"path": SIGNATURE, "part": part})


def check_signature(folder: Path, key: PublicKey | None) -> Iterator[Diagnostic]:
    """What is wrong with a folder's signature. Without a key only that it can be read."""
    found = signature_of(folder)
    if isinstance(found, Diagnostic):
        yield found
    elif key is not None and found is None:
        yield Diagnostic("not-signed", str(folder), {"path": SIGNATURE})
    elif key is not None and found is not None:
        yield from _checked(folder, key, found)


def is_signed_by(folder: Path, signs: Signer) -> bool:
    """Whether the key that signs has signed the folder as it is."""
    public = PublicKey(signs.key.public_key(), "")
    return not any(check_signature(folder, public))


def _checked(folder: Path, key: PublicKey, found: Signature) -> Iterator[Diagnostic]:
    from cryptography.exceptions import InvalidSignature

    try:
        key.key.verify(found.signature, bytes_of(folder / MANIFEST) or b"")
    except InvalidSignature:
        place = str(folder / SIGNATURE)
        if found.key == key.fingerprint:
            yield Diagnostic("wrong-signature", place, {"key": key.path})
        else:
            facts = {"found": found.key, "key": key.path, "fingerprint": key.fingerprint}
            yield Diagnostic("signed-by-another", place, facts)
