"""How a speech is laid out and looks: `layout.j2` to blocks, `styles.yaml` to numbers with units.

May import outline and speech. Law: every number of a template has a unit.
"""
