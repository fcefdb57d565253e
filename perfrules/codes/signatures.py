"""Codes of keys and signatures, and of statements that are verified."""

from typing import Final

from perfrules.codes.code import Code, Text

__all__ = ["SIGNATURES"]

SIGNATURES: Final[dict[str, Code]] = {
    "no-cryptography": Code(
        Text(
            "没有安装 cryptography，无法使用密钥",
            "keys cannot be used, cryptography is not installed",
        ),
        Text("请运行 pip install 'perfrules[sign]'", "`pip install 'perfrules[sign]'`"),
    ),
    "key-exists": Code(
        Text("`{path}` 已经存在，没有覆盖", "`{path}` is there already and was left as it is"),
        Text(
            "请换一个文件名；覆盖了旧的私钥，就再也不能用它签名",
            "name another file; an old private key that is overwritten can never sign again",
        ),
    ),
    "unreadable-key": Code(
        Text("读不到密钥文件 `{path}`", "the key `{path}` cannot be read"),
        Text(
            "请核对路径；没有密钥时，用 `perfrules keygen` 生成一对",
            "check the path; `perfrules keygen` makes a pair of keys",
        ),
    ),
    "not-that-key": Code(
        Text(
            "这里需要 Ed25519 {wanted}，`{path}` 是：{found}",
            "`{path}` is {found}, here {wanted} is needed (Ed25519)",
        ),
        Text(
            "签名（--sign）用私钥 KEY，复核（--signed-by）用公钥 KEY.pub；私钥不要交给别人",
            "`--sign` takes the private key KEY, `--signed-by` the public key KEY.pub; "
            "the private key is for nobody else",
        ),
    ),
    "not-signed": Code(
        Text("没有签名：缺少 `{path}`", "it is not signed: there is no `{path}`"),
        Text(
            "请向出具结果的人索取签过名的文件夹（`evaluate --sign`）",
            "ask whoever made it for the folder with its signature (`evaluate --sign`)",
        ),
    ),
    "signed-by-another": Code(
        Text(
            "签名用的是另一把密钥（指纹 {found}），不是 {key}（指纹 {fingerprint}）",
            "it was signed with another key (fingerprint {found}), not that of {key} "
            "(fingerprint {fingerprint})",
        ),
        Text(
            "请核对公钥是否拿错；若没有拿错，就不是那个人签的，不要使用这份结果",
            "see whether the public key is the right one; if it is, somebody else signed: "
            "do not use the results",
        ),
    ),
    "wrong-signature": Code(
        Text(
            "签名与 manifest.json 不符（公钥 {key}）",
            "the signature does not fit manifest.json (key {key})",
        ),
        Text(
            "签名之后有人改动过结果，不要使用；请向签名的人索取原来的文件夹",
            "the folder was changed after it was signed: do not use it, ask whoever signed it for "
            "the one that was signed",
        ),
    ),
    "edited-statement": Code(
        Text(
            "文件 `{path}` 写出之后有人改过",
            "`{path}` was edited after it was written",
        ),
        Text(
            "请在打印件或另存的副本上填写；要重新生成，再次运行原来的命令并加 --force",
            "fill in a printed sheet or a copy elsewhere; the command that wrote it writes it anew "
            "with `--force`",
        ),
    ),
    "other-results": Code(
        Text(
            "这些文件不是按 `{path}` 的结果写的",
            "these papers are not of the results in `{path}`",
        ),
        Text(
            "结果在那之后重新计算过：请重新生成这些文件，已签字的作废",
            "the results were evaluated anew since: write the papers again, and withdraw those "
            "that were signed",
        ),
    ),
    "statement-differs": Code(
        Text(
            "`{path}` 的内容与重新生成的{subject}的文件不同",
            "`{path}` is not the paper of {subject} that comes out when it is made again",
        ),
        Text(
            "有人改了文件，又让摘要相符：请重新生成，并查明谁改的",
            "somebody edited it and made the digest fit: write it again, and find out who did",
        ),
    ),
    "statement-unchecked": Code(
        Text(
            "没有把 `{path}` 与重新生成的比较：{reason}",
            "`{path}` was not made again to be compared: {reason}",
        ),
        Text(
            "请用写它的那个版本、装好所需软件包后再复核",
            "verify again with the version that wrote it, and with the package installed",
        ),
        severity="warning",
    ),
    "other-inputs": Code(
        Text(
            "这些文件不是按 `{path}` 现在的数据写的",
            "these papers are not of what stands in `{path}` now",
        ),
        Text(
            "周期文件夹在那之后有改动：文件中的数字因此不同的，请重新生成、重新签字；"
            "只是后来补填了别的数据的，已签字的仍然有效",
            "a file of the cycle has changed since: where a figure of a paper is another now, have "
            "it written and signed again; where only other data came in, what was signed stays",
        ),
    ),
    "cycle-not-found": Code(
        Text(
            "`{path}` 不是周期文件夹，没有与数据比较",
            "`{path}` is no folder of a cycle, so nothing was compared with its data",
        ),
        Text("请用 --inputs 写出周期文件夹", "name the folder of the cycle with `--inputs`"),
        severity="warning",
    ),
    "results-not-beside": Code(
        Text(
            "旁边没有这些文件所依据的结果文件夹，没有与结果比较",
            "the results that these papers are of are not beside them, so nothing was compared "
            "with results",
        ),
        Text("请用 --results 写出结果文件夹", "name the result folder with `--results`"),
        severity="warning",
    ),
}
