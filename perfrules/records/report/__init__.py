"""A result folder -> what the report for those who decide is made of.

The tables are read as a whole; the traces are large, and only those of their steps are read that
no table has (grades before quotas, ratings, the figures that pay curves look at). The files that
are read have to be those that the manifest names; whether they are right is for `verify` to say.
"""
