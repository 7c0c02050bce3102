"""The outline language as one table: the parser's keys, the JSON Schema editors use, and the manual all come from
it."""

from functools import cache
from typing import Any, NamedTuple


class Word(NamedTuple):
    """A key of the language. `where` is the mapping it stands in, `shape` what its value looks like, `zh` and `en` what
    it says."""

    where: str
    name: str
    shape: str
    zh: str
    en: str


WORDS: tuple[Word, ...] = (
    Word("outline", "title", "text", "标题", "the title; it also names the file"),
    Word("outline", "dateline", "text", "题注里的日期一行", "the date line under the title"),
    Word("outline", "byline", "text", "题注里的职务、姓名一行", "the line with the speaker's post and name"),
    Word("outline", "dateline-first", "yes/no", "题注里日期在职务、姓名之前", "the date line stands above the speaker's"),
    Word("outline", "about", "words", "这份提纲用在什么场合", "what the outline is for, shown in lists"),
    Word("outline", "genre", "words", "文种，例如 培训班开班讲话", "the kind of speech"),
    Word("outline", "also", "list", "别名：人们怎么叫这个场合，找提纲时照样找得到", "what else the occasion is called, for the search"),
    Word("outline", "numbering", "numbering", "每一级序号的样子，照第一条写", "a sample of the numbering, one a level"),
    Word("outline", "template", "words", "默认用哪个模板", "the template to set it with"),
    Word("outline", "extends", "words", "沿用另一份提纲，本文件里写了的以本文件为准", "another outline this one starts from"),
    Word("outline", "fields", "fields", "要填的空", "the blanks and what to ask for each"),
    Word("outline", "speech", "parts", "讲话的各个部分，按先后次序", "the parts of the speech, in order"),
    Word("outline", "passage", "passage", "一段备选的要求，供各份提纲选用（代替 speech）",
        "a requirement to choose and combine (instead of speech)"),
    Word("field", "ask", "words", "问题", "the question"),
    Word("field", "help", "words", "补充说明", "a remark under the question"),
    Word("field", "type", "type", "填什么：text、long text、number、date、yes/no、choice、list", "what kind of answer"),
    Word("field", "choices", "list", "可选的回答", "the answers to choose from"),
    Word("field", "default", "answer", "不改就用的回答", "the answer taken by Enter"),
    Word("field", "example", "answer", "例子", "an example, also used by checks"),
    Word("field", "when", "expression", "什么情况下才问", "when to ask at all"),
    Word("field", "min", "words", "最小的数、最早的日期", "smallest number or earliest date"),
    Word("field", "max", "words", "最大的数、最晚的日期", "largest number or latest date"),
    Word("field", "pattern", "words", "回答要符合的正则表达式", "a regular expression the whole answer must match"),
    Word("field", "vary", "words", "没有回答时，照哪个空的回答从 choices 里定一个（同一个回答总是同一个）",
        "chosen by that field's answer where nobody chooses: the same answer, the same choice"),
    Word("part", "greeting", "text", "称呼", "the salutation"),
    Word("part", "opening", "text", "开头", "the opening"),
    Word("part", "appreciation", "text", "致意、感谢", "respect and thanks"),
    Word("part", "situation", "text", "形势", "the situation"),
    Word("part", "lead", "text", "引出要求的话", "the sentence that leads to the requirements"),
    Word("part", "requirements", "requirements", "分条的要求", "the numbered requirements"),
    Word("part", "closing", "text", "结尾、号召", "the closing"),
    Word("part", "signature", "text", "落款：署名一段，日期一段", "who signs and the date, a paragraph each"),
    Word("part", "text", "text", "其他段落", "any other paragraphs"),
    Word("part", "basis", "words", "依据：写主题，例如 安全生产；按讲话那天选",
        "what the speech stands on: a theme, chosen by the day"),
    Word("part", "include", "words", "放入另一份提纲的 speech", "another outline's speech, put here"),
    Word("beside", "when", "expression", "什么情况下才要这一部分", "when the part stays"),
    Word("beside", "each", "each", "一项写一遍：先进单位 as 单位", "once for each entry of a list answer"),
    Word("beside", "note", "words", "给写稿人的提醒：不印出来，在 Word 里是一条批注", "a remark to the writer: never printed, a comment in Word"),
    Word("beside", "run-on", "yes/no", "接在上一段后面，不另起段", "goes on in the paragraph before"),
    Word("beside", "length", "words", "依据写多长：一句、三句、一段", "how much of the basis: a sentence, three, a paragraph"),
    Word("beside", "kinds", "list", "要哪几类依据，依次：论述、会议、文件、法律、行动、提法",
        "which kinds of basis, in this order"),
    Word("requirement", "heading", "text", "小标题、段首句", "the heading"),
    Word("requirement", "text", "text", "正文", "the text under it"),
    Word("requirement", "basis", "words", "依据的主题，写在正文前面", "a theme; what it stands on comes before the text"),
    Word("requirement", "length", "words", "依据写多长", "how much of the basis"),
    Word("requirement", "kinds", "list", "要哪几类依据", "which kinds of basis"),
    Word("requirement", "points", "points", "下一级：一句话，或者又是一条要求", "sentences, or requirements again"),
    Word("requirement", "label", "text", "这一条的序号，照写；不写就按 numbering",
        "this one's number as typed, instead of the numbering's"),
    Word("requirement", "alone", "yes/no", "小标题独占一行；不写就看序号的样子",
        "the heading stands on a line of its own; by itself the numbering says"),
    Word("requirement", "run-on", "yes/no", "接在上一段后面，不另起段", "goes on in the paragraph before"),
    Word("requirement", "when", "expression", "什么情况下才要这一条", "when the requirement stays"),
    Word("requirement", "each", "each", "一项写一遍", "once for each entry of a list answer"),
    Word("requirement", "note", "words", "给写稿人的提醒：不印出来，在 Word 里是一条批注", "a remark to the writer: never printed, a comment in Word"),
    Word("requirement", "include", "words", "放入一段备选的要求，写它的名称", "a passage from the stock, put here"),
    Word("requirement", "keep", "yes/no", "会议自己的题目：--pick 换别的要求时它总在", "the meeting's own subject, which --pick keeps"),
    Word("requirement", "brief", "yes/no", "用备选段落的短文", "takes the passage's short text"),
    Word("passage", "headings", "texts", "几种形式的小标题，选用时取和别条一致的",
        "its heading in several forms; the one that matches is taken"),
    Word("passage", "text", "text", "正文", "the text"),
    Word("passage", "short", "text", "短文", "the short text"),
    Word("passage", "genres", "list", "合用的文种：文种里有其中一个词就合用；不写就都合用", "words of the genres it is for; all by itself"),
    Word("passage", "levels", "list", "合用的层级", "the levels it is for; all by itself"),
    Word("passage", "ranks", "list", "合用的讲话人身份", "the speakers' ranks it is for; all by itself"),
    Word("passage", "note", "words", "给写稿人的提醒：不印出来，在 Word 里是一条批注", "a remark to the writer: never printed, a comment in Word"),
    Word("table", "about", "words", "哪一类讲话站在这上面", "what the table is for"),
    Word("table", "also", "list", "别名，basis 后面写哪个都行", "other names it is asked for by"),
    Word("table", "checked", "words", "核对到哪一天", "the day it was checked up to"),
    Word("table", "since", "words", "核对以后可能又有了什么", "what may have come since"),
    Word("table", "fields", "fields", "这些话里要填的空", "the blanks in it"),
    Word("table", "basis", "entries", "条目，爱用哪条就放在前面", "the entries, the preferred ones first"),
    Word("entry", "name", "words", "这一条的名称", "its name"),
    Word("entry", "kind", "words", "哪一类：论述、会议、文件、法律、行动、提法", "its kind"),
    Word("entry", "from", "words", "从哪一天起能用", "the first day it stands"),
    Word("entry", "until", "words", "用到哪一天；没有截止的不写", "the last day it stands; left out where there is none"),
    Word("entry", "levels", "list", "哪几级用；都能用的不写", "the levels it is for; left out for all"),
    Word("entry", "ranks", "list", "哪些讲话人身份用；都能用的不写", "the ranks it is for; left out for all"),
    Word("entry", "sentence", "text", "一句话，能直接印进讲话", "a sentence"),
    Word("entry", "sentences", "text", "三句左右", "about three sentences"),
    Word("entry", "paragraph", "text", "一段", "a paragraph"),
    Word("entry", "source", "words", "出处", "where its words were seen"),
    Word("entry", "checked", "words", "这一条核对到哪一天；不写就是整份表的", "the day this entry was checked; by itself the table's"),
)

