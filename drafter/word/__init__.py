"""WordprocessingML: packages, parts, their markup, and edits in them that leave everything else as it was.

May import speech, template and chinese. Law: what is not understood is kept, byte for byte.
"""
