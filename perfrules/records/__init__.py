"""Result folders: written so that nothing is half written, and checked again to the last byte.

`write` makes a folder, `read` opens one, `verify` trusts none of it. How a trace or a workbook
looks is not known here: whoever writes a folder hands in the functions that make them. A
damaged folder is a finding, never an exception.
"""
