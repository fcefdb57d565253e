"""The documents of a department: what is handed out before, during and after a cycle.

Each module makes one kind of paper, of goals, of progress, of a scorecard, or of stored records.
Nothing is judged here; what is added up (budgets, amounts by department) is added exactly.
"""
