"""Files from anywhere to blocks with hints: Word, text, Markdown, web pages, PDF.

May import word and speech. Law: a reader gives back every character of the speech, and says what it left out.
"""
