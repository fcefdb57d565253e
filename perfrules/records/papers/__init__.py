"""Papers of a cycle and of its results: which there are, their files, and whether these still hold.

`asked` says what can be asked for; `of_cycle` and `of_results` make the papers; `paper_manifest`
binds a folder of files to what they were made of; `verify_papers` makes each once more.
"""
