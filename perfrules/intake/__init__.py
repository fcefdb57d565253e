"""From a cycle's folder to scorecards: cells -> tables -> people -> their figures.

The only room that knows CSV, spreadsheets and how people write numbers in them. A row that is
wrong is its person's problem and nobody else's; a value that is missing stays missing.
`from_tables` is its table of contents.
"""
