"""How people write one value: numbers, percentages, dates, units, vague words.

A text goes in, a value comes out, or a `Refusal` that says why not. It knows of no file, no table
and nobody.
"""
