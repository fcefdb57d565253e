"""What everything else talks about: policies, scorecards, appraisals.

Frozen data without behaviour beyond reading itself, without input or output, and without
defaults: a policy here says everything (perfrules.language makes the shorthand explicit).
"""
