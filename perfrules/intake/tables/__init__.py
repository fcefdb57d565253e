"""From rows of texts to tables whose columns are known, in Chinese or English, long or wide.

Which table a file or sheet is, by its name and by what stands in it; which column is which. What
stands in the cells it does not ask, nor whose rows they are.
"""
