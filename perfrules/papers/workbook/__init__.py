"""The workbook of a cycle's result, appraisals.xlsx: what a director opens and HR filters.

`write_workbook` puts the sheets together: `results`, `scores`, `rejected` and `notes` say what
stands on each, `book` writes them with their page setup, `columns` says what a column is. People
and units stand on separate sheets, a column that nobody fills is left out, everything is in one
language.

Rows are written as they come and kept by nobody, so that 300 000 people fit into memory. Excel
holds numbers as binary floats of 15 digits: a figure of more digits is written as text. There are
no formulas, since a formula's stored value can say something else; the exact record is the CSV
file and the traces beside the workbook. `verify` writes the workbook once more and compares.
"""
