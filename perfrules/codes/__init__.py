"""What perfrules can say about a mistake: every diagnostic code with its sentences.

One file a stage, each a table from code to `Code`; `catalogue` puts them together.
This room knows no other: a sentence here is filled by whoever finds the mistake.
"""
