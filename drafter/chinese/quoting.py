"""Words of a text set between quotation marks in what the proof-reader says."""

#: A mark of quotation by itself is told by its name: between quotation marks nobody can see which one is meant.
_LONE = {"“": "前引号“", "”": "后引号”", "‘": "前单引号‘", "’": "后单引号’"}

#: Within quotation marks the double ones become single, and the single ones within those double again. Source: GB/T
#: 15834—2011, 4.8.3.4.
_INNER = str.maketrans("“”‘’", "‘’“”")


def quoted(words: str) -> str:
    """做到“两个维护” → “做到‘两个维护’”; a quotation mark alone by its name: ” → 后引号”."""
    if words in _LONE:
        return _LONE[words]
    return f"“{words.translate(_INNER) if '“' in words or '”' in words else words}”"
