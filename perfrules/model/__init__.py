"""What everything else talks about: policies, scorecards, appraisals.

Frozen data without behaviour beyond reading itself, without input or output. Each key of the policy
language is declared here once, on the field that holds its value (`declared`); what stands in
where a key is absent is said there too, and made explicit by perfrules.language: an object of the
model says everything.
"""