#: Every word of ours that stands left of a colon.
KEYS = frozenset(word.name for word in WORDS)

#: The words that open a part; a part has exactly one.
PARTS = tuple(word.name for word in WORDS if word.where == "part")


@cache
def words(where: str) -> dict[str, Word]:
    """The words of one mapping, by name."""
    return {word.name: word for word in WORDS if word.where == where}


def schema(table: bool = False) -> dict[str, Any]:
    """The language as a JSON Schema (draft 7, which the YAML extensions of editors read): that of outlines, or of a
    `table` of what speeches stand on."""
    text: dict[str, Any] = {"type": ["string", "number", "boolean"]}
    shapes: dict[str, dict[str, Any]] = {
        "text": text,
        "words": text,
        "expression": text,
        "each": {"type": "string", "pattern": r"^\s*\S+\s+as\s+\S+\s*$"},
        "yes/no": {"enum": ["yes", "no", "是", "否", True, False]},
        "type": {"enum": ["text", "long text", "number", "date", "yes/no", "choice", "list"]},
        "texts": {"type": "array", "items": text, "minItems": 1},
        "passage": {"$ref": "#/definitions/passage"},
        "list": {"type": "array", "items": text, "minItems": 1},
        "answer": {"anyOf": [text, {"type": "array", "items": text}]},
        "numbering": {"anyOf": [{"type": "string"}, {"type": "array", "items": text}]},
        "fields": {
            "type": "object",
            "additionalProperties": {"anyOf": [{"type": "string"}, {"$ref": "#/definitions/field"}]},
        },
        "parts": {"type": "array", "items": {"$ref": "#/definitions/part"}},
        "requirements": {"type": "array", "items": {"$ref": "#/definitions/requirement"}},
        "points": {"type": "array", "items": {"anyOf": [text, {"$ref": "#/definitions/requirement"}]}},
        "entries": {"type": "array", "items": {"$ref": "#/definitions/entry"}, "minItems": 1},
    }

    def mapping(*wheres: str, **more: Any) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": {w.name: shapes[w.shape] | {"description": w.zh} for w in WORDS if w.where in wheres},
            "patternProperties": {"^x-": {}},
            "additionalProperties": False,
            **more,
        }

    dialect = "http://json-schema.org/draft-07/schema#"
    if table:
        needed = ["name", "kind", "from", "sentence", "source"]
        return {
            "$schema": dialect,
            "title": "drafter 依据表",
            **mapping("table", required=["checked", "basis"]),
            "definitions": {"field": mapping("field"), "entry": mapping("entry", required=needed)},
        }
    return {
        "$schema": dialect,
        "title": "drafter 提纲",
        **mapping(
            "outline",
            anyOf=[
                {"required": ["title", "speech"]},
                {"required": ["extends"]},
                {"required": ["speech"]},
                {"required": ["passage"]},
            ],
        ),
        "definitions": {
            "field": mapping("field"),
            "part": mapping("part", "beside", oneOf=[{"required": [name]} for name in PARTS]),
            "requirement": mapping("requirement"),
            "passage": mapping("passage", required=["headings", "text"]),
        },
    }


def manual(language: str = "en") -> str:
    """The table for the manual, as Markdown."""
    heads = {
        "outline": ("top of the file", "文件顶层"),
        "field": ("a field", "一个空（field）"),
        "part": ("a part (exactly one of these)", "一个部分（只写其中一个）"),
        "beside": ("beside a part", "与部分并列"),
        "requirement": ("a requirement", "一条要求"),
        "passage": ("a passage", "一段备选的要求（passage）"),
        "table": ("top of a basis file", "依据表顶层"),
        "entry": ("an entry of a basis file", "依据表的一条"),
    }
    zh = language == "zh"
    rows = ["| 位置 | 词 | 意思 |" if zh else "| where | word | says |", "|---|---|---|"]
    for word in WORDS:
        rows.append(f"| {heads[word.where][zh]} | `{word.name}` | {word.zh if zh else word.en} |")
    return "\n".join(rows)
