"""The group of all commands, each loaded when it is called."""

import importlib
import os
import signal
import sys
from typing import Any, Final, NoReturn

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.spoken_help import Context, language_in, spoken_errors
from perfrules.cli.talk import LANGUAGE, default_language, say, spoken_here
from perfrules.codes.code import Text
from perfrules.version import __version__

__all__ = ["COMMANDS", "main", "run"]

COMMANDS: Final = {
    "init": "make a working start: policies, tests, a cycle folder",
    "check": "find mistakes in policies, tests and cycle folders",
    "upgrade": "rewrite old policies where they would now mean something else",
    "test": "run policy tests, with coverage",
    "cascade": "draw the targets with what was reached",
    "sheet": "write the workbook that HR fills in",
    "collect": "read filled-in forms into the tables of a cycle",
    "evaluate": "evaluate a cycle and write the result folder",
    "simulate": "tell what a cycle would come to under other rules",
    "track": "show progress, warnings, milestones, missing data",
    "explain": "explain one person's result, step by step",
    "paper": "write the papers of a department, to be signed",
    "feedback": "write what people are told of their results",
    "report": "write the report for those who decide",
    "outliers": "list whom a calibration meeting should look at",
    "verify": "check a result folder again, independently",
    "keygen": "make a pair of keys to sign results with",
    "schema": "print a JSON Schema",
    "help": "print the page of a finding's code, or of a key",
}


class _Lazy(click.Group):
    """Knows the names and one line of every command; imports the one that is called."""

    context_class = Context

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:  # fmt: skip
        """The language is known before anything is read, so that whatever is said is in it."""
        extra["obj"] = language_in(args, spoken_here())
        with spoken_errors(extra["obj"], list(COMMANDS)):
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with spoken_errors(ctx.obj, list(COMMANDS)):
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"perfrules.cli.{name}_command")
        command: click.Command = module.command
        command.context_class = Context
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
    expose_value=False,
    help="language of what is printed  [env: PERFRULES_LANG]",
)
@click.version_option(__version__, prog_name="perfrules", message="%(prog)s %(version)s")
def main() -> None:
    """Performance appraisal and incentive pay from YAML policies.

    Exit codes: 0 fine, 1 findings, 2 usage or files, 3 a policy does not compile, 4 policy tests
    failed, 5 finished with rejected subjects, 6 verification failed, 130 interrupted.
    """


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
    except (click.Abort, KeyboardInterrupt):
        _end(Text("已中断", "interrupted"), Exit.INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(Exit.USAGE)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        reason = error.strerror or str(error)
        _end(Text(f"错误：{name}{reason}", f"error: {name}{reason}"), Exit.USAGE)
    except Exception as error:
        if os.environ.get("PERFRULES_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        _end(
            Text(
                f"内部错误：{what}\n这是 perfrules 的缺陷，设置 PERFRULES_DEBUG=1 可查看位置",
                f"internal error: {what}\n"
                "this is a defect of perfrules; PERFRULES_DEBUG=1 shows where",
            ),
            Exit.USAGE,
        )


def _end(text: Text, code: Exit) -> NoReturn:
    say(text, language_in(sys.argv[1:], spoken_here()))
    sys.exit(code)
