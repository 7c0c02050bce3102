"""The proof-reader: papers, rules, findings, fixes and where each is told. `rules/` holds one rule a file, `data/`
their tables.

May import speech, chinese and outline (for papers). Law: a fix made twice is a fix made once.
"""
