"""What a speech is: parts, headings, numbers; blocks as they stand on paper; and what each paragraph of one is.

May import chinese. Law: laying out what was recognised gives the same paragraphs.
"""
