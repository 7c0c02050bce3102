"""The outline language: from YAML to a checked outline, filled to a speech, and back to YAML.

May import speech and chinese. Law: parse(dump(o)) == o.
"""
