"""Checks a document against a JSON Schema of the package; each mistake is one finding.

jsonschema finds the mistakes, `shape_errors` says them in the user's words and places.
"""

import functools
import itertools
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from perfrules.diagnostics import Findings
from perfrules.installed import schemas
from perfrules.language.shape_errors import ShapeErrors
from perfrules.language.text.dates import BadDate, read_date
from perfrules.language.text.document import Node, to_plain
from perfrules.language.to_schema import laid_out, policy_schema

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

__all__ = ["SCHEMAS", "check_schema", "schema_text"]

SCHEMAS: Final = ("policy", "policy-test", "cycle", "targets", "trace", "group")
MAX_ERRORS: Final = 100


def schema_text(name: str) -> str:
    """The text of the schema `name`, one of `SCHEMAS`."""
    if name not in SCHEMAS:
        raise KeyError(name)
    if name == "policy":
        return laid_out(policy_schema()) + "\n"
    return (schemas() / f"{name}.schema.json").read_text("utf-8")


def check_schema(
    document_root: Node, schema_name: str, findings: Findings, definition: str | None = None
) -> None:
    """Reports where the node is not as the schema, or one of its definitions, wants it."""
    errors = ShapeErrors(document_root, findings)
    found = _validator(schema_name, definition).iter_errors(to_plain(document_root))
    for error in itertools.islice(found, MAX_ERRORS + 1):
        errors.add(error)
    errors.report(MAX_ERRORS)


@functools.cache
def _validator(name: str, definition: str | None) -> "Validator":
    # jsonschema takes longer to import than most commands take to run.
    from jsonschema import Draft7Validator, ValidationError, validators
    from referencing import Registry

    def repeated(_: Any, wanted: Any, instance: Any, __: Any) -> Iterator[ValidationError]:
        """`uniqueItems` in linear time, and each error at its item."""
        if not wanted or not isinstance(instance, list):
            return
        seen = set()
        for index, item in enumerate(instance):
            if isinstance(item, dict | list):
                continue
            if item in seen:
                yield ValidationError("repeated", path=[index])
            seen.add(item)

    def meaning(validator: Any, code: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        """`x-code`: what no pattern can say, such as that February has no day 30."""
        if code == "bad-date" and isinstance(instance, str):
            bad = read_date(instance)
            # What the pattern refuses is reported once, by the pattern.
            if isinstance(bad, BadDate) and validator.evolve(
                schema={"pattern": schema.get("pattern", "")}
            ).is_valid(instance):
                yield ValidationError("no such day")

    extend: Any = validators.extend
    extended = extend(Draft7Validator, {"uniqueItems": repeated, "x-code": meaning})
    whole = policy_schema() if name == "policy" else json.loads(schema_text(name))
    schema: Any = whole
    definitions = schema["definitions"]
    _resolve(schema, definitions)
    if definition is not None:
        schema = definitions[definition]
    # An empty registry: a reference that leaves the file is an error, never a download.
    validator: Validator = extended(schema, registry=Registry())
    return validator


def _resolve(node: Any, definitions: dict[str, Any]) -> None:
    """Puts the definitions in the place of the references to them, once.

    Looking a reference up took a third of the time of a check. What stands beside a `$ref` says
    nothing to a validator.
    """
    todo, seen = [node], set()
    while todo:
        node = todo.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        for key, below in list(node.items() if isinstance(node, dict) else enumerate(node)):
            found = below
            while isinstance(found, dict) and isinstance(found.get("$ref"), str):
                found = node[key] = definitions[found["$ref"].removeprefix("#/definitions/")]
            if isinstance(found, dict | list):
                todo.append(found)
