"""Finished speeches: the facts in one, the outline of one, what several share, what changed from one to the next.

May import speech, outline and chinese, never Word. Law: an outline made of a speech gives that speech back to the
letter.
"""
