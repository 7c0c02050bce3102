"""Blocks to files: Word, web page, text, Markdown.

May import word, template and speech. Law: what a writer wrote, a reader reads back.
"""
