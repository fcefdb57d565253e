"""The columnar twin: the language's definition in `evaluation/` once more, for whole tables.

The same policy becomes expressions over columns of scaled integers, file for file beside its
model: `attainment`, `scoring`, `weighing`, `grading`, `payout`, `pay_limits`; `evaluate` is the
table of contents. What it has of its own: `cells` (a column of a table -> scaled integers),
`lanes` (integers whose range is known, so that none can overflow), `sheet` (the columns that are
worked out, stage by stage), `from_row` and `run` (rows that go to the reference).

It may only ever do one of three things: give what the reference gives; hand a row to the
reference (a value that is missing, a target of nought, whatever is not plain); or refuse the
policy, with the line and the reason, before the first row. It knows no reference of its own:
whoever calls it hands one in.
"""
