"""targets.yaml: the goals of a period, broken down to departments, teams and people.

What it says, what is wrong with it by itself, and whose targets it gives.
"""
