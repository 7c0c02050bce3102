"""What a model is told to do where the command says what to type: by the code of the problem."""

import re

from drafter.diagnostic import Diagnostic

#: Code of a problem → what to do with these tools.
FOR_MODELS: dict[str, str] = {
    "name-not-found": "用 find_outline 按场合找，名称照它给的写。",
    "outline-not-found": "用 find_outline 按场合找，名称照它给的写。",
    "file-exists": "没有写，别人刚写了一份同名的；再来一次，会自动换名。",
    "no-record": "这份里没有 drafter 记的来历，不能 revise；可以 review、compare，或者用 renew 照它写今年的。",
    "answers-disagree": "要统一，就在 revise 的 answers 里给这个空一个回答。",
    "answer-filled-unfit": "在 revise 的 answers 里给一个合要求的回答。",
    "numbers-out-of-order": "没有动；要重新排好，用 revise 的 renumber。",
    "last-year-left": "用 review 一处处看，改好。",
    "passage-not-speech": "它只能放在 draft 的 pick 里，换上别的提纲的要求。",
    "no-requirements": "这份提纲没有分条的要求，pick 用不上。",
    "year-not-found": "在 renew 的 year 里写明是哪一年。",
    "year-not-this": "要按今年提议，在 renew 的 year 里写今年。",
    "several-papers": "只要一篇：renew 用 part 写第几篇；别的请人先分成几个文件。",
    "outline-not-usable": "照稿里记着的那一份看，不耽误。",
    "template-not-usable": "照稿里记着的那一份看，不耽误。",
    "file-open-elsewhere": "请人先在 Word 里关闭，再试一次。",
    "package-missing": "请人装上它。",
}

#: A remedy that is something to type in a terminal, which a model may not have.
_TYPED = re.compile(r"(?<![\w])(?:drafter [a-z]|--[a-z]|-[oO] )")


#: An option of the command line, of which a tool has an argument of the same name.
_OPTION = re.compile(r"(?<![\w-])--([a-z][a-z-]*)")


def for_models(problem: Diagnostic) -> Diagnostic:
    """The problem in words of these tools, with a remedy a model can take; none where the only one is a command."""
    problem = problem._replace(message=_OPTION.sub(r"\1", problem.message))
    if problem.code == "file-exists":  # the rest is options of the command line
        problem = problem._replace(message=problem.message.partition("换个名字")[0])
    if problem.code in FOR_MODELS:
        return problem._replace(hint=FOR_MODELS[problem.code])
    if _TYPED.search(problem.hint):
        kept = [part for part in re.split(r"(?<=[。；])|\n", problem.hint) if part.strip() and not _TYPED.search(part)]
        return problem._replace(hint="".join(kept).rstrip("；"))
    return problem
