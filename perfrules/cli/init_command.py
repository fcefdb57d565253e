"""`perfrules init DIR`: a working start to change, or the shipped policies of `--role`."""

import re
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import click

from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import language_option, say
from perfrules.codes.code import Text
from perfrules.diagnostics import closest
from perfrules.installed import policies, schemas, starter

__all__ = ["command"]

_EXTENDS: Final = re.compile(r"^extends: (\S+)", re.MULTILINE)
_TESTED: Final = re.compile(r"^policy: \.\./(\S+)", re.MULTILINE)
_TITLE: Final = re.compile(r"^title: \{zh: ([^,}]+)", re.MULTILINE)
_SCHEMAS: Final = ("policy.schema.json", "policy-test.schema.json")

Files = dict[str, Traversable]


@click.command("init")
@click.argument(
    "folder", metavar="DIR", required=False, type=click.Path(path_type=Path, file_okay=False)
)
@click.option(
    "--role",
    "roles",
    metavar="ROLE,ROLE…",
    help="the policies of these roles, with their tests",
)
@language_option
@click.pass_context
def command(ctx: click.Context, folder: Path | None, roles: str | None) -> None:
    """Make DIR with a policy, its tests and a cycle of three people, ready to change.

    With --role the policies of those roles of a marketing department, with their tests, in the
    place of all that, here or in DIR. Nothing that is there already is touched: a file that exists
    ends it before it begins.
    """
    if roles is None:
        if folder is None:
            raise click.MissingParameter(ctx=ctx, param_type="argument", param_hint="DIR")
        _write(folder, _files(starter(), ""))
        then = ["check", "test", "evaluate 2024Q3", "explain results/2024Q3 E001"]
    else:
        folder = folder or Path()
        _write(folder, _files_of(roles))
        then = ["check", "test"]
    steps = ([] if folder == Path() else [f"cd {folder}"]) + [f"perfrules {word}" for word in then]
    lines = "\n  ".join(steps)
    say(Text(f"完成。接下来：\n  {lines}", f"done. Next:\n  {lines}"), ctx.obj)


def _write(folder: Path, files: Files) -> None:
    present = [folder / name for name in files if (folder / name).exists()]
    if present:
        raise Failed(
            Text(
                f"{present[0]} 已存在，没有改动任何内容",
                f"{present[0]} exists already, nothing was changed",
            )
        )
    for name, file in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.read_bytes())
        click.echo(str(path))


def _files(folder: Traversable, prefix: str) -> Files:
    found: Files = {}
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        name = f"{prefix}{entry.name}"
        found |= _files(entry, f"{name}/") if entry.is_dir() else {name: entry}
    return found


def _files_of(roles: str) -> Files:
    """The policies of the roles in all versions, what they extend, their tests and the schemas."""
    shipped = _files(policies(), "")
    texts = {
        role: file.read_text("utf-8") for name, file in shipped.items() if (role := _role(name))
    }
    titles = {title[1]: role for role, text in texts.items() if (title := _TITLE.search(text))}
    wanted: Files = {}
    for role in filter(None, re.split(r"[,，、\s]+", roles)):
        if role not in titles.values():
            near = closest(role, {*titles, *titles.values()})
            meant = titles.get(near or "", near)
            why = Text(f"没有岗位 {role}", f"there is no role {role}")
            if meant:
                why = Text(f"{why.zh}，是否想写 {meant}？", f"{why.en}, did you mean {meant}?")
            raise _no_role(why, titles)
        for name, file in shipped.items():
            if _role(name) == role:
                wanted |= _extended(name, shipped) | {name: file}
    if not wanted:
        raise _no_role(Text("没有写岗位", "no role is named"), titles)
    for name, file in shipped.items():
        tested = name.startswith("tests/") and _TESTED.search(file.read_text("utf-8"))
        if tested and tested[1] in wanted:
            wanted[name] = file
    beside = {f"schemas/{name}": schemas() / name for name in _SCHEMAS}
    return {f"policies/{name}": file for name, file in sorted(wanted.items())} | beside


def _role(name: str) -> str:
    """Whose policy the file is: what follows a hyphen is a version; "" for what is no policy."""
    return "" if "/" in name else name.removesuffix(".yaml").partition("-")[0]


def _no_role(why: Text, titles: dict[str, str]) -> Failed:
    listed = "".join(f"\n  {role}  {title}" for title, role in titles.items())
    return Failed(Text(f"--role：{why.zh}{listed}", f"--role: {why.en}{listed}"))


def _extended(name: str, shipped: Files) -> Files:
    """The files that the policy stands on, one upon another."""
    found = _EXTENDS.search(shipped[name].read_text("utf-8"))
    if not found:
        return {}
    folder = name.rpartition("/")[0]
    below = f"{folder}/{found[1]}" if folder else found[1]
    return {below: shipped[below], **_extended(below, shipped)}
