"""The door for language models: what a model asks by the Model Context Protocol, over standard input and output. `server`
speaks the protocol, `worker` is the process that does what is asked, `tools` lists what may be asked; `outlines`, `writing` and
`reading` call the commands and say what came of it, `folders` keeps to the folders a person has named.

May import `drafter.commands` and `drafter.diagnostic`. Law: a door decides nothing; only `server` knows the protocol's SDK; a
file outside the named folders is neither read nor written, and none is written over.
"""
