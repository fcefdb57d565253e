"""Codes of policy tests: what can be wrong with a test itself."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["TESTING"]

TESTING: Final[dict[str, Code]] = {
    "expects-nothing": Code(
        Text("用例 `{name}` 没有写任何期望", "the case `{name}` expects nothing"),
        Text("请在 expect 中写出结果", "say under `expect` what should come out"),
    ),
    "no-cases": Code(
        Text(
            "`{path}` 中没有测试文件（*.test.yaml）", "there are no tests (*.test.yaml) in `{path}`"
        ),
    ),
    "unknown-in-test": Code(
        Text(
            "`{name}` 不是考核方案中的指标或事件",
            "`{name}` is no indicator or event of the policy",
        ),
        Text("可用的名称：{known}", "the names are {known}"),
    ),
    "no-policy-in-test": Code(
        Text("测试没有写 policy", "the test does not say which policy it tests"),
        Text(
            "请加上 policy: ../sales.yaml，或直接写出考核方案",
            "add `policy: ../sales.yaml`, or write the policy in place",
        ),
    ),
}
