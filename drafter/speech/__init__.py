"""What a speech is: parts, headings, numbers; blocks as they stand on paper; and what each paragraph of one is.

May import chinese. Law: laying out what was recognised gives the same paragraphs.

How is a heading told? By `recognise`, for every command: `by_roles` takes our own blocks at their word, `by_words`
tells the others with `headings`, `cues` (how things are said) and `marks` (一、 （一） 1. …, the one matcher of numbers).
`levels` weighs which list stands below which, `headings` which lines stand alone, `unmarked` which have no mark,
`run_in` where a heading ends that its text follows, `inner` the lists inside a paragraph.

What a paragraph is called, by what it is for:

    Block (block)            one Word paragraph, role and spans: where readers end and writers start
    Line (block)             the same as recognised: role, level, kind; what rules and `format` look at
    SpeechRow (rows)         the same while it is being recognised by its words, Recognised what was told of it
    Paragraph, Item (draft)  the same as leaves and branches of the tree of a Draft, which analysis and layouts walk
    Growing (items)          an Item that is not finished
    Text (outline.blank)     a text of an outline, cut at its blanks
    _Piece (check.paragraphs) a paragraph of a text file, with the places its characters came from
    Paragraph (word.text)    the words of a w:p, with the leaves they stand in
    Tokens (word.tokens)     a paragraph cut into what a merge compares; Row in revise.merge, a paragraph of two
    versions Unit (analysis.compare)  a paragraph or item as compared, with its number and place
"""
