"""A policy in plain sentences, without anybody's record: what is measured, how it scores, what it
pays, who is compared with whom, what follows.

`of_policy` gathers the chapters; each file beside it tells one kind of rule. All is read from the
resolved policy, in which nothing is left unsaid, so a sentence is never guessed from a default.
Every key of the language leaves its mark here: a test changes each value of a policy that uses them
all and asks for another text.
"""
