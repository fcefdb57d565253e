"""One result in sentences: its head, its overview, a block for each subject, with the places.

`to_outline` builds the outline that the layouts of `screens` print; nothing is worded twice.
"""
