"""From files to the model: text -> document -> policy, tables -> scorecards.

`text/` makes trees of YAML, `data/` makes scorecards of tables, and the modules beside them
make policies. The only room that knows YAML, JSON Schema and spreadsheets, and the only one
that makes shorthand and defaults explicit. It finds mistakes and never repairs one in silence.
`read.py` is its table of contents.
"""
