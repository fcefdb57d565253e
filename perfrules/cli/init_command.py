"""`perfrules init DIR`: a working start to change."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

import click

from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import language_option, say
from perfrules.codes.code import Text

__all__ = ["command"]


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@language_option
@click.pass_obj
def command(language: str, folder: Path) -> None:
    """Make DIR with a policy, its tests and a cycle of three people, ready to change.

    Nothing that is there already is touched: a file that exists ends it before it begins.
    """
    start = resources.files("perfrules") / "starter"
    files = {folder / name: file for name, file in _files(start, "")}
    present = [path for path in files if path.exists()]
    if present:
        raise Failed(
            Text(
                f"{present[0]} 已存在，没有改动任何内容",
                f"{present[0]} exists already, nothing was changed",
            )
        )
    for path, file in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read_bytes())
        click.echo(str(path))
    say(
        Text(
            f"完成。接下来：\n  cd {folder}\n  perfrules check\n  perfrules test\n"
            "  perfrules evaluate 2024Q3\n  perfrules explain results/2024Q3 E001 --lang zh",
            f"done. Next:\n  cd {folder}\n  perfrules check\n  perfrules test\n"
            "  perfrules evaluate 2024Q3\n  perfrules explain results/2024Q3 E001",
        ),
        language,
    )


def _files(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        name = f"{prefix}{entry.name}"
        found += _files(entry, f"{name}/") if entry.is_dir() else [(name, entry)]
    return found
