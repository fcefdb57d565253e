"""From rows to who is judged: people, units, segments; whose a row is, and by which policy.

`roster` has everybody while the tables are read: the other rooms find a `Draft` there by its id
and add to it what they know, or what is wrong.
"""
