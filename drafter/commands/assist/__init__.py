"""What an editor is told of the text in its buffer: faults with their ranges and what mends them (`faults`), what may
be typed here (`offers`), what a word means and where it is said (`meaning`), its parts and headings (`symbols`).

May import what any command may. Law: nothing here knows a protocol; a place is an offset into the buffer's text in
characters, and `sheet` turns it into the lines and columns of drafter and those of the editor.
"""
