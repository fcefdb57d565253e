"""`perfrules collect FORMS CYCLE`: filled-in forms -> the tables of the cycle."""

from pathlib import Path
from typing import Final

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.opened_cycle import opened_cycle
from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import ended_by, language_option, print_findings, say
from perfrules.cli.written_forms import NOBODY_JUDGED
from perfrules.codes.code import Text
from perfrules.diagnostics import Diagnostic
from perfrules.intake.forms.collected import Collected, collect
from perfrules.intake.forms.cycle_forms import open_forms
from perfrules.intake.forms.department_form import department_forms
from perfrules.intake.forms.improvement_plan import plans_in_workbook
from perfrules.intake.forms.into_tables import Tables, Written
from perfrules.papers.feedback.from_word import plans_in_word
from perfrules.records.whole_file import replace_whole

__all__ = ["command"]

_OTHERS: Final = (plans_in_workbook, plans_in_word, department_forms)
"""What is read of files that are no forms of `perfrules sheet`."""


@click.command("collect")
@click.argument("forms", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("cycle", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False),
    help="write the tables into this folder, and leave those of the cycle",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="say what would be written, and write nothing")
@click.option("--clean", is_flag=True, help="take the forms without errors, and leave the others")
@click.option("--replace", is_flag=True, help="put what forms say in the place of what tables have")
@click.option("--older", is_flag=True, help="take forms that ask by policies changed since")
@click.option("--complete", is_flag=True, help="end with 1 where forms or values are missing")
@language_option
@click.pass_obj
def command(
    language: str, forms: Path, cycle: Path, out: Path | None, dry_run: bool, clean: bool,
    replace: bool, older: bool, complete: bool,
) -> None:  # fmt: skip
    """Read the filled-in forms in the folder FORMS into the tables of CYCLE.

    Says who is missing, and which cells were left empty. Where a form has an error nothing is
    written, unless --clean is given. What the tables have already is not overwritten without
    --replace. Ends with 1 where there are errors, 2 where a file cannot be read or written, 3 where
    a policy cannot be used.
    """
    setting, folder, policies = opened_cycle(cycle, language)
    asked, findings = open_forms(folder, setting, policies)
    if asked is None:
        raise ended_by(findings.errors, language) if findings.errors else Failed(NOBODY_JUDGED)
    if setting.data is not None and out is None:
        raise Failed(
            Text(
                f"本周期的数据在 {setting.data.name} 中，收集的内容不能写回；"
                "请加 --out 文件夹，写成单独的 CSV 表",
                f"the data of this cycle are in {setting.data.name}, which is not written to; "
                "--out FOLDER writes what the forms give as CSV tables",
            )
        )
    tables = Tables(folder, asked)
    try:
        found = collect(forms, asked, tables, _OTHERS, replace=replace, older=older)
    except ImportError:
        raise ended_by((Diagnostic("no-docx"),), language) from None
    print_findings((*asked.findings, *found.remarks, *found.missing, *found.errors), language)
    errors = found.errors
    written = [] if errors and not clean else tables.files(found.entries(asked))
    if not dry_run:
        _write(written, folder, out)
    for one in written:
        click.echo(_line(one, language))
    _tell(found, written, language, dry_run=dry_run, clean=clean)
    if errors or asked.findings.errors or (complete and found.missing):
        raise click.exceptions.Exit(Exit.FINDINGS)


def _write(written: list[Written], folder: Path, out: Path | None) -> None:
    """Writes the files, each whole or not at all; none where one has changed meanwhile."""
    target = folder if out is None else out
    for one in written:
        path = target / one.name
        before = one.before if out is None else None
        there = path.read_bytes() if path.exists() else None
        if there not in (before, one.data):
            raise Failed(
                Text(
                    f"{path} 已存在或刚被改动，没有写入",
                    f"{path} exists or was changed meanwhile; nothing is written",
                )
            )
    target.mkdir(parents=True, exist_ok=True)
    for one in written:
        replace_whole(target / one.name, one.data)


def _line(one: Written, language: str) -> str:
    if language == "zh":
        return f"{one.name}：新增 {one.rows} 行，填入 {one.cells} 格"
    return f"{one.name}: rows added {one.rows}, cells filled {one.cells}"


def _tell(
    found: Collected, written: list[Written], language: str, *, dry_run: bool, clean: bool
) -> None:
    """How many forms there were, and what became of them."""
    taken = len(found.taken) if clean or not found.errors else 0
    missing = sum(one.code == "form-to-come" for one in found.missing)
    empty = len(found.missing) - missing
    zh = f"文件 {found.files} 个，收入 {taken} 份表；未交 {missing} 份，未填 {empty} 处。"
    en = f"files: {found.files}; forms taken: {taken}; still to come: {missing}; empty: {empty}. "
    if found.errors and not clean:
        zh += "有错误，没有写入；只收没有错误的表请加 --clean"
        en += "There are errors, and nothing is written; --clean takes the forms without"
    elif dry_run:
        zh += "这是试运行，没有写入"
        en += "Nothing is written, since this is a dry run"
    elif not written:
        zh += "表中已有这些内容，没有改动"
        en += "The tables have all of it already"
    else:
        zh += "已写入"
        en += "Written"
    say(Text(zh, en), language)
