"""From a step to a sentence, in Chinese and in English.

The only room where a trace becomes prose, and no arithmetic is done in it: a sentence shows what
a step holds. `of_step` finds the words of a step, the files beside it have them by subject, and
`explanation/` puts the sentences of one result in order for whoever lays them out.
"""
