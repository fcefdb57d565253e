"""A paper: what somebody is handed, looks at and signs, and the layouts that show it.

`parts` says what a paper is made of. Markdown, HTML, Word and Excel show the same paper and
nothing else; each file carries a mark by which one that was filled in is told from one that
nobody has touched.
"""
