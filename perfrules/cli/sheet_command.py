"""`perfrules sheet POLICY|CYCLE`: the workbook that HR fills in."""

from io import BytesIO
from pathlib import Path
from typing import NamedTuple, cast

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.opened_cycle import is_cycle, opened_cycle, stop, stop_at_errors
from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import language_option, say
from perfrules.cli.written_forms import NEEDS_XLSXWRITER, write_forms
from perfrules.codes.code import Language, Text
from perfrules.intake.as_given import Given, read_given
from perfrules.intake.forms.slots import Kind
from perfrules.language.read import read_policies, read_policy
from perfrules.model.policy import Policy
from perfrules.model.policy_set import PolicySet
from perfrules.model.scorecard import Cycle
from perfrules.records.whole_file import replace_whole

__all__ = ["command"]


class _Asked(NamedTuple):
    """What a workbook is to be made of; `name` becomes the name of the file."""

    name: str
    policies: tuple[Policy, ...]
    cycle: Cycle | None = None
    given: Given | None = None


@click.command("sheet")
@click.argument("path", metavar="POLICY|CYCLE", type=click.Path(path_type=Path))
@click.option(
    "--per", type=click.Choice(["person", "rater"]),
    help="a cycle's forms to send out, a locked workbook for each person or each rater",
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path),
    help="the workbook, or the folder of forms  [default: <id>-fill-in.xlsx, <id>-person-forms]",
)  # fmt: skip
@click.option("--force", is_flag=True, help="replace a workbook that is there")
@language_option
@click.pass_obj
def command(language: str, path: Path, per: Kind | None, out: Path | None, force: bool) -> None:
    """Write the workbook that HR fills in, for a policy, a folder of them, or a cycle.

    A cycle's workbook has its people and the values that there are; `perfrules evaluate` reads it
    back. With --per the forms of a cycle go to a folder, to be sent out; `perfrules collect` reads
    them back. Ends with 2 where the workbook exists or a file cannot be read, 3 where a policy
    cannot be used, 1 where the table of raters has mistakes or somebody gets no form.
    """
    if per is not None:
        setting, folder, policies = opened_cycle(path, language)
        write_forms(folder, setting, policies, per, language, out, force=force)
        return
    if out is not None and out.is_dir():
        raise Failed(Text(f"{out} 是文件夹", f"{out} is a folder"))
    asked = _cycle(path, language) if is_cycle(path) else _policies(path, language)
    target = out or Path(f"{asked.name}-fill-in.xlsx")
    if target.exists() and not force:
        raise Failed(
            Text(
                f"{target} 已存在，要覆盖请加 --force",
                f"{target} exists already; --force replaces it",
            )
        )
    try:
        from perfrules.papers.sheets.from_policies import workbook_plan
        from perfrules.papers.sheets.write_plan import write_plan
    except ImportError:
        raise Failed(NEEDS_XLSXWRITER) from None
    plan = workbook_plan(
        asked.policies, cast(Language, language), cycle=asked.cycle, given=asked.given
    )
    data = BytesIO()
    write_plan(plan, data)
    if not target.parent.is_dir():
        raise Failed(Text(f"没有文件夹 {target.parent}", f"there is no folder {target.parent}"))
    replace_whole(target, data.getvalue())
    click.echo(str(target))
    rows = len(asked.given.rows) if asked.given else 0
    say(
        Text(
            f"岗位 {len({one.id for one in asked.policies})} 个，已填入 {rows} 行人员。"
            f"填好后放进周期文件夹，在 cycle.yaml 中写 data: {target.name}",
            f"roles: {len({one.id for one in asked.policies})}; rows of people: {rows}. "
            f"Filled in, it goes into the cycle's folder; cycle.yaml says data: {target.name}",
        ),
        language,
    )


def _policies(path: Path, language: str) -> _Asked:
    """The policy in a file, or all of a folder; of several versions the last."""
    if not path.is_dir():
        policy, findings = read_policy(path)
        stop_at_errors(findings, language)
        assert policy is not None
        return _Asked(policy.id, (policy,))
    found, findings = read_policies(path)
    stop_at_errors(findings, language)
    last = {policy.id: policy for policy in found}
    return _Asked(path.resolve().name, tuple(last.values()))


def _cycle(path: Path, language: str) -> _Asked:
    """The policies in force in a cycle, with what its folder has of people and figures."""
    setting, folder, policies = opened_cycle(path, language)
    given, findings = read_given(folder, setting, policies)
    if findings.errors:
        stop(findings, language, Exit.USAGE)
    used = [one.policy for one in given.rows] if given else _in_force(policies, setting.cycle)
    by_label = {one.label: one for one in used}
    chosen = tuple(by_label[label] for label in sorted(by_label))
    return _Asked(setting.cycle.id, chosen, setting.cycle, given)


def _in_force(policies: PolicySet, cycle: Cycle) -> list[Policy]:
    found = [policies.in_force(name, on=cycle.end) for name in {one.id for one in policies}]
    usual = (None, cycle.kind) if cycle.kind else (None,)
    return [
        one
        for one in found
        if isinstance(one, Policy) and (cycle.kind is None or one.cycle in usual)
    ]
