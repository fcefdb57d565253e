"""From results to readers. No arithmetic here: a report shows what a step holds.

`words` is the only place where a trace becomes prose; the others lay it out: as text, as
Markdown, as HTML, as JSON, as a workbook.
"""
