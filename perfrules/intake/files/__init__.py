"""From the bytes of a file to rows of texts with their numbers, one module a format.

The only place that knows encodings, CSV, JSON and openpyxl, and what a file may not be: too large,
locked, a bomb. What the texts mean it does not ask.
"""
