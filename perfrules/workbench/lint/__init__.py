"""What is legal and suspicious in a policy: one rule, one file.

A rule is a module with a function `find(policy, addresses)` that yields diagnostics whose
code is the file's name. Mistakes that keep a policy from being evaluated are not lint; they
are found by `perfrules.language.checks`.
"""
