"""The command line: argv in, exit code out, one file for each group of commands and `show_…` for what a person reads.

May import `drafter.commands` and what it needs to print. Law: a door decides nothing.
"""

from drafter.startup import process_is_ours, programs_not_from_here, without_collecting

process_is_ours()
without_collecting()  # before everything else is imported
programs_not_from_here()
