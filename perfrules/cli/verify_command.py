"""`perfrules verify RESULTS`: every trace and every hash once more, independently."""

from pathlib import Path
from typing import Final, cast

import click

from perfrules.cli.at_least_one import at_least_one
from perfrules.cli.exit_codes import Exit
from perfrules.cli.progress import Progress
from perfrules.cli.spoken_help import Failed
from perfrules.cli.talk import ended_by, language_option, print_findings, say
from perfrules.codes.code import Language, Text
from perfrules.cycle.many_cores import all_cores
from perfrules.diagnostics import Diagnostic
from perfrules.records.odd import odd_inputs
from perfrules.records.papers.paper_manifest import are_papers
from perfrules.records.papers.verify_papers import verify_papers
from perfrules.records.read import read_results
from perfrules.records.signing import PublicKey, Signature, public_key, signature_of
from perfrules.records.verify import verify

__all__ = ["command"]


@click.command("verify")
@click.argument("results", type=click.Path(path_type=Path))
@click.option(
    "--inputs", type=click.Path(path_type=Path),
    help="the cycle's folder: compare its files too, and evaluate it again",
)  # fmt: skip
@click.option("--odd", is_flag=True, help="list inputs too that pass and look wrong")
@click.option(
    "--results", "of", type=click.Path(path_type=Path), envvar="PERFRULES_VERIFY_RESULTS",
    help="of a folder of papers: the results, where they are not beside it",
)  # fmt: skip
@click.option(
    "--signed-by", type=click.Path(path_type=Path),
    help="the public key (KEY.pub) of whoever has to have signed it",
)  # fmt: skip
@click.option("--jobs", type=int, metavar="N", callback=at_least_one,
    envvar="PERFRULES_VERIFY_JOBS",
    help="how many processes work the records out  [default: all cores]",
)  # fmt: skip
@language_option
@click.pass_obj
def command(
    language: str, results: Path, inputs: Path | None, odd: bool, of: Path | None,
    signed_by: Path | None, jobs: int | None,
) -> None:  # fmt: skip
    """Check the result folder RESULTS again: files, seals, chain, and each step of each trace.

    The steps are worked out again by a checker that shares no code with the evaluator
    (perfrules/checker, a folder of plain Python). A folder of papers, as `perfrules
    feedback` and `perfrules paper` write it, is held against what they are of. Ends with 6 where
    anything differs, 2 where there is no such folder, 1 where --odd lists something.
    """
    key = None if signed_by is None else public_key(signed_by)
    if isinstance(key, Diagnostic):
        raise ended_by((key,), language)
    progress = Progress(cast(Language, language), Text("正在复核", "verifying"))
    papers = are_papers(results)
    if papers and odd:
        raise Failed(
            Text("--odd 用于结果文件夹", "--odd is for result folders, and this is one of papers")
        )
    if of is not None and not papers:
        raise Failed(
            Text(
                "--results 用于 perfrules feedback 和 perfrules paper 写出的文件夹",
                "--results is for folders that perfrules feedback or perfrules paper wrote",
            )
        )
    if papers:
        found = verify_papers(results, of, inputs, progress, key)
    else:
        found = verify(results, inputs, progress, key, jobs or all_cores())
    progress.close()
    print_findings(found, language)
    if not results.is_dir():
        raise click.exceptions.Exit(Exit.USAGE)
    if any(one.severity == "error" for one in found):
        say(Text("复核未通过", "verification failed"), language)
        raise click.exceptions.Exit(Exit.UNVERIFIED)
    text = _PAPERS if papers else _RESULTS
    click.echo(text.into(cast(Language, language)).format(progress.done))
    click.echo(_signed(results, key).into(cast(Language, language)))
    if odd:
        _tell_odd(results, language)


def _tell_odd(results: Path, language: str) -> None:
    """Lists the inputs that look wrong; ends with 1 where there are any."""
    folder, _ = read_results(results)
    found = [] if folder is None else list(odd_inputs(folder))
    print_findings(found, language)
    count = len(found)
    text = Text(f"看起来不对的输入：{count} 处", f"inputs that look wrong: {count}")
    click.echo(text.into(cast(Language, language)))
    if found:
        raise click.exceptions.Exit(Exit.FINDINGS)


_RESULTS: Final = Text(
    "复核通过：{} 份计算过程逐步重算一致，所有文件与清单一致",
    "verified: {} traces worked out again step by step, all files as in the manifest",
)
_PAPERS: Final = Text(
    "复核通过：所有文件与清单一致，其中 {} 份重新生成后相同",
    "verified: all papers as in the manifest, {} of them made again, and the same",
)


def _signed(folder: Path, key: PublicKey | None) -> Text:
    """Who answers for what was verified."""
    found = signature_of(folder)
    if not isinstance(found, Signature):
        return Text(
            "完好，但未签名：能写这个文件夹的人，也能另做一份同样完好的",
            "intact, but not signed: whoever can write the folder can make another that is intact",
        )
    if key is None:
        return Text(
            f"已签名（密钥指纹 {found.key}），但未核对签名：请用 --signed-by 给出公钥",
            f"signed (key {found.key}), and the signature was not checked: name the public key "
            "with --signed-by",
        )
    return Text(
        f"签名相符：{key.path}（指纹 {key.fingerprint}）",
        f"signed by {key.path} (fingerprint {key.fingerprint})",
    )
