"""For policy authors: lint, policy tests and their coverage, what a change of the rules would do.

Reads policies and runs the evaluator; knows nothing of result folders or of how findings
are printed.
"""
