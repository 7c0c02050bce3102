"""What a speech is: parts, headings, numbers; blocks as they stand on paper; and what each paragraph of one is.

May import chinese. Law: laying out what was recognised gives the same paragraphs.

How is a heading told? By `recognise`, for every command: `by_roles` takes our own blocks at their word, `by_words`
tells the others, each of these weighing named evidence over the whole paper:

    papers                   several papers in one file, each with a front of its own
    front, looks             title, subtitle, day, speaker, salutation, and what stands around them
    marks, levels            一、 （一） 1. … (the one matcher of numbers), and which list stands below which
    headings, unmarked       which numbered lines are headings, and which headings have no mark
    run_in, inner            where a heading ends that its text follows; lists inside a paragraph
    leads, kinds             what announces a list; how a speech opens, thanks, tells and closes
    apparatus, noise         what is not the speech's: captions, notes, a site's lines, imprints
    letterhead, official     heads and imprints of official papers; what `format` sets each paragraph as
    cues                     the words that tell, shared by all of these
    last                     what last year's paper said that still stands (`renew`)

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
