"""For policy authors: lint, policy tests and their coverage.

Reads policies and runs the evaluator; knows nothing of result folders or of how findings
are printed.
"""
