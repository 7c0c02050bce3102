"""Where words stand in a paper, as a person finds them there: one form for all commands, for people and for programs."""

from typing import NamedTuple, TypedDict

#: Characters of words that are quoted to say which place is meant.
QUOTED = 40


class SpotData(TypedDict):
    """A place for programs. `page` and `paragraph`, that of the page, count from 1; `of` names what is no paragraph of the
    page (表格, 文本框, 页眉, 脚注 …) and `number` its row, or which note; `behind`: what is meant stands, or stood, behind that place;
    `line` and `column` are of a text file. null for what does not apply. `about`: an office program may see it a page
    later or earlier; `said` is the place in words, `words` what stands there."""

    page: int | None
    paragraph: int | None
    of: str | None
    number: int | None
    behind: bool
    line: int | None
    column: int | None
    about: bool
    said: str
    words: str


class Spot(NamedTuple):
    """A place, as `SpotData` tells it; 0 and "" for what does not apply."""

    words: str = ""
    page: int = 0
    paragraph: int = 0
    of: str = ""
    number: int = 0
    behind: bool = False
    line: int = 0
    column: int = 0
    about: bool = True

    def __str__(self) -> str:
        """In words: “约第 3 页第 2 段”; "" where nothing is known."""
        if self.line:
            return f"第 {self.line} 行" + (f"第 {self.column} 列" if self.column else "")
        page = f"{'约' if self.about else ''}第 {self.page} 页" if self.page else ""
        if self.of == TABLE:
            inside = f"{self.of}第 {self.number} 行" if self.number else self.of
        elif self.of:
            inside = f"{self.of} {self.number}" if self.number else self.of
        else:
            inside = f"第 {self.paragraph} 段" if self.paragraph else ""
        return page + inside + ("后面" if self.behind and (page or inside) else "")

    def quoted(self, most: int = QUOTED) -> str:
        """The place with the words that stand there: “约第 3 页第 2 段“……””."""
        flat = " ".join(self.words.split())
        words = f"“{flat if len(flat) <= most else flat[: most - 1] + '…'}”" if flat else ""
        return f"{self}{words}"

    def json(self) -> SpotData:
        """For programs."""
        return SpotData(
            page=self.page or None,
            paragraph=self.paragraph or None,
            of=self.of or None,
            number=self.number or None,
            behind=self.behind,
            line=self.line or None,
            column=self.column or None,
            about=self.about and bool(self.page),
            said=str(self),
            words=self.words,
        )


#: What is no paragraph of a page, by the names people give it.
TABLE, BOX = "表格", "文本框"
