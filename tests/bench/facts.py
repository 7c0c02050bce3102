"""Every blank that `extract` would leave in speeches, each in its sentence, to be judged by reading: would it change when
the speech is used again, and does its name alone say what goes in?

    python tests/bench/facts.py FILE…

Of ten texts with reports among them some 300 are read in half an hour. For each file it also tells how many milliseconds
finding the facts took.
"""

import sys
import time
from pathlib import Path

from drafter.analysis.facts import findings
from drafter.commands.reading import read_speech
from drafter.outline.field import say
from drafter.speech.recognise import recognise


def main() -> None:
    for file in sys.argv[1:]:
        reading = read_speech(Path(file))
        draft = recognise(reading.blocks, reading.hints)
        begun = time.perf_counter()
        found = findings(draft)
        took = (time.perf_counter() - begun) * 1000
        print(f"== {file}: {len(found.facts)} blanks, {found.figures_left} figures left, {took:.0f} ms")
        for number, fact in enumerate(found.facts, 1):
            words = fact.said[0].words
            at = fact.sentence.find(words)
            around = f"{fact.sentence[max(0, at - 24) : at]}⟦{words}⟧{fact.sentence[at + len(words) :][:20]}"
            print(f"{number:4} {fact.kind:11} 【{fact.field.name}】{say(fact.value)} × {len(fact.said)}  {around}")


if __name__ == "__main__":
    main()
