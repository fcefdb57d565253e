"""How text is set: columns of a terminal, Markdown, an HTML page. It escapes what would act.

It knows nothing of policies and results, so that screens and papers can share it.
"""
