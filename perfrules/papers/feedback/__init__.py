"""The feedback statement: what a person is told of their result, to be talked over and signed.

It is built from one stored record and its policy alone, so that it can hold nothing of anybody
else: no place in an order, no size of a group, no rating of a single rater. Markdown, HTML and
Word show the same statement.
"""
