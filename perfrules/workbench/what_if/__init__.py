"""What a cycle would come to under other rules.

    arguments ─asked─▶ drafts of clauses ─steps─▶ policies, step by step ─simulate─▶ Simulation

The cycle is read once, and judged again after each clause by the code that judges it for good.
Nothing here decides a score, and nothing is written.
"""
