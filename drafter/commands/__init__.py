"""Every command under its own name: a request in, a result out, no word printed. Here files are opened, the clock is
read, answers are asked for.

May import every room but the doors. Law: commands do not import each other, save the small ones they share.
"""
