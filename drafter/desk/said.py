"""What a page says to do where the command says what to type: by the code of the problem."""

#: Code of a problem → what to do on a page.
FOR_PAGES: dict[str, str] = {
    "answer-behind-differs": "以看得见的为准，不用管；更新一次，两处就对上了。",
    "answer-filled-unfit": "在“更新”里给一个合要求的回答，或者在 Word 里改。",
    "answers-disagree": "要统一，就在“更新”里给这个空一个回答。",
    "file-exists": "换一个名字。",
    "file-kind-unknown": "用 Word 或 WPS 打开，另存为 .docx，再拖进来。",
    "last-year-left": "在“校对”里一处处看。",
    "merge-unlike": "换成对的文件；确实是同一篇、改得很大的，在下面打勾照样合。",
    "merge-names": "每一份来稿写上是哪个单位改的，不要写成一样的。",
    "merge-nothing": "发出去的选作送审稿，各家改回来的打勾。",
    "merge-twice": "每份文件只选一次。",
    "merge-no-table": "把当时写的意见汇总表放进来。",
    "ledger-missing": "要用这里汇总出来、在 Word 里接受或拒绝以后存下的那份。",
    "no-record": "可以校对、排版、定稿，或者照它写新的。",
    "numbers-out-of-order": "没有动；要按现在的次序重新排好，在“更新”里勾“把序号重新排好”。",
    "outline-not-usable": "照稿里记着的那一份看，不耽误。",
    "template-not-usable": "照稿里记着的那一份看，不耽误。",
    "record-damaged": "知道是用哪份提纲写的，可以在“更新”里重新连上。",
    "record-newer": "请管起草台的人换成新版本。",
    "record-of-another": "粘贴来的字照原样留着；更新一次，多出来的来历就去掉了。",
    "revisions-refused": "不想要的，在提纲里改；手改的字都留着。",
}
