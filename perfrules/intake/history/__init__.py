"""The earlier cycles of everybody, from a table and from result folders, newest first.

`cycle_order` says which cycle was before which. What the two sources disagree about is said.
"""
