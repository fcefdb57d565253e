"""Forms as files of a folder: one for each person or each rater of a cycle."""

from io import BytesIO
from pathlib import Path
from typing import cast

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import ended_by, print_findings, say
from perfrules.codes.code import Language, Text
from perfrules.diagnostics import Diagnostic
from perfrules.intake.cycle_file import CycleFile
from perfrules.intake.forms.cycle_forms import CycleForms, open_forms
from perfrules.intake.forms.slots import Kind
from perfrules.intake.people.rules import PolicyChoice
from perfrules.records.papers.paper_files import file_names
from perfrules.records.whole_file import replace_whole

__all__ = ["NEEDS_XLSXWRITER", "NOBODY_JUDGED", "write_forms"]

_NAMED = 10
"""So many ids are named where a group has no raters."""

NEEDS_XLSXWRITER = Text(
    "需要安装 xlsxwriter：pip install 'perfrules[xlsx]'",
    "xlsxwriter is needed: pip install 'perfrules[xlsx]'",
)

NOBODY_JUDGED = Text(
    "本周期的人员表中还没有人",
    "the table of people of this cycle has nobody yet",
)

_NO_FORMS = Text(
    "没有可生成的表：本周期没有人需要填写，或没有写明由谁评分（raters.csv）",
    "there are no forms to write: nobody is judged, or nobody is named who rates (raters.csv)",
)

_WHAT = {
    "person": Text("个人考核表", "forms of persons"),
    "rater": Text("评分表", "forms of raters"),
}


def write_forms(
    folder: Path, setting: CycleFile, policies: PolicyChoice, kind: Kind, language: str,
    out: Path | None, *, force: bool,
) -> None:  # fmt: skip
    """Writes the forms of a cycle, and prints the folder. Ends the run where there are none."""
    forms, findings = open_forms(folder, setting, policies)
    if forms is None:
        raise ended_by(findings.errors, language) if findings.errors else Failed(NOBODY_JUDGED)
    print_findings((*forms.left_out, *forms.findings), language)
    target = out or Path(f"{setting.cycle.id}-{kind}-forms")
    ids = [*(forms.people if kind == "person" else forms.by_rater)]
    if not ids:
        _report_lost(forms, kind, language)
        raise Failed(_NO_FORMS)
    names = file_names({one: forms.name(one) for one in ids})
    paths = {one: target / f"{name}.xlsx" for one, name in names.items()}
    there = next((path for path in paths.values() if path.exists()), None)
    if there is not None and not force:
        raise Failed(
            Text(
                f"{there} 已存在，可能已经填写；要覆盖请加 --force",
                f"{there} exists already and may be filled in; --force replaces it",
            )
        )
    target.mkdir(parents=True, exist_ok=True)
    for one, data in zip(ids, _workbooks(forms, kind, ids, cast(Language, language)), strict=True):
        replace_whole(paths[one], data)
    _report_lost(forms, kind, language)
    say(
        Text(
            f"已写入 {len(ids)} 份{_WHAT[kind].zh}：{target}。"
            "发给填写人，收回后运行 perfrules collect",
            f"{len(ids)} {_WHAT[kind].en} written to {target}; when they are back, run "
            "perfrules collect",
        ),
        language,
    )
    if forms.findings.errors or forms.left_out.errors:
        raise click.exceptions.Exit(Exit.FINDINGS)


def _workbooks(forms: CycleForms, kind: Kind, ids: list[str], language: Language) -> list[bytes]:
    """The bytes of each form; the end of the run where a library is missing."""
    try:
        from perfrules.papers.forms.person_form import person_form
        from perfrules.papers.forms.rater_form import rater_form
        from perfrules.papers.forms.write_form import write_form
        from perfrules.papers.sheets.names import Names
    except ImportError:
        raise Failed(NEEDS_XLSXWRITER) from None
    policies = {one.rules.policy.label: one.rules.policy for one in forms.subjects}
    names = Names([*policies.values()], language)
    plan = person_form if kind == "person" else rater_form
    found = []
    for one in ids:
        data = BytesIO()
        write_form(plan(forms, one, names), data)
        found.append(data.getvalue())
    return found


def _report_lost(forms: CycleForms, kind: Kind, language: str) -> None:
    """Says of whom nobody is named who rates them."""
    if kind != "rater":
        return
    for group, people in forms.raters.without().items():
        shown = ", ".join(people[:_NAMED]) + (" …" if len(people) > _NAMED else "")
        facts = {"group": group, "count": len(people), "people": shown}
        print_findings((Diagnostic("no-raters", None, facts, severity="warning"),), language)
