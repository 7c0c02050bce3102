"""The door for programs: what `import drafter` gives, `drafter.new(…) -> NewResult`. Keyword arguments become a Request, a
command is called, its Result handed over; what only a person is asked or shown is not here.

May import `drafter.commands` and `drafter.diagnostic`. Law: a door decides nothing. Without `output` nothing new is written,
and what was made is in the Result (`data`, `unsaved`); a refusal is `Rejected` and nothing else.
"""
