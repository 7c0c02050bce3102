"""A static table: a few bits for each of some keys, three slots a key, nothing for what is no key.

The slots of a key are the remainders of three primes, each in its third of the table. The value of a key, proof and all,
is what its slots give when they are combined by exclusive or. To fill them, keys that have a slot of their own are taken
away, round after round, until none is left; the last one taken is written first.
"""

import numpy as np

#: Slots a key; fewer than 1.23 cannot be filled.
ROOM = 1.24


def build(keys: np.ndarray, values: np.ndarray) -> tuple[list[int], list[bytes]]:
    """The primes and the thirds of the table, for different keys below 2⁶⁴ and values from 1 to 31."""
    primes = _primes(len(keys) * ROOM / 3)
    ends = np.cumsum([0, *primes])
    size = int(ends[3])
    slots = np.stack(
        [(keys % np.uint64(p)).astype(np.int64) + int(end) for p, end in zip(primes, ends[:3], strict=True)]
    )
    many, mixed = np.zeros(size, np.int64), np.zeros(size, np.int64)
    for row in slots:
        many += np.bincount(row, minlength=size)
        np.bitwise_xor.at(mixed, row, np.arange(len(keys)))
    rounds, left = [], len(keys)
    alone = np.flatnonzero(many == 1)
    while len(alone):
        taken, first = np.unique(mixed[alone], return_index=True)
        rounds.append((taken, alone[first]))
        left -= len(taken)
        for row in slots[:, taken]:
            np.subtract.at(many, row, 1)
            np.bitwise_xor.at(mixed, row, taken)
        touched = np.unique(slots[:, taken])
        alone = touched[many[touched] == 1]
    if left:
        raise ValueError(f"{left} keys have no slot of their own: make ROOM larger")
    proof = (keys >> np.uint64(30)) & np.uint64(0xFFE0)
    wanted = proof.astype(np.uint16) ^ values.astype(np.uint16)
    table = np.zeros(size, "<u2")
    for taken, free in reversed(rounds):
        first, second, third = slots[:, taken]
        table[free] = wanted[taken] ^ table[first] ^ table[second] ^ table[third]
    return primes, [table[ends[n] : ends[n + 1]].tobytes() for n in range(3)]


def _primes(least: float) -> list[int]:
    """The three first primes from a number on."""
    found: list[int] = []
    n = int(least) | 1
    while len(found) < 3:
        if all(n % d for d in range(3, int(n**0.5) + 1, 2)):
            found.append(n)
        n += 2
    return found
