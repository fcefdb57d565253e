"""The help of all commands in Chinese, by its English paragraphs and lines."""

from typing import Final

__all__ = ["CHINESE", "METAVARS"]

METAVARS: Final[dict[str, str]] = {
    "TEXT": "文字", "PATH": "路径", "FILE": "文件", "DIRECTORY": "文件夹", "NUMBER": "数字",
    "DATE": "日期", "POLICY.PATH=VALUE": "方案.路径=值", "ROLE,ROLE…": "岗位,岗位…",
}  # fmt: skip

CHINESE: Final[dict[str, str]] = {
    "make a working start: policies, tests, a cycle folder": "生成起步样例：方案、测试和一个考核周期",
    "find mistakes in policies, tests and cycle folders": "检查考核方案、测试和周期文件夹",
    "rewrite old policies where they would now mean something else": "改写意思会变的旧方案",
    "run policy tests, with coverage": "运行方案测试，并列出没有测到的行",
    "draw the targets with what was reached": "目标分解与完成情况",
    "write the workbook that HR fills in": "生成数据填报表",
    "read filled-in forms into the tables of a cycle": "把收回的表收入考核周期",
    "evaluate a cycle and write the result folder": "计算一个考核周期，写出结果文件夹",
    "tell what a cycle would come to under other rules": "测算规则变动对结果和奖金的影响",
    "show progress, warnings, milestones, missing data": "跟踪进度、预警、里程碑和缺少的数据",
    "explain one person's result, step by step": "逐步解释一个人的结果",
    "write what people are told of their results": "生成绩效反馈表",
    "write the report for those who decide": "生成给决策者看的报告",
    "list whom a calibration meeting should look at": "列出校准会议应复核的人",
    "check a result folder again, independently": "独立复核结果文件夹",
    "make a pair of keys to sign results with": "生成签名用的一对密钥",
    "print a JSON Schema": "输出 JSON Schema",
    "print the page of a finding's code, or of a key": "查看诊断代码或键的说明",
    "Performance appraisal and incentive pay from YAML policies.": "用 YAML 方案做绩效考核与激励。",
    (
        "Exit codes: 0 fine, 1 findings, 2 usage or files, 3 a policy does "
        "not compile, 4 policy tests failed, 5 finished with rejected subjects, "
        "6 verification failed, 130 interrupted."
    ): (
        "退出码：0 正常，1 有警告，2 命令用法或文件有误，3 方案不能使用，4 "
        "方案测试未通过，5 已完成但有人未出结果，6 复核未通过，130 已中断。"
    ),
    "language of what is printed": "输出语言：zh 中文，en 英文",
    "Show the version and exit.": "显示版本号后退出",
    "Show this message and exit.": "显示本帮助后退出",
    (
        "Make DIR with a policy, its tests and a cycle of three people, ready to change."
    ): "在 DIR 中生成一份方案、它的测试和一个三人的考核周期，可直接修改。",
    (
        "With --role the policies of those roles of a marketing department, with their tests, in "
        "the place of all that, here or in DIR. Nothing that is there already is touched: a file "
        "that exists ends it before it begins."
    ): (
        "加 --role 时，改为写入市场部这些岗位的方案和测试，写到 DIR 或当前文件夹。"
        "不会改动已有的内容：只要有一个文件已经存在，就不写入任何文件。"
    ),
    "the policies of these roles, with their tests": "写入这些岗位的方案和测试",
    ("Check policies, policy tests and cycle folders at PATHS (default: policies, or here)."): (
        "检查 PATHS 中的考核方案、方案测试和周期文件夹（默认为 policies 文件夹，"
        "没有则为当前文件夹）。"
    ),
    (
        "Every finding has its place, an excerpt and advice. Ends with 0 where "
        "there is nothing to say, 1 where there are warnings, 3 where a policy "
        "cannot be evaluated."
    ): (
        "每个问题都有位置、原文和处理办法。没有问题时退出码为 0，有警告时为 1，方案不能使用时为 3。"
    ),
    (
        "Rewrite old policies at PATHS (default: policies, or here) where they would now mean "
        "something else."
    ): "改写 PATHS 中的旧方案（默认为 policies 文件夹，没有则为当前文件夹）：只改按现在的规则意思会变的地方。",
    (
        "Shares without their sign, and lower limits where less is better. Only those characters "
        "change; each place is printed. Ends with 1 where something is left for people to decide."
    ): (
        "包括漏写百分号的比率，以及越低越好却写了下限的分档。只改这几个字，每一处都会列出；"
        "有需要人工判断的内容时退出码为 1。"
    ),
    "show what would be written, and write nothing": "只显示会改什么，不写文件",
    "text for people, json for tools, github for annotations": "text 供人阅读，json 供工具读取，github 用于代码批注",
    "print the policies with nothing left unsaid": "输出补全了所有默认值的方案",
    "errors only, no advice on what is legal": "只报错误，不提改进建议",
    "write what is certain into the files": "把只有一种改法的问题直接改到文件里",
    "show what --fix would write, and write nothing": "只显示 --fix 会改什么，不写文件",
    "Run the policy tests (*.test.yaml) at PATHS (default: here).": "运行 PATHS 中的方案测试（*.test.yaml），默认为当前文件夹。",
    (
        "A failure is one line: the case, what was expected, what came out. "
        "Ends with 4 where a case fails or a test is wrong in itself."
    ): ("每个失败占一行：用例、期望值、实际值。有用例失败或测试本身有误时退出码为 4。"),
    "run the cases whose names contain this text": "只运行名称中含有这段文字的用例",
    "show every case, and the trace of failures": "列出每个用例，并显示失败用例的计算过程",
    "write JUnit XML": "写出 JUnit XML 文件",
    "do not tell which rows no case reaches": "不列出没有测到的行",
    (
        "Draw the targets (targets.yaml) of the cycle in the folder CYCLE with what was reached."
    ): "画出文件夹 CYCLE 的目标分解（targets.yaml）与完成情况。",
    (
        "Actuals come from the cycle's tables and roll up as targets.yaml says; "
        "a part without a figure says so, and whatever is above it too. Ends "
        "with 0 where all is well, 1 where there are warnings, 3 where targets "
        "or policies have mistakes, 2 where a file cannot be used."
    ): (
        "实际值来自本周期的数据表，按 targets.yaml 的规定逐级汇总；缺数据的一份会标明，"
        "它的上级也会标明。正常时退出码为 0，有警告时为 1，目标或方案有误时为 "
        "3，文件不能使用时为 2。"
    ),
    "how it is laid out": "输出格式",
    (
        "only the breakdowns that lead to this dimension, and nothing below it"
    ): "只显示到这一维度为止的分解",
    (
        "Write the workbook that HR fills in, for a policy, a folder of them, or a cycle."
    ): "为一份方案、一个方案文件夹或一个考核周期生成供 HR 填写的工作簿。",
    (
        "A cycle's workbook has its people and the values that there are; `perfrules "
        "evaluate` reads it back. With --per the forms of a cycle go to a folder, to be sent "
        "out; `perfrules collect` reads them back. Ends with 2 where the workbook exists or "
        "a file cannot be read, 3 where a policy cannot be used, 1 where the table of raters "
        "has mistakes or somebody gets no form."
    ): (
        "周期的工作簿中已有人员和现有的数值，填好后由 `perfrules evaluate` "
        "读回。加 --per 时，把周期的填写表写入文件夹，发给个人或评分人，收回后由 `perfrules collect` "
        "读回。工作簿已存在或文件无法读取时退出码为 2，方案不能使用时为 3，评分关系表有误、或有人没有可用的方案而不能生成表时为 1。"
    ),
    "a cycle's forms to send out, a locked workbook for each person or each rater": (
        "生成发给填写人的表：person 每人一份，rater 每位评分人一份"
    ),
    "the workbook, or the folder of forms": "工作簿，或存放填写表的文件夹",
    (
        "Read the filled-in forms in the folder FORMS into the tables of CYCLE."
    ): "把 FORMS 文件夹中填好的表收入考核周期 CYCLE 的数据表。",
    (
        "Says who is missing, and which cells were left empty. Where a form has an error "
        "nothing is written, unless --clean is given. What the tables have already is not "
        "overwritten without --replace. Ends with 1 where there are errors, 2 where a file "
        "cannot be read or written, 3 where a policy cannot be used."
    ): (
        "列出未交的人和未填的格。有一份表有错误，就不写入任何内容，除非加 --clean；"
        "表中已有的值，不加 --replace 不会覆盖。有错误时退出码为 1，文件无法读写时为 2，"
        "方案不能使用时为 3。"
    ),
    "write the tables into this folder, and leave those of the cycle": (
        "把表写入这个文件夹，不改动周期的表"
    ),
    "say what would be written, and write nothing": "只说明会写入什么，不写入",
    "take the forms without errors, and leave the others": "只收没有错误的表，其余不收",
    "take forms that ask by policies changed since": "收下方案改动之前发出的表",
    "put what forms say in the place of what tables have": "以收回的表为准，替换已有的值",
    "end with 1 where forms or values are missing": "有未交或未填时，退出码为 1",
    "replace a workbook that is there": "覆盖已有的工作簿",
    "write the papers of a department, to be signed": "生成部门的各种表单，供签字",
    "Write the papers of KIND, to be handed out and signed.": "生成 KIND 所指的文件，供分发和签字。",
    (
        "strategy, breakdown, confirmation, actions, change, tracking and handbook are made of the "
        "folder of a CYCLE; appraisal, payout and feedback of RESULTS. Each is one file for all, or "
        "one for each person; `perfrules verify` on their folder finds a figure that was edited."
    ): (
        "strategy 战略目标承接表、breakdown 目标拆解表、confirmation 目标确认书、actions 行动计划表、"
        "change 目标调整申请表、tracking 过程跟踪表和 handbook 方案说明书按周期文件夹 CYCLE 生成；"
        "appraisal 评估与绩效表、payout 激励兑现表和 feedback 反馈表按结果文件夹 RESULTS 生成。"
        "有的全体一份，有的每人一份；改动过的数字可用 `perfrules verify` 查出。"
    ),
    "a person, a team or a department, by id or name; or all": "人员、团队或部门，可写编号或名称；all 为全体",
    "how it is laid out; docx is for Word and WPS, xlsx for Excel and WPS": "输出格式；docx 用于 Word 和 WPS，xlsx 用于 Excel 和 WPS",
    "the folder of files; - prints Markdown or HTML": "存放文件的文件夹；写 - 则直接输出 Markdown 或 HTML",
    "one file with everybody's papers, to print": "所有人的放在一个文件中，便于打印",
    "of tracking: the day to look at": "过程跟踪表截至哪一天",
    "payroll: the payout as id, name, amount; blank: an empty form of change": "payroll：兑现表只列工号、姓名、金额；blank：空白的目标调整申请表",
    "Evaluate the cycle in the folder CYCLE (cycle.yaml and its tables).": "计算文件夹 CYCLE 中的考核周期（cycle.yaml 及其数据表）。",
    (
        "Ends with 0 where everybody has a result, 5 where somebody's data "
        "are at fault (they are listed, the others have their results), 3 where "
        "a policy cannot be used, 2 where a file cannot."
    ): (
        "所有人都有结果时退出码为 0；有人的数据有误时为 5（会列出这些人，其他人照常出结果"
        "）；方案不能使用时为 3，文件不能使用时为 2。"
    ),
    "the result folder": "结果文件夹",
    "a row for everybody, however many": "无论多少人，每人一行全部列出",
    "accept tables above 50 MiB or 1 000 000 rows": "允许超过 50 MiB 或 100 万行的数据表",
    (
        "the result folder of an earlier run, which stays; deltas.csv tells what differs"
    ): "上一次计算的结果文件夹，予以保留；差异写入 deltas.csv",
    "sign the manifest with this private key (perfrules keygen)": "用这把私钥（perfrules keygen 生成）给 manifest.json 签名",
    "how many processes judge; the results are the same": "用几个进程计算，结果相同",
    "how many rows the sheets of scores in the workbook may have": "工作簿中“指标得分”各表最多几行",
    "how many processes work the records out": "用几个进程重算各条记录",
    "write the result folder and print no table": "只写结果文件夹，不打印表格",
    (
        "Show how the cycle in the folder CYCLE stands, by the rows of its table of progress."
    ): "按进度表显示文件夹 CYCLE 的考核周期进展。",
    (
        "Each week or month is compared with its own target; then come the "
        "warnings of the policies, the milestones of targets.yaml, the figures "
        "that are still missing, and the deadlines. Ends with 1 where there "
        "is a warning, a milestone missed, a figure late or a row at fault, "
        "0 where there is none, 3 where a policy cannot be used, 2 where a "
        "file cannot."
    ): (
        "每周或每月与当期目标相比；然后列出方案的预警、targets.yaml 的里程碑、"
        "尚缺的数据和截止时间。有预警、里程碑未达成、数据逾期或某行有误时退出码为 "
        "1，都没有时为 0；方案不能使用时为 3，文件不能使用时为 2。"
    ),
    "the day to look at: later rows are left out": "截至哪一天：之后的行不计",
    "only what concerns this id": "只看这个工号",
    "text for people, json for tools, csv of the courses": "text 供人阅读，json 供工具读取，csv 为各期进度",
    (
        "Explain the result of PERSON (an id or a name) in the result folder RESULTS, step by step."
    ): "逐步解释结果文件夹 RESULTS 中 PERSON（工号或姓名）的结果。",
    (
        "Every number stands beside those it was made of, the policy line that "
        "decided, and the place in the data that it came from."
    ): "每个数字旁边都有它由哪些数字算出、由方案的哪一行决定、来自数据的哪个位置。",
    (
        "Write the feedback statement of PERSON (an id), or one file for everybody with a result."
    ): "生成 PERSON（工号）的绩效反馈表；不写工号则为每个有结果的人各生成一份。",
    (
        "A veto comes first, then highlights, then gaps, each with its figures, then what "
        "is missing to the next grade, and room for measures and signatures. "
        "Nobody else is in it: no name, no rank."
    ): (
        "先写否决项，再写亮点和差距，都附数字；然后是距下一等级还差多少，以及改进措施和签字栏。"
        "其中没有其他人的姓名和名次。"
    ),
    (
        "One person's Markdown or HTML goes to stdout, unless --out names a folder."
    ): "只生成一个人的 Markdown 或 HTML 时直接输出；用 --out 指定文件夹则写入文件。",
    "how it is laid out; docx is for Word and WPS": "输出格式；docx 供 Word 和 WPS 使用",
    "one file with all statements, to print; not with PERSON": (
        "所有人的反馈表合为一个文件，供打印；不能同时指定 PERSON"
    ),
    "the folder of files": "写入文件的文件夹",
    "replace files that were filled in, or are not ours": "覆盖已填写过的文件，或不是由本软件生成的文件",
    (
        "List whom the calibration meeting should look at in the result folder RESULTS, and why."
    ): "列出结果文件夹 RESULTS 中校准会议应复核的人及原因。",
    (
        "Totals far from their group's mean, very high or low ones, jumps since "
        "the cycle before, raters who disagree. Nothing is changed. Ends with "
        "0 whether or not somebody is listed."
    ): (
        "包括：总分偏离所在组平均分、过高或过低、与上一周期相差很大、评分人意见不一。"
        "不改动任何结果。无论是否列出人员，退出码都是 0。"
    ),
    "whose mean a total is compared with": "总分与哪一组的平均分比较",
    "list totals further from the mean than so many standard deviations": "列出偏离平均分超过这么多个标准差的总分",
    "list totals above": "列出高于此分的总分",
    "list totals below": "列出低于此分的总分",
    "list totals that differ by more from the cycle before": "列出与上一周期相差超过此分的总分",
    "list indicators whose ratings are further apart": "列出评分相差超过此分的指标",
    "the result folder of the cycle before": "上一周期的结果文件夹",
    (
        "Check the result folder RESULTS again: files, seals, chain, and each step of each trace."
    ): "重新复核结果文件夹 RESULTS：文件、封印、链条，以及每份计算过程的每一步。",
    (
        "The steps are worked out again by a checker that shares no code with "
        "the evaluator (perfrules/checker, a folder of plain Python). A folder of papers, as "
        "`perfrules feedback` and `perfrules paper` write it, is held against what they are of. Ends "
        "with 6 where anything differs, 2 where there is no such folder, 1 where --odd lists "
        "something."
    ): (
        "由不与计算程序共用代码的复核程序（perfrules/checker，纯 Python）逐步重算。"
        "`perfrules feedback` 和 `perfrules paper` 写出的文件夹，则与其所依据的结果或周期比对。"
        "有任何不一致时退出码为 6，没有这个文件夹时为 2，--odd 列出了内容时为 1。"
    ),
    "the cycle's folder: compare its files too, and evaluate it again": "周期文件夹：一并比对其中的文件，并重新计算",
    "list inputs too that pass and look wrong": "同时列出能通过检查但看起来不对的输入",
    "of a folder of papers: the results, where they are not beside it": "单据文件夹所依据的结果文件夹（不在旁边时）",
    "sign the manifest of the files with this private key (perfrules keygen)": "用这把私钥（perfrules keygen 生成）给反馈表的清单签名",
    "the public key (KEY.pub) of whoever has to have signed it": "应当签名的人的公钥（KEY.pub）",
    (
        "Make a private key in the file KEY and its public key in KEY.pub (Ed25519)."
    ): "生成私钥文件 KEY 和公钥文件 KEY.pub（Ed25519）。",
    (
        "The private key signs (`perfrules evaluate --sign KEY`) and stays with whoever answers "
        "for the results. The public key goes to everybody who verifies (`perfrules verify "
        "--signed-by KEY.pub`). A file that is there is never overwritten; it ends with 2 then."
    ): (
        "私钥用来签名（`perfrules evaluate --sign KEY`），由对结果负责的人保管；公钥交给复核的人"
        "（`perfrules verify --signed-by KEY.pub`）。已有的文件不会覆盖，此时退出码为 2。"
    ),
    (
        "Print the JSON Schema NAME for editors and other tools; without NAME, list them."
    ): "输出名为 NAME 的 JSON Schema，供编辑器等工具使用；不写 NAME 则列出所有名称。",
    (
        "Print the page of WORD: the code of a finding, a key of the language, or a topic."
    ): "查看 WORD 的说明：诊断代码、方案中的键，或某个主题。",
    (
        "A Chinese word prints the key that it means, the name of a command "
        "its help. Without WORD, the list of commands. Ends with 2 where there "
        "is no such page."
    ): (
        "写中文词则显示它所指的键，写命令名则显示该命令的帮助；不写 WORD 则列出所有命令。"
        "没有相应说明时退出码为 2。"
    ),
    (
        "Write the report of the result folder RESULTS for those who decide, one HTML page."
    ): "根据结果文件夹 RESULTS 生成给决策者看的报告，只有一个 HTML 文件。",
    (
        "Head count, who is missing and why, totals, grades against the quotas, groups side by "
        "side, managers' strictness, pay, pay curves, trend, outliers, follow-ups: pictures with "
        "their data. No script, no network; it prints on A4. Names stand where few are meant."
    ): (
        "人数、未出结果的人及原因、总分、等级与名额、部门团队岗位对比、上级评分宽严、奖金、激励曲线、"
        "趋势、应复核的人、后续跟进：图下都有数据。不含脚本、不联网，可打印在 A4 纸上；只在人数少的地方"
        "列出姓名。"
    ),
    "the result folder of an earlier cycle, for the trend; may be given again": (
        "以前周期的结果文件夹，用于趋势；可以写多个"
    ),
    "the folder of the cycle, whose history is part of the trend": (
        "周期文件夹，其 history 计入趋势"
    ),
    "a CSV file with plan, department, budget, against which pay is held": (
        "预算表（CSV，列为项目、部门、预算），用于与发放金额对比"
    ),
    "the file, - for stdout": "输出文件，- 为标准输出",
    "replace a file that is there": "覆盖已有的文件",
    (
        "Tell what the cycle in the folder CYCLE would come to under other rules."
    ): "测算文件夹 CYCLE 中的周期在另一套规则下会怎样。",
    (
        "Who changes grade, whose pay moves, and the total pay before and after, by change of the "
        "rules: files first, then values, each on top of those before it. Everybody is judged "
        "again, with quotas, awards and pools. No result is written."
    ): (
        "列出谁的等级会变、谁的奖金会变、奖金总额前后各是多少，并按每项规则变动分列：文件在前，"
        "单个值在后，依次叠加。强制分布、奖项、奖金池都重新计算。不写出任何结果。"
    ),
    (
        "Ends with 0 where everybody has a result, 5 where somebody has none, 3 where a policy "
        "cannot be used as it is or as changed, 2 where a file cannot."
    ): (
        "人人有结果时退出码为 0，有人没有结果为 5，方案本身或改动后不能使用为 3，文件不能使用为 2。"
    ),
    "change one value of a policy; may be given again": "改方案中的一个值；可以写多次",
    (
        "another version of a policy, in the place of the one with its id; may be given again"
    ): "方案的另一个版本，代替标识相同的那一份；可以写多次",
    (
        "only a person, a team or a department, by id or name"
    ): "只看一个人、一个团队或一个部门，写编号或名称",
    (
        "list so many people; json lists all unless this is given"
    ): "列出多少个对象；json 不写此项则全部列出",
    (
        "write it to this file, which is replaced, instead of printing it"
    ): "写入这个文件（覆盖原文件），不打印",
}
