"""Forms that go out and come back: one workbook for each person, or for each rater.

`form_plan` is what a form is made of, `person_form` and `rater_form` plan one of each kind from
what the cycle asks, `write_form` writes it. They are read back by `perfrules.intake.forms`.
"""
