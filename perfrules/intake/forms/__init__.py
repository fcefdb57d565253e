"""Forms that come back: what people are asked for, and how a filled-in form is read again.

A cell to fill in is a `Slot`: it names the table, the row and the column that its value becomes.
`cycle_forms` knows what a cycle asks of whom (`raters` who rates whom), `mark` is what a form says
of itself on a hidden sheet, `read_form` reads one file and `department_form` the sheets that
departments have always had, `collected` holds all forms of a folder against one another, and
`into_tables` puts the values into the tables. How a form looks is told in `perfrules.papers.forms`.
"""
