"""The command line: a file of traces, the groups' records, the policies."""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .groups import check_group, claims_of, to_be_claimed, turns_of
from .policy import policy_of
from .record import MAX_RECORD, Json, Rejection
from .walk import check

__all__ = ["main"]

Policies = dict[str, tuple[Json, dict[str, str] | None]]
"""By label; each with the places in its file, where they are known."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks a file of traces; 0 where all is accepted, 6 where not, 2 where it cannot be read."""
    parser = argparse.ArgumentParser(prog="checker", description="checks traces of perfrules")
    parser.add_argument("traces", help="a trace a line (JSON)")
    parser.add_argument("--groups", help="the record of a group a line (JSON)")
    parser.add_argument("policies", nargs="+", type=Path, help="the resolved policies (JSON)")
    asked = parser.parse_args(arguments)
    try:
        work = Work(asked.policies)
        if asked.groups is not None:
            work.read_groups(asked.groups)
        work.read_traces(asked.traces)
    except (OSError, ValueError, KeyError, TypeError) as error:
        print(f"{asked.traces}: {error}", file=sys.stderr)
        return 2
    work.count_members(asked.groups)
    print(f"{work.accepted} accepted, {work.rejected} rejected", file=sys.stderr)
    return 0 if work.accepted and not work.wrong else 6


class Work:
    """What was read, and what was found."""

    def __init__(self, policies: Sequence[Path]) -> None:
        read = [policy_in(path) for path in policies if not path.name.endswith(".places.json")]
        self.policies: Policies = {f"{one[0]['policy']}@{one[0]['version']}": one for one in read}
        self.groups: dict[str, Json] | None = None
        self.rows: dict[str, int] = {}
        self.claims: Counter[tuple[str, str]] = Counter()
        self.turns: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.accepted = self.rejected = self.wrong = 0

    def say(self, file: str, row: int, found: Sequence[Rejection]) -> None:
        self.wrong += bool(found)
        for one in found:
            print(f"{file}:{row}: {one.step}: {one.zh} · {one.en}")

    def read_groups(self, file: str) -> None:
        """Keeps the groups that are accepted; who names another is rejected."""
        self.groups = {}
        resolved = {label: one for label, (one, _) in self.policies.items()}
        for row, line in lines_of(file):
            try:
                record = read_json(line)
                found = check_group(record, resolved)
            except Exception:  # as in `check`
                found = [Rejection("", "不是一条 JSON 记录", "not a record in JSON")]
            if not found and record["group"] in self.groups:
                found = [Rejection("", "该组已有一条记录", "there is a record of that group")]
            if not found:
                self.groups[record["group"]], self.rows[record["group"]] = record, row
            self.say(file, row, found)

    def read_traces(self, file: str) -> None:
        for row, line in lines_of(file):
            found = self.check_line(line)
            self.accepted += not found
            self.rejected += bool(found)
            self.say(file, row, found)

    def check_line(self, line: bytes) -> list[Rejection]:
        try:
            trace = read_json(line)
            policy = self.policies.get(f"{trace['policy']['id']}@{trace['policy']['version']}")
        except Exception:  # as in `check`
            return [Rejection("", "不是一条 JSON 记录", "not a record in JSON")]
        if policy is None:
            return [Rejection("", "没有给出该方案", "the policy that it names was not given")]
        found = check(trace, *policy, self.groups)
        if not found:
            self.claims.update(claims_of(trace))
            for group, turn in turns_of(trace):
                self.turns[group][turn] += 1
        return found

    def count_members(self, file: str) -> None:
        """Every member of a group is one subject, whose trace says so; no two come at the same
        turn where the last units of a pool are handed out."""
        for name, record in (self.groups or {}).items():
            policy = policy_of(self.policies[record["members"][0]["policy"]][0])
            found = []
            for member in to_be_claimed(record, policy):
                count = self.claims[name, member]
                if not count:
                    found.append(Rejection(member, "没有人是该成员", "nobody is this member"))
                elif count > 1:
                    zh, en = f"有 {count} 人自称该成员", f"{count} claim to be this member"
                    found.append(Rejection(member, zh, en))
            for turn, count in self.turns[name].items():
                if count > 1 and not found:  # who is one member twice has the same turn twice
                    zh, en = f"有 {count} 人排在同一位次", f"{count} come at the same turn"
                    found.append(Rejection(turn, zh, en))
            self.say(file, self.rows[name], found)


def lines_of(file: str) -> Iterator[tuple[int, bytes]]:
    with open(file, "rb") as opened:
        yield from enumerate(iter(lambda: opened.readline(MAX_RECORD), b""), 1)


def policy_in(path: Path) -> tuple[Json, dict[str, str] | None]:
    """A resolved policy, and the places that stand in `NAME.places.json` beside it."""
    places = path.with_name(f"{path.stem}.places.json")
    read = read_json(places.read_bytes()) if places.exists() else None
    return read_json(path.read_bytes()), read


def read_json(text: bytes) -> Any:
    """JSON without doubled keys, of which different readers would see different ones."""

    def once(pairs: list[tuple[str, Any]]) -> Json:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=once)
