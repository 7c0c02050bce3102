"""A draft that came back from Word: what it was made from, what its writer changed, and how new answers and outlines
flow in.

May import word, speech, outline and template. Law: no word a writer typed is lost.
"""
