"""Codes of reading a text file: its bytes, its YAML, its plain values, what it extends."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["DOCUMENT"]

_QUOTE_AN_ID: Final = Text(
    "编号、证件号之类请整体加引号；数字请写成普通小数，例如 1000 或 0.5",
    "put an id in quotes; write a number as plain digits such as 1000 or 0.5",
)

_FILES: Final[dict[str, Code]] = {
    "file-not-found": Code(
        Text("找不到文件 `{path}`", "there is no file `{path}`"),
        Text("请检查路径和文件名", "check the path and the name"),
    ),
    "no-such-page": Code(
        Text("没有关于 `{word}` 的说明", "there is no page on `{word}`"),
        Text(
            "可以查诊断代码、方案中的键，以及这些主题：{topics}",
            "there are pages on codes, on keys, and on: {topics}",
        ),
    ),
    "not-a-file": Code(
        Text("`{path}` 不是普通文件", "`{path}` is not a plain file"),
        Text("请写出文件夹中具体的文件", "name a file inside it"),
    ),
    "unreadable-file": Code(
        Text("无法读取文件 `{path}`", "the file `{path}` cannot be read"),
        Text("请检查访问权限，或文件是否被占用", "check its permissions, and whether it is in use"),
    ),
    "too-large-document": Code(
        Text("文件过大，上限为 {limit}", "the file is larger than {limit}"),
        Text("请拆成几个文件", "split it into several files"),
    ),
    "utf-16-document": Code(
        Text("文件是 UTF-16 编码，需要 UTF-8", "the file is UTF-16, UTF-8 is needed"),
        Text(
            "请在编辑器中另存为 UTF-8，或用 iconv -f UTF-16 -t UTF-8 转换",
            "save it as UTF-8 in an editor, or convert it with iconv -f UTF-16 -t UTF-8",
        ),
    ),
    "gbk-document": Code(
        Text(
            "文件不是 UTF-8 编码，看起来是 GBK（GB18030）",
            "the file is not UTF-8, it looks like GBK (GB18030)",
        ),
        Text(
            "请在编辑器中另存为 UTF-8，或用 iconv -f GB18030 -t UTF-8 转换",
            "save it as UTF-8 in an editor, or convert it with iconv -f GB18030 -t UTF-8",
        ),
    ),
    "not-utf-8": Code(
        Text(
            "文件不是 UTF-8 编码，第 {byte} 个字节有误",
            "the file is not UTF-8: byte {byte} is wrong",
        ),
        Text("请在编辑器中另存为 UTF-8", "save it as UTF-8 in an editor"),
    ),
}

_SHAPE: Final[dict[str, Code]] = {
    "empty-document": Code(
        Text("文件中没有内容", "the file is empty"),
        Text(
            "可用 perfrules init 生成一套可以直接使用的示例",
            "`perfrules init` writes a set of files to start from",
        ),
    ),
    "not-a-mapping": Code(
        Text(
            "文件的最外层应为 `键: 值`，这里是{found}",
            "the file begins with {found} where `key: value` is expected",
        ),
        Text("第一行可以写 policy: sales", "the first line could be `policy: sales`"),
    ),
    "several-documents": Code(
        Text(
            "一个文件只能写一份内容，这里由 `---` 开始了第二份",
            "`---` begins a second document here",
        ),
        Text("请拆成两个文件，或删去 ---", "split the file in two, or take the `---` out"),
    ),
    "too-deep": Code(
        Text("嵌套超过 {limit} 层", "more than {limit} levels stand inside each other"),
    ),
    "too-many-values": Code(
        Text("文件中的值超过 {limit} 个", "the file has more than {limit} values"),
        Text("请拆成几个文件", "split it into several files"),
    ),
    "text-too-long": Code(
        Text("一段文字超过 {limit} 个字符", "a text is longer than {limit} characters"),
        Text("请检查是否漏写了右引号", "perhaps a closing quote is missing"),
    ),
    "too-many-mistakes": Code(
        Text(
            "问题过多，只列出前 {limit} 个", "there are more mistakes, the first {limit} are shown"
        ),
        severity="note",
    ),
    "anchor-not-allowed": Code(
        Text(
            "不能使用 YAML 的锚点和引用：`{text}`",
            "anchors and aliases of YAML cannot be used: `{text}`",
        ),
        Text(
            "请把内容再写一遍，或放进公共文件后用 extends 引用",
            "write it out again, or move it to a shared file and use `extends`",
        ),
    ),
    "tag-not-allowed": Code(
        Text("不能使用 YAML 标签：`{text}`", "tags of YAML cannot be used: `{text}`"),
        Text("请删去标签；文字以 ! 开头时请加引号", "take it out, or put the text in quotes"),
    ),
    "merge-key": Code(
        Text("不能使用 YAML 的合并键 `<<`", "the merge key `<<` of YAML cannot be used"),
        Text("公共内容请用 extends 引用", "use `extends` for what files share"),
    ),
    "duplicate-key": Code(
        Text(
            "键 `{key}` 重复，第 {line} 行已经写过", "the key `{key}` already stands in line {line}"
        ),
        Text("请只保留一个", "keep one of the two"),
    ),
    "key-not-text": Code(
        Text("键应为文字，这里是{found}", "a key is a text, here it is {found}"),
    ),
    "boolean-key": Code(
        Text(
            "键 `{key}` 没有加引号，其他 YAML 软件会读成“是”或“否”",
            "without quotes other readers of YAML take the key `{key}` for true or false",
        ),
        Text('请写成 "{key}":', 'write `"{key}":`'),
        severity="warning",
    ),
}

_VALUES: Final[dict[str, Code]] = {
    "not-a-number": Code(
        Text("`{text}` 不是可用的数字", "`{text}` is not a number"),
        Text(
            "数字写成 80、0.5 这样，不加引号和单位；允许百分比之处可写 40%",
            "a number is written 80 or 0.5, without quotes or a unit; "
            "40% where a percentage is allowed",
        ),
    ),
    "leading-zero": Code(
        Text(
            "`{text}` 以 0 开头，无法确定是数字还是编号",
            "`{text}` begins with a zero: it could be a number or an id",
        ),
        _QUOTE_AN_ID,
    ),
    "exponent-number": Code(
        Text("不能使用科学计数法 `{text}`", "numbers with an exponent cannot be used: `{text}`"),
        _QUOTE_AN_ID,
    ),
    "digit-grouping": Code(
        Text("数字 `{text}` 中有分隔符", "the number `{text}` has separators between its digits"),
        _QUOTE_AN_ID,
    ),
    "number-too-long": Code(
        Text(
            "数字 `{text}` 过长：小数点前最多 15 位，小数点后最多 10 位",
            "the number `{text}` is too long: 15 digits before the point and 10 behind it at most",
        ),
        _QUOTE_AN_ID,
    ),
    "full-width-number": Code(
        Text("数字 `{text}` 中有全角字符", "the number `{text}` has full-width characters"),
        Text("请切换到半角（英文）输入法重新输入", "type it again in half-width characters"),
    ),
    "bad-date": Code(
        Text("`{text}` 不是可用的日期", "`{text}` is not a date"),
        Text("日期写成 2024-07-01 这样", "a date is written 2024-07-01"),
    ),
    "no-such-day": Code(
        Text(
            "`{text}` 不存在：{year} 年 {month} 月没有 {day} 日",
            "`{text}` does not exist: month {month} of {year} has no day {day}",
        ),
    ),
    "invisible-character": Code(
        Text("此处有看不见的字符 {found}（{kind}）", "there is an invisible {found} here ({kind})"),
        Text("请删去后重新输入", "delete it and type the text again"),
    ),
    "full-width-space": Code(
        Text("此处是全角空格", "there is a full-width space here"),
        Text("请换成普通空格", "use a plain space"),
    ),
    "full-width-colon": Code(
        Text("`{text}` 后面用了全角冒号", "a full-width colon stands behind `{text}`"),
        Text(
            "请写成 {text}: ，冒号用半角，后面加一个空格",
            "write `{text}: ` with a plain colon and a space",
        ),
    ),
    "full-width-comma": Code(
        Text("此处用了中文标点 `{found}` 分隔", "`{found}` separates nothing in YAML"),
        Text("请换成半角逗号加空格", "use a plain comma and a space"),
    ),
    "curly-quotes": Code(
        Text(
            "中文引号 `{text}` 会成为内容的一部分", "the curly quotes of `{text}` become part of it"
        ),
        Text('请写成 "{inside}"', 'write `"{inside}"`'),
        severity="warning",
    ),
}

_SYNTAX: Final[dict[str, Code]] = {
    "tab-indent": Code(
        Text("此处用了 Tab 缩进", "there is a tab here"),
        Text("请改用空格缩进，每层两个空格", "indent with spaces, two a level"),
    ),
    "no-space-after-colon": Code(
        Text("`{text}:` 后面缺少空格", "there is no space behind `{text}:`"),
        Text("请在冒号后加一个空格", "put a space behind the colon"),
    ),
    "missing-colon": Code(
        Text("`{text}` 不是 `键: 值` 的写法", "`{text}` is not written as `key: value`"),
        Text("请补上冒号和空格，或检查缩进", "add a colon and a space, or check the indentation"),
    ),
    "missing-comma": Code(
        Text("此处缺少逗号", "a comma is missing here"),
        Text("各项之间用逗号加空格分隔", "a comma and a space stand between two entries"),
    ),
    "quote-expression": Code(
        Text(
            "`{text}` 含有 YAML 的特殊符号，需要加引号",
            "`{text}` has a special character of YAML and needs quotes",
        ),
        Text("请写成 {fix}", "write {fix}"),
    ),
    "quote-not-closed": Code(
        Text("这里的引号没有结束", "the quote that opens here is not closed"),
        Text("请补上右引号", "add the closing quote"),
    ),
    "bracket-not-closed": Code(
        Text("括号 `{bracket}` 没有结束", "the bracket `{bracket}` is not closed"),
        Text("请补上对应的右括号", "add the closing bracket"),
    ),
    "bracket-not-opened": Code(
        Text("多了一个括号 `{bracket}`", "the bracket `{bracket}` closes nothing"),
        Text("请删去，或补上对应的左括号", "take it out, or add the opening bracket"),
    ),
    "bad-escape": Code(
        Text("双引号中的反斜杠写法 `{text}` 无效", "`{text}` means nothing inside double quotes"),
        Text("请改用单引号", "use single quotes"),
    ),
    "bad-indent": Code(
        Text("此行的缩进与上文对不上", "the indentation of this line does not fit the lines above"),
        Text(
            "同一层的键要左对齐，每层缩进两个空格",
            "keys of one level begin in one column, two spaces a level",
        ),
    ),
    "bad-yaml": Code(
        Text("此处的写法无法读懂", "this cannot be read as YAML"),
        Text("请检查缩进、冒号、引号和括号", "check the indentation, colons, quotes and brackets"),
    ),
    "cut-by-comment": Code(
        Text(
            "` #` 之后都是注释，表达式只剩下 `{text}`",
            "what follows ` #` is a comment, only `{text}` is left of the expression",
        ),
        Text("如果 # 属于表达式，请整体加引号", "put the whole expression in quotes"),
    ),
}

_EXTENDS: Final[dict[str, Code]] = {
    "extends-circle": Code(
        Text("文件互相引用，形成循环：{circle}", "files extend each other in a circle: {circle}"),
        Text("请去掉其中一个 extends", "take one `extends` out"),
    ),
    "extends-outside": Code(
        Text(
            "`{text}` 不在方案文件夹之内，不能引用",
            "`{text}` lies outside the folder of policies",
        ),
        Text(
            "请写相对于本文件的路径，例如 shared/base.yaml",
            "write a path relative to this file, such as shared/base.yaml",
        ),
    ),
    "extends-missing": Code(
        Text("找不到引用的文件 `{text}`", "there is no file `{text}` to extend"),
        Text("路径从本文件所在的文件夹算起", "the path begins at the folder of this file"),
    ),
    "extends-too-deep": Code(
        Text("extends 超过 {limit} 层", "more than {limit} files extend one another"),
    ),
}

DOCUMENT: Final[dict[str, Code]] = {**_FILES, **_SHAPE, **_VALUES, **_SYNTAX, **_EXTENDS}
