"""A whole cycle: from its folder to the appraisals of everybody in it.

It reads nothing itself and judges nobody: `reading` makes scorecards, `evaluation` judges them
one by one. What concerns several subjects, or a cycle as a whole, is decided here. Nothing
is printed and nothing is written.
"""
