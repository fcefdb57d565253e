"""Codes of a cycle's results: what stands out in them, writing them, checking them again."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["RECORDS"]

RECORDS: Final[dict[str, Code]] = {
    "outlier": Code(
        Text(
            "指标 `{indicator}` 的达成率为 {value}，超过 {limit}",
            "the attainment of `{indicator}` is {value}, above {limit}",
        ),
        Text(
            "请核对实际值和目标值的单位（如元与万元）",
            "check the units of actual and target; one may be in thousands",
        ),
        severity="warning",
    ),
    "figures-far-apart": Code(
        Text(
            "指标 `{indicator}` 的{first} {high} 超过{second} {low} 的 {times} 倍",
            "the {first} of `{indicator}`, {high}, is more than {times} times its {second}, {low}",
        ),
        Text(
            "请核对两者的单位（如元与万元）",
            "check the units of the two; one may be in thousands",
        ),
        severity="warning",
    ),
    "input-changed": Code(
        Text(
            "`{path}` 在计算过程中被改动",
            "`{path}` was changed while the cycle was being evaluated",
        ),
        Text("请关闭正在编辑该文件的程序后重新运行", "close what edits it, and run again"),
    ),
    "output-locked": Code(
        Text(
            "另一个进程（{holder}）正在写入 `{path}`",
            "`{path}` is being written by another run, process {holder}",
        ),
        Text(
            "请等它结束后再运行，或换一个输出文件夹",
            "wait for it to end, or name another folder",
        ),
    ),
    "output-is-link": Code(
        Text("输出位置 `{path}` 是符号链接", "`{path}` is a symbolic link"),
        Text("请写出实际的文件夹", "name the folder itself"),
    ),
    "output-not-a-folder": Code(
        Text("输出位置 `{path}` 不是文件夹", "`{path}` is no folder"),
        Text("请换一个输出文件夹", "name another folder"),
    ),
    "output-not-ours": Code(
        Text(
            "`{path}` 中有不属于结果文件夹的文件 `{found}`，没有覆盖",
            "`{path}` holds `{found}`, which is no part of a result folder; nothing was replaced",
        ),
        Text(
            "请把它移走（若是 Excel 的临时文件，请关闭 Excel），或换一个输出文件夹",
            "move it away (close Excel, if it is one of Excel's), or name another folder",
        ),
    ),
    "cannot-write": Code(
        Text("无法写入 `{path}`：{reason}", "`{path}` cannot be written: {reason}"),
        Text("原有结果没有改动", "the results that were there are untouched"),
    ),
    "no-workbook": Code(
        Text(
            "没有安装 xlsxwriter，未生成 Excel 文件",
            "no workbook was written, xlsxwriter is not installed",
        ),
        Text(
            "如需要，请运行 pip install 'perfrules[xlsx]'",
            "for one, `pip install 'perfrules[xlsx]'`",
        ),
        severity="note",
    ),
    "not-a-result-folder": Code(
        Text("`{path}` 不是结果文件夹", "`{path}` is no result folder"),
        Text(
            "结果文件夹由 perfrules evaluate 生成，其中有 manifest.json",
            "`perfrules evaluate` writes them; there is a manifest.json inside",
        ),
    ),
    "no-record": Code(
        Text("结果中没有 `{person}`", "`{person}` is not in these results"),
        Text(
            "请写工号或完整姓名，与人员表一致",
            "write the id, or the whole name, as in the table of people",
        ),
    ),
    "several-of-that-name": Code(
        Text("有多人叫 `{name}`：{people}", "`{name}` is the name of several: {people}"),
        Text("请改写工号", "write the id instead"),
    ),
    "no-trace": Code(
        Text(
            "`{person}` 没有考核结果：{reason}（{place}）",
            "`{person}` has no result: {reason} ({place})",
        ),
        Text("全部原因见 rejected.csv", "rejected.csv has all reasons"),
    ),
    "damaged-manifest": Code(
        Text("`{path}` 已损坏或被改动（{part}）", "`{path}` is damaged or was changed ({part})"),
        Text("请从备份恢复，或重新计算", "take it from a backup, or evaluate again"),
    ),
    "damaged-record": Code(
        Text(
            "`{record}` 的记录已损坏或被改动",
            "the record of `{record}` is damaged or was changed",
        ),
        Text("请从备份恢复，或重新计算", "take it from a backup, or evaluate again"),
    ),
    "missing-output": Code(
        Text("文件夹中缺少 `{path}`", "`{path}` is missing from the folder"),
    ),
    "extra-output": Code(
        Text("`{path}` 不在 manifest.json 中", "`{path}` is not in manifest.json"),
    ),
    "changed-output": Code(
        Text(
            "`{path}` 与 manifest.json 中的摘要不符",
            "`{path}` does not fit its digest in manifest.json",
        ),
        Text("写入之后有人改动过", "it was changed after it was written"),
    ),
    "unordered-record": Code(
        Text(
            "`{record}` 的记录位置不对，或出现了两次",
            "the record of `{record}` is out of place, or there twice",
        ),
    ),
    "broken-chain": Code(
        Text(
            "各条记录连不成 manifest.json 所记的链，有记录被增加、删除、调换或改动",
            "the records do not chain up to the head in manifest.json: "
            "one was added, removed, moved or changed",
        ),
    ),
    "wrong-count": Code(
        Text(
            "manifest.json 记有 {name} {stated} 个，实际为 {found}",
            "manifest.json counts {stated} {name}, there are {found}",
        ),
    ),
    "wrong-cycle-in-record": Code(
        Text(
            "`{record}` 的考核周期与 manifest.json 不同",
            "the record of `{record}` is of another cycle than manifest.json",
        ),
    ),
    "unknown-policy-in-record": Code(
        Text(
            "`{record}` 所用的方案 `{policy}` 不在 manifest.json 中",
            "the record of `{record}` names the policy `{policy}`, which is not in manifest.json",
        ),
    ),
    "record-without-row": Code(
        Text(
            "`{record}` 有记录，但 {table} 中没有",
            "`{record}` has a record, and no row in {table}",
        ),
    ),
    "row-without-record": Code(
        Text(
            "{table} 中有 `{record}`，但没有记录",
            "`{record}` has a row in {table}, and no record",
        ),
    ),
    "row-disagrees": Code(
        Text(
            "{table} 中 `{record}` 的 `{column}` 为 `{found}`，记录中为 `{expected}`",
            "in {table} the `{column}` of `{record}` is `{found}`, its record says `{expected}`",
        ),
    ),
    "cell-disagrees": Code(
        Text(
            "{path} 的这一格为 `{found}`，按记录和其他表应为 `{expected}`",
            "this cell of {path} is `{found}`, by the records and the other tables it is "
            "`{expected}`",
        ),
        Text(
            "写入之后有人改动过；以记录（traces.jsonl）为准，请从备份恢复或重新计算",
            "it was changed after it was written; the records in traces.jsonl count: take the "
            "folder from a backup, or evaluate again",
        ),
    ),
    "workbook-differs": Code(
        Text(
            "{path} 不是计算时写入的那份：{part}",
            "{path} is not the workbook that was written: {part}",
        ),
        Text("写入之后有人改动过", "it was changed after it was written"),
    ),
    "workbook-unchecked": Code(
        Text(
            "没有安装 openpyxl 或 xlsxwriter，没有核对 {path} 的内容",
            "the cells of {path} were not checked, openpyxl or xlsxwriter is not installed",
        ),
        Text("请运行 pip install 'perfrules[xlsx]'", "`pip install 'perfrules[xlsx]'`"),
        severity="warning",
    ),
    "deltas-unchecked": Code(
        Text(
            "没有核对 deltas.csv：旁边没有它所修订的那次结果，或那次结果已被改动",
            "deltas.csv was not checked: the run that it revises is not beside this one, or was "
            "changed",
        ),
        Text(
            "把原来的结果文件夹完整地放到它旁边，再复核一次",
            "put the folder of that run beside this one, whole, and verify again",
        ),
        severity="warning",
    ),
    "rejected-record": Code(
        Text(
            "`{record}` 的记录核对不通过：{reason}",
            "the record of `{record}` is not right: {reason}",
        ),
        Text(
            "按记录中的数据和方案重新推算，得不出这一步",
            "its data and its policy do not lead to this step",
        ),
    ),
    "missing-input": Code(
        Text("缺少输入文件 `{path}`", "the input `{path}` is missing"),
    ),
    "replay-differs": Code(
        Text(
            "由这些输入重新计算，得不出 {what} 的结果",
            "evaluating the inputs again does not give what is kept of {what}",
        ),
        Text(
            "结果不是由这些输入得出的，或由另一版本的程序得出（版本见 manifest.json）",
            "the results were not made from these inputs, or by another version of the program "
            "(manifest.json has it)",
        ),
    ),
    "changed-input": Code(
        Text(
            "输入文件 `{path}` 与计算时不同",
            "the input `{path}` is not what it was when the results were made",
        ),
    ),
    "wrong-member": Code(
        Text(
            "组 `{group}` 的成员 {member} 应恰好对应一个人的记录，实际为 {count} 个",
            "the member {member} of the group `{group}` has to be exactly one subject; "
            "{count} records say that they are",
        ),
        Text(
            "结果文件夹被改动过，请用原始数据重新计算",
            "the result folder was changed; evaluate the inputs once more",
        ),
    ),
    "wrong-reference": Code(
        Text(
            "`{record}` 的 {step} 与{other}不符：{reason}",
            "{step} of `{record}` does not agree with {other}: {reason}",
        ),
        Text(
            "结果文件夹被改动过，请用原始数据重新计算",
            "the result folder was changed; evaluate the inputs once more",
        ),
    ),
    "wrong-turn": Code(
        Text(
            "奖金池 `{group}` 的尾数没有按规则分配：{record} 应排在前面",
            "the last units of `{group}` were handed out in the wrong turn: {record} comes earlier",
        ),
        Text(
            "份额相同的人，尾数按编号先后分配；请用原始数据重新计算",
            "those with equal shares come in the order of their ids; evaluate the inputs once more",
        ),
    ),
}
