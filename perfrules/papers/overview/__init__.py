"""A cycle in figures: what the report for those who decide and the workbook's first sheet tell.

`rows` is what there is of each subject, whatever it was read from: a `CycleResult`
(`from_result`) or a result folder (`records.report`). The other modules are pure functions over
these rows: `figures` (mean, median, quartiles, ranges), `groups` (departments, teams, roles side by
side), `grades` (before and after quotas), `pay` (by plan, by department). All figures are exact;
a mean that does not end is rounded, and says so. Nothing here is words or layout.
"""
