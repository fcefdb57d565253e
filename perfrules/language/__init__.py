"""From policy text to a policy, and back to the text with nothing left unsaid.

`text/` makes trees of YAML; the modules beside it make policies of trees, by the declarations of
the model. The only room that knows YAML and JSON Schema, and that makes shorthand and defaults
explicit. It finds mistakes and never repairs one in silence. It knows nothing of tables, people
or results. `read.py` is its table of contents.
"""
