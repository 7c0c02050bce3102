"""What strangers may send, tried by a machine: each target is `one(data)`, bytes in, nothing out.

A refusal (`Rejected`) is right; whatever else is raised is a finding, becomes a test where it belongs, and its input stays in
`corpus`. `tests/test_fuzz.py` plays the corpora, in CI too; `python -m fuzz NAME` (in `tests`) looks for more.
"""
