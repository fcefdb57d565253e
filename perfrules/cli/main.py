"""The group of all commands, each loaded when it is called."""

import importlib
import os
import signal
import sys
from typing import Final

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.talk import LANGUAGE, default_language
from perfrules.version import __version__

__all__ = ["COMMANDS", "main", "run"]

COMMANDS: Final = {
    "init": "make a working start: policies, tests, a cycle folder · 生成起步样例",
    "check": "find mistakes in policies, tests and cycle folders · 检查考核方案",
    "test": "run policy tests, with coverage · 运行方案测试",
    "cascade": "draw the targets with what was reached · 目标分解与完成情况",
    "sheet": "write the workbook that HR fills in · 生成数据填报表",
    "evaluate": "evaluate a cycle and write the result folder · 计算一个考核周期",
    "track": "show progress, warnings, milestones, missing data · 跟踪进度与预警",
    "explain": "explain one person's result, step by step · 解释一个人的结果",
    "feedback": "write what people are told of their results · 生成绩效反馈表",
    "outliers": "list whom a calibration meeting should look at · 列出校准会议待复核名单",
    "verify": "check a result folder again, independently · 独立复核结果",
    "schema": "print a JSON Schema · 输出 JSON Schema",
}


class _Lazy(click.Group):
    """Knows the names and one line of every command; imports the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"perfrules.cli.{name}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "PERFRULES"},
)
@click.option(
    "--lang",
    type=LANGUAGE,
    default=default_language,
    envvar="PERFRULES_LANG",
    help="language of what is printed · 输出语言  [env: PERFRULES_LANG]",
)
@click.version_option(__version__, prog_name="perfrules")
@click.pass_context
def main(ctx: click.Context, lang: str) -> None:
    """Performance appraisal and incentive pay from YAML policies · 用 YAML 方案做绩效考核与激励.

    Exit codes: 0 fine, 1 findings, 2 usage or files, 3 a policy does not compile, 4 policy tests
    failed, 5 finished with rejected subjects, 6 verification failed, 130 interrupted.
    """
    ctx.obj = lang


def run() -> None:
    """Runs the command line; whatever happens ends in a sentence and an exit code."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `perfrules … | head` is no error
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        # Without its standalone mode click hands the exit code back.
        sys.exit(main(standalone_mode=False))
    except click.Abort:
        click.echo("interrupted · 已中断", err=True)
        sys.exit(Exit.INTERRUPTED)
    except KeyboardInterrupt:
        click.echo("interrupted · 已中断", err=True)
        sys.exit(Exit.INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.USAGE)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        click.echo(f"error: {name}{error.strerror or error}", err=True)
        sys.exit(Exit.USAGE)
    except Exception as error:
        if os.environ.get("PERFRULES_DEBUG"):
            raise
        click.echo(
            f"internal error · 内部错误: {type(error).__name__}: {error}\n"
            "this is a defect of perfrules; PERFRULES_DEBUG=1 shows where · "
            "这是 perfrules 的缺陷，设置 PERFRULES_DEBUG=1 可查看位置",
            err=True,
        )
        sys.exit(Exit.USAGE)
