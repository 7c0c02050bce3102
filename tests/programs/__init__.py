"""Programs that users write on `import drafter`: what the API is shaped by. `tests/test_programs_on_api.py` runs them all;
mypy reads them as it reads a user's."""
