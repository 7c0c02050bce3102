"""What an office keeps of its own: outlines, passages and tables copied from those that came with drafter, renamed, thrown
away and taken back (`files`), and edited with every saved text kept (`editing`).

May import what any command may. Law: what came with drafter is never written, and nothing that was written is lost: what
is replaced or thrown away lies below `存稿`.
"""
