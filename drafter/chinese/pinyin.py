"""What was typed without an input method: whole syllables (laoganbu), their beginnings (laogb), initials (lgb)."""

from functools import cache

from drafter.chinese.readings import READINGS

#: A syllable of 汉字 has no more letters.
LONGEST = 6


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """How each character is read, mostly in one way."""
    out: dict[str, tuple[str, ...]] = {}
    for row in READINGS.split("\n"):
        syllable, _, characters = row.partition(" ")
        for c in characters:
            out[c] = (*out.get(c, ()), syllable)
    return out


def met(typed: str, text: str, begin: int = 0) -> tuple[float, int]:
    """How much of the syllables from `begin` on is typed (0 to 1; 1 where all is), and where they end; 0 where it means
    no two characters there, or not all of what is typed."""
    known = readings()

    def best(at: int, left: str, letters: int) -> tuple[float, int]:
        if not left:
            return (len(typed) / letters, at) if at - begin > 1 else (0.0, begin)
        found = (0.0, begin)
        for said in known.get(text[at], ()) if at < len(text) else ():
            share = 0
            while share < min(len(said), len(left)) and said[share] == left[share]:
                share += 1
            for length in range(share, 0, -1):
                found = max(found, best(at + 1, left[length:], letters + len(said)))
        return found

    return best(begin, typed, 0)


def sounds_alike(word: str, other: str) -> bool:
    """Whether two words of as many characters are read alike."""
    known = readings()
    return len(word) == len(other) and all(
        a == b or set(known.get(a, ())) & set(known.get(b, ())) for a, b in zip(word, other, strict=True)
    )
