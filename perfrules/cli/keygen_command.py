"""`perfrules keygen KEY`: a pair of keys, to sign results with and to check signatures."""

from pathlib import Path
from typing import cast

import click

from perfrules.cli.talk import ended_by, language_option
from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.records.signing import new_keys

__all__ = ["command"]


@click.command("keygen")
@click.argument("key", type=click.Path(path_type=Path))
@language_option
@click.pass_obj
def command(language: str, key: Path) -> None:
    """Make a private key in the file KEY and its public key in KEY.pub (Ed25519).

    The private key signs (`perfrules evaluate --sign KEY`) and stays with whoever answers for
    the results. The public key goes to everybody who verifies (`perfrules verify --signed-by
    KEY.pub`). A file that is there is never overwritten; it ends with 2 then.
    """
    made = new_keys(key)
    if isinstance(made, Diagnostic):
        raise ended_by((made,), language)
    lines = Text(
        f"私钥：{key}（只有您能读，请妥善保管，不要交给别人）\n"
        f"公钥：{key}.pub（交给复核的人）\n"
        f"指纹：{made}（请当面或打电话核对）",
        f"private key: {key} (readable by you alone; keep it, and give it to nobody)\n"
        f"public key:  {key}.pub (for everybody who verifies)\n"
        f"fingerprint: {made} (compare it in person or by telephone)",
    )
    click.echo(lines.into(cast(Language, language)))
