"""The language: numerals, dates, names, titles, sentences.

May import nothing but diagnostic. Law: pure functions of text.
"""
