"""The resolved text of a policy says all of it: read again it is the same policy."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from strategies import policies, unit_policies

from perfrules.diagnostics import Findings
from perfrules.language.read import policy_in, read_policy
from perfrules.language.text.document import parse_document
from perfrules.language.to_resolved import resolved_json, resolved_yaml
from perfrules.model.policy import Policy

POLICIES = Path(__file__).parent.parent.parent / "policies"
REAL = sorted(POLICIES.glob("*.yaml"))


def read_again(policy: Policy) -> Policy:
    text = resolved_yaml(policy.resolved)
    document, findings = parse_document(text.encode(), "resolved.yaml")
    assert document is not None, text
    findings = Findings(findings)
    read = policy_in(document.root, lambda name: name, findings)
    # What was a warning is one the second time too.
    unexpected = [one.message() for one in findings.errors]
    assert not unexpected, (unexpected, text)
    assert read is not None
    return read.policy


def assert_says_all(policy: Policy) -> None:
    again = read_again(policy)
    assert again == policy
    assert resolved_json(again.resolved) == resolved_json(policy.resolved)
    assert again.digest == policy.digest
    assert resolved_yaml(again.resolved) == resolved_yaml(policy.resolved)


@given(policies())
def test_a_random_policy_survives_its_resolved_text(policy: Policy) -> None:
    assert_says_all(policy)
    assert_texts_only(policy)  # of the same policies, which take longer to make than to read


@given(unit_policies())
def test_a_random_policy_of_a_unit_survives_its_resolved_text(policy: Policy) -> None:
    assert_says_all(policy)


def assert_texts_only(policy: Policy) -> None:
    """No number of JSON, which other readers take for binary floating point, and no null; two
    spaces for each level, as JSON's own writer sets them."""

    def leaves(node: Any) -> list[Any]:
        if isinstance(node, dict):
            return [leaf for value in node.values() for leaf in leaves(value)]
        if isinstance(node, list):
            return [leaf for value in node for leaf in leaves(value)]
        return [node]

    text = resolved_json(policy.resolved)
    tree = json.loads(text)
    assert {type(leaf) for leaf in leaves(tree)} == {str}
    assert text == json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_a_real_policy_survives_its_resolved_text(path: Path) -> None:
    policy, findings = read_policy(path, POLICIES)
    assert policy is not None, [one.message() for one in findings.errors]
    assert_says_all(policy)


def test_there_are_real_policies() -> None:
    assert len(REAL) >= 5
