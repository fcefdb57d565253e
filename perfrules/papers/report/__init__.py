"""The report for those who decide: one page of a cycle, with pictures, for a screen and for A4.

`facts` is what the page is made of, as `records.report` reads it out of a result folder. A module a
chapter makes `parts`: a title that says what is seen, a picture, the same figures as a table.
`chapters` puts them in order, `to_html` sets the page. Aggregates come first; names stand where
few are meant, and are cut, with a count, where a run is large.
"""
