"""What people hold in their hands: statements, sheets and forms to fill in, workbooks of cycles.

A paper is made of results, of policies or of stored records and computes nothing. Sentences about
steps come from `words`.
"""
