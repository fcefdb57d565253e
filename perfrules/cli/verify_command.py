"""`perfrules verify RESULTS`: every trace and every hash once more, independently."""

from pathlib import Path

import click

from perfrules.cli.exit_codes import Exit
from perfrules.cli.talk import language_option, print_findings, say
from perfrules.codes.code import Text
from perfrules.records.verify import verify

__all__ = ["command"]


@click.command("verify")
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--inputs", type=click.Path(path_type=Path),
    help="the cycle's folder: compare the hashes of its files too",
)  # fmt: skip
@language_option
@click.pass_obj
def command(language: str, results: Path, inputs: Path | None) -> None:
    """Check the result folder RESULTS again: files, seals, chain, and each step of each trace.

    The steps are worked out again by a checker that shares no code with the evaluator
    (perfrules/checker.py, to be read in one sitting). Ends with 6 where anything differs.
    """
    found = verify(results, inputs)
    print_findings(found.findings, language)
    if found.findings.errors:
        say(Text("复核未通过", "verification failed"), language)
        raise click.exceptions.Exit(Exit.UNVERIFIED)
    traces, steps, files = found.traces, found.steps, found.files
    click.echo(
        {
            "zh": f"复核通过：{traces} 份轨迹、{steps} 个步骤、{files} 个文件，全部一致",
            "en": f"verified: {traces} traces, {steps} steps, {files} files, all agree",
        }[language]
    )
