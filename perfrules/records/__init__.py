"""Result folders: written so that nothing is half written, and checked again to the last byte.

`write` makes a folder, `read` opens one, `verify` trusts none of it. What a trace or a workbook
looks like is known to `reports` alone. A damaged folder is a finding, never an exception.
"""
