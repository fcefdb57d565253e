"""Random policies times random people at thresholds: equal cells by columns and by the reference.

`PERFRULES_TWIN_EXAMPLES=20000` looks at so many policies, each with up to eight people.
"""

import os
from collections import Counter

from compared import appraisals, compare
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from random_tables import CYCLE, card_of, covered_policies, table_of, tables_of_rows

from perfrules.columnar.refusal import NotColumnar
from perfrules.cycle.comparing import group_rules

EXAMPLES = int(os.environ.get("PERFRULES_TWIN_EXAMPLES", "100"))


def test_columns_and_reference_agree() -> None:
    seen: Counter[str] = Counter()
    reasons: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=bool(os.environ.get("CI")),
        # Making a counter-example smaller takes minutes; the policy and the row are printed.
        phases=[
            Phase.generate,
            *([Phase.shrink] if os.environ.get("PERFRULES_TWIN_SHRINK") else []),
        ],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.data())
    def agree(data: st.DataObject) -> None:
        policy = data.draw(covered_policies())
        rows = data.draw(tables_of_rows(policy))
        table = table_of(rows, as_text=data.draw(st.booleans()))
        seen["policies"] += 1
        cards = [card_of(row, table) for row in rows]
        try:
            found = compare(policy, table, cards, CYCLE)
        except NotColumnar as refused:
            seen["refused"] += 1
            reasons[refused.refusals[0].reason.en] += 1
            return
        seen["pairs"] += len(rows)
        sound = [one.complete for one in appraisals(policy, cards)]
        seen["compared"] += any(group_rules(policy))
        seen["sound"] += sum(sound)
        done = len(rows) - found.by_reference
        seen["by columns"] += done

    agree()
    print(dict(seen), dict(reasons))
    assert seen["refused"] <= seen["policies"] * 0.3, reasons
    assert seen["pairs"] >= 2 * EXAMPLES, seen
    assert seen["by columns"] >= seen["sound"] * 0.6, seen
