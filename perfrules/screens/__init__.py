"""What commands print, as text, Markdown, HTML or JSON: results explained, findings, summaries.

It lays out what `words`, results and findings say, and computes nothing.
"""
