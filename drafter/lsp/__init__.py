"""The editor's door: what an editor asks by the Language Server Protocol. `assist` answers, `server` speaks the protocol.

May import `drafter.commands` and the pure rooms it asks. Law: a door decides nothing; only `server` knows pygls.
"""
