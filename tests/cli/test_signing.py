"""`keygen`, `evaluate --sign` and `verify --signed-by`, as their users type them."""

import json
import os
import shutil
import stat
from pathlib import Path
from unittest import mock

import pytest
from click.testing import CliRunner, Result

from perfrules.cli.main import main
from perfrules.records.manifest import manifest_json
from perfrules.records.seals import seal

pytest.importorskip("cryptography")

STARTER = Path(__file__).parents[2] / "perfrules/starter"


def run(*words: object, lang: str = "en") -> Result:
    return CliRunner(env={"PERFRULES_LANG": lang}).invoke(main, [str(word) for word in words])


@pytest.fixture
def cycle(tmp_path: Path) -> Path:
    shutil.copytree(STARTER, tmp_path, dirs_exist_ok=True)
    return tmp_path / "2024Q3"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    assert run("keygen", tmp_path / "hr").exit_code == 0
    return tmp_path / "hr"


@pytest.fixture
def signed(cycle: Path, key: Path, tmp_path: Path) -> Path:
    out = tmp_path / "results" / "2024Q3"
    assert run("evaluate", cycle, "--out", out, "--quiet", "--sign", key).exit_code == 0
    return out


def test_keys_are_made_once_and_the_private_one_is_for_its_owner(tmp_path: Path) -> None:
    key = tmp_path / "hr"
    made = run("keygen", key)
    assert made.exit_code == 0
    assert "fingerprint: " in made.output
    secret, shared = key.read_bytes(), (tmp_path / "hr.pub").read_bytes()
    assert b"PRIVATE KEY" in secret
    assert b"PUBLIC KEY" in shared
    assert secret not in made.output.encode()
    if os.name != "nt":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    again = run("keygen", key, lang="zh")
    assert (again.exit_code, "没有覆盖" in again.output) == (2, True)
    key.unlink()
    assert run("keygen", key).exit_code == 2, "the public key is there"
    assert not key.exists()
    assert (tmp_path / "hr.pub").read_bytes() == shared


def test_a_signed_folder_is_verified_by_its_key(signed: Path, key: Path) -> None:
    good = run("verify", signed, "--signed-by", f"{key}.pub")
    assert good.exit_code == 0
    assert f"signed by {key}.pub" in good.output
    unasked = run("verify", signed, lang="zh")
    assert unasked.exit_code == 0
    assert "未核对签名" in unasked.output


def test_without_a_signature_it_is_intact_and_not_signed(cycle: Path, tmp_path: Path) -> None:
    out = tmp_path / "plain"
    run("evaluate", cycle, "--out", out, "--quiet")
    for lang, words in (("en", "intact, but not signed"), ("zh", "完好，但未签名")):
        found = run("verify", out, lang=lang)
        assert found.exit_code == 0
        assert words in found.output
    run("keygen", tmp_path / "hr")
    asked = run("verify", out, "--signed-by", tmp_path / "hr.pub")
    assert (asked.exit_code, "[not-signed]" in asked.output) == (6, True)


def test_the_same_results_have_the_same_signature(signed: Path, cycle: Path, key: Path) -> None:
    before = (signed / "manifest.json.sig").read_bytes()
    assert run("evaluate", cycle, "--out", signed, "--quiet", "--sign", key).exit_code == 0
    assert (signed / "manifest.json.sig").read_bytes() == before
    assert run("evaluate", cycle, "--out", signed, "--quiet").exit_code == 0
    assert not (signed / "manifest.json.sig").exists(), "it would be another's word"


def test_whoever_makes_every_hash_fit_has_no_signature(signed: Path, key: Path) -> None:
    path = signed / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["counts"]["warnings"] += 1
    manifest["digest"] = seal(manifest)
    path.write_text(manifest_json(manifest), "utf-8")
    found = run("verify", signed, "--signed-by", f"{key}.pub")
    assert (found.exit_code, "[wrong-signature]" in found.output) == (6, True)


def test_another_key_is_told_apart(signed: Path, tmp_path: Path) -> None:
    run("keygen", tmp_path / "other")
    found = run("verify", signed, "--signed-by", tmp_path / "other.pub", lang="zh")
    assert (found.exit_code, "[signed-by-another]" in found.output) == (6, True)


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"format": "perfrules-signature/1", "key": "", "signature": "?"}']
)
def test_a_signature_that_is_none_is_damage(signed: Path, key: Path, text: str) -> None:
    (signed / "manifest.json.sig").write_text(text, "utf-8")
    for words in ((), ("--signed-by", f"{key}.pub")):
        found = run("verify", signed, *words)
        assert (found.exit_code, "[damaged-manifest]" in found.output) == (6, True)


def test_what_is_no_key_of_the_right_kind_is_refused_before_anything_runs(
    cycle: Path, key: Path, tmp_path: Path
) -> None:
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pem, kind = form.Encoding.PEM, form.PrivateFormat.PKCS8
    other = rsa.generate_private_key(65537, 2048)
    (tmp_path / "rsa").write_bytes(other.private_bytes(pem, kind, form.NoEncryption()))
    locked = Ed25519PrivateKey.generate()
    (tmp_path / "locked").write_bytes(
        locked.private_bytes(pem, kind, form.BestAvailableEncryption(b"secret"))
    )
    (tmp_path / "text").write_text("no key\n", "utf-8")
    (tmp_path / "nul").write_bytes(b"\0" * 100_000)
    for name, code, words in (
        ("hr.pub", "not-that-key", "公钥"),
        ("rsa", "not-that-key", "其他算法"),
        ("locked", "not-that-key", "有密码"),
        ("text", "not-that-key", "不是密钥文件"),
        ("nul", "unreadable-key", "读不到"),
        ("nowhere", "unreadable-key", "读不到"),
        (".", "unreadable-key", "读不到"),
    ):
        out = tmp_path / "out"
        found = run("evaluate", cycle, "--out", out, "--sign", tmp_path / name, lang="zh")
        assert found.exit_code == 2, name
        assert f"[{code}]" in found.output
        assert words in found.output
        assert not out.exists()
    found = run("verify", cycle, "--signed-by", key)
    assert found.exit_code == 2
    assert "is a private key, here a public key is needed" in found.output


def test_without_the_extra_a_key_cannot_be_used(cycle: Path, key: Path, tmp_path: Path) -> None:
    parts = ("cryptography.exceptions", "cryptography.hazmat.primitives")
    with mock.patch.dict("sys.modules", dict.fromkeys(parts)):
        for words in (
            ("keygen", tmp_path / "new"),
            ("evaluate", cycle, "--sign", key),
            ("verify", cycle, "--signed-by", f"{key}.pub"),
        ):
            found = run(*words)
            assert (found.exit_code, "[no-cryptography]" in found.output) == (2, True)
        # All else works without it.
        assert run("evaluate", cycle, "--out", tmp_path / "out", "--quiet").exit_code == 0
        assert run("verify", tmp_path / "out").exit_code == 0


def test_openssl_can_check_it(signed: Path, key: Path, tmp_path: Path) -> None:
    """The page docs/result-folder.md says how."""
    import base64
    import subprocess

    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here")
    node = json.loads((signed / "manifest.json.sig").read_text("utf-8"))
    (tmp_path / "raw").write_bytes(base64.b64decode(node["signature"]))
    words = ["pkeyutl", "-verify", "-pubin", "-inkey", f"{key}.pub", "-rawin",
             "-in", str(signed / "manifest.json"), "-sigfile", str(tmp_path / "raw")]  # fmt: skip
    assert subprocess.run([openssl, *words], capture_output=True).returncode == 0
