"""The workbook that HR fills in: a sheet a role, one row a person, a column a figure.

`plan` is what a sheet is made of, `from_policies` plans the workbook, `write_plan` writes it.
What stands in it is read back by `perfrules.intake.cycle_tables`.
"""
