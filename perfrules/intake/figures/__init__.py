"""From rows to figures: actuals and targets, ratings, events, OKRs, and what was changed of them.

What a cell means is decided by the policy of the person whose row it is. A bad row costs nobody
but that person.
"""
