"""The command line: one file a command, nothing computed here.

stdout is data, stderr is talk. Everything a command says exists in Chinese and English.
"""
