"""The workbook's first sheet: a cycle at a glance, on one page, and the figures beneath it.

`blocks` is what a part of it is: a small table and the chart that is drawn over it. `of_totals`,
`of_grades`, `of_groups` and `of_pay` make blocks of the figures in `papers.overview`, `of_missing`
says who has no result; `charts` draws native Excel charts, whose every figure stands in a cell;
`write_overview` lays it all out. However many people there are, only aggregates are shown; of
many groups the ends stand here, and the other sheets have everybody.
"""
