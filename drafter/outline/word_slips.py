"""Words of the outline language written otherwise, or in the wrong place: what is said of them."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from drafter.diagnostic import Diagnostic, nearest
from drafter.outline.vocabulary import WORDS, Word
from drafter.outline.yaml import Scalar

#: What the words are called otherwise: in Chinese, and in English by people who guess.
_CALLED = {
    "title": ("标题", "题目", "name", "名称"),
    "dateline": ("日期", "时间", "date"),
    "byline": ("讲话人", "署名", "speaker", "author", "作者"),
    "about": ("说明", "简介", "用途", "description", "desc", "备注"),
    "genre": ("文种", "类型", "kind"),
    "numbering": ("序号", "编号", "number"),
    "template": ("模板", "版式"),
    "extends": ("沿用", "继承", "base"),
    "fields": ("空", "字段", "要填的空", "blanks", "variables", "questions"),
    "speech": ("讲话", "正文", "内容", "body", "content", "parts", "sections"),
    "ask": ("问", "问题", "提问", "question", "prompt", "label"),
    "help": ("帮助", "提示", "说明", "hint"),
    "type": ("类型", "种类"),
    "choices": ("选项", "可选", "options", "option", "choice", "enum", "values"),
    "default": ("默认", "缺省", "默认值"),
    "example": ("例子", "示例", "例如", "examples", "eg"),
    "when": ("条件", "什么时候", "if", "only"),
    "min": ("最小", "minimum"),
    "max": ("最大", "maximum"),
    "pattern": ("格式", "regex"),
    "greeting": ("称呼", "称谓", "hello"),
    "opening": ("开头", "开场", "intro", "introduction"),
    "appreciation": ("感谢", "致意", "thanks"),
    "situation": ("形势", "背景", "background"),
    "lead": ("引语", "引出", "过渡"),
    "requirements": ("要求", "分条", "points", "items"),
    "closing": ("结尾", "结束语", "结语", "ending", "conclusion", "end"),
    "signature": ("落款", "署名", "sign"),
    "text": ("正文", "内容", "段落", "文字", "body", "content", "paragraph"),
    "heading": ("小标题", "标题", "title", "head", "headline"),
    "note": ("提醒", "备注", "注", "comment", "remark"),
    "each": ("每个", "逐个", "for", "foreach", "loop"),
    "points": ("要点", "分点", "items"),
    "include": ("放入", "引用", "包含", "import"),
    "basis": ("依据",),
}

#: Where words stand, as it is said to writers.
_PLACES = {
    "outline": "文件最上面，顶格",
    "field": "fields 里一个空的下面",
    "part": "speech 下面，行首写“- ”",
    "beside": "speech 下面一个部分里，和它的内容并列",
    "requirement": "requirements 下面的一条里",
    "passage": "passage 下面",
    "table": "依据表的最上面",
    "entry": "依据表的一条里",
}


def strange(key: Scalar, known: Mapping[str, Word], wheres: Sequence[str]) -> Diagnostic:
    """What is said of a word that is none, or none here."""
    folded = unicodedata.normalize("NFKC", key.text).strip().rstrip(":").lower()
    listed = f"这里能用的有：{'、'.join(known)}。"
    told = f"不认识的词 {key.text}。"
    meant = folded if folded in known else next((name for name in known if folded in _called(name, known)), "")
    elsewhere = [word.where for word in WORDS if word.name == folded and word.where not in wheres]
    if meant:
        hint = f"是不是 {meant}？{listed}"
    elif elsewhere:
        told = f"{key.text} 不能写在这里。"
        hint = f"{key.text} 写在 {_PLACES[_likely(elsewhere, wheres)]}。{listed}"
    else:
        hint = nearest(folded, known) + listed
    return key.diagnostic(told, hint=hint, code="word-unknown")


def _called(name: str, known: Mapping[str, Word]) -> Iterable[str]:
    return (*known[name].zh.split("、"), *_CALLED.get(name, ()))


def _likely(elsewhere: Sequence[str], wheres: Sequence[str]) -> str:
    """Of the places a word may stand in, the one a writer means: none of a basis file, where there is another."""
    tables = ("table", "entry", "passage")
    ours = [where for where in elsewhere if where not in tables or set(wheres) & set(tables)]
    return (ours or list(elsewhere))[0]


#: What the types are called otherwise.
_TYPES = {
    "text": ("文字", "文本", "短文", "字符", "字符串", "string", "str", "单行"),
    "long text": ("长文", "长文本", "段落", "多行", "textarea", "longtext", "long_text", "long-text", "多段"),
    "number": ("数字", "数", "数值", "整数", "int", "integer", "float", "num", "数量", "人数"),
    "date": ("日期", "时间", "datetime", "day", "time"),
    "yes/no": ("是/否", "是否", "是非", "bool", "boolean", "yesno", "yes-no", "yes or no", "判断", "y/n", "布尔"),
    "choice": ("选择", "单选", "选项", "select", "choices", "enum", "radio", "下拉"),
    "list": ("列表", "清单", "多项", "多个", "array", "多选", "名单"),
}


def type_meant(said: str, types: Iterable[str]) -> str:
    """“是不是 …？” with the type somebody means by a word of his own."""
    folded = unicodedata.normalize("NFKC", said).strip().lower()
    found = next((name for name, called in _TYPES.items() if folded == name or folded in called), "")
    return f"是不是 {found}？" if found else nearest(folded, types)


def each_meant(said: str) -> str:
    """What to write for an `each` that is none."""
    parts = said.replace("，", " ").split()
    if len(parts) == 3 and parts[1] in ("in", "IN"):
        return f"写成 each: {parts[2]} as {parts[0]}"
    if len(parts) == 3:
        return f"写成 each: {parts[0]} as {parts[2]}"
    if len(parts) == 1 and parts[0]:
        return f"写成 each: {parts[0]} as 新名称；这一部分里的空写【新名称】，一项写一遍。"
    return "例如 each: 先进单位 as 单位"
