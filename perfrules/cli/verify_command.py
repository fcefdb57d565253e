"""`perfrules verify RESULTS`: every trace and every hash once more, independently."""

from pathlib import Path
from typing import cast

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.progress import Progress
from perfrules.cli.talk import language_option, print_findings, say
from perfrules.codes.code import Language, Text
from perfrules.records.verify import verify

__all__ = ["command"]


@click.command("verify")
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--inputs", type=click.Path(path_type=Path),
    help="the cycle's folder: compare its files too, and evaluate it again",
)  # fmt: skip
@language_option
@click.pass_obj
def command(language: str, results: Path, inputs: Path | None) -> None:
    """Check the result folder RESULTS again: files, seals, chain, and each step of each trace.

    The steps are worked out again by a checker that shares no code with the evaluator
    (perfrules/checker, a folder of plain Python). Ends with 6 where anything differs, 2
    where there is no such folder.
    """
    progress = Progress(cast(Language, language), Text("正在复核", "verifying"))
    found = verify(results, inputs, progress)
    progress.close()
    print_findings(found, language)
    if not results.is_dir():
        raise click.exceptions.Exit(Exit.USAGE)
    if any(one.severity == "error" for one in found):
        say(Text("复核未通过", "verification failed"), language)
        raise click.exceptions.Exit(Exit.UNVERIFIED)
    done = progress.done
    text = Text(
        f"复核通过：{done} 份计算过程逐步重算一致，所有文件与清单一致",
        f"verified: {done} traces worked out again step by step, all files as in the manifest",
    )
    click.echo(text.into(cast(Language, language)))
