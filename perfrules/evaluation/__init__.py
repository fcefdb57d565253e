"""The definition of the language: one subject, judged and explained.

Pure and obvious: a policy and a scorecard go in, an appraisal comes out. No defaults, no
options, no caches, no rounding that the policy does not name. Read it in the order of the
work: `attainment`, `scoring`, `grading`, `payout`; `evaluate` is the table of contents,
`trace` the notebook in which each step is written down, `expression` the calculator.
"""
