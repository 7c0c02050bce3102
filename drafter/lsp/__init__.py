"""The editor's door: what an editor asks by the Language Server Protocol. `server` has what it may ask, `buffers` what
it has open, `actions` and `protocol` the answers in the protocol's words; `drafter.commands.assist` works them out.

May import `drafter.commands` and `drafter.diagnostic`. Law: a door decides nothing; only this room knows pygls.
"""
