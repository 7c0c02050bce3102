"""What a row at the front of a paper looks like on its own: a title, a date, a speaker, a salutation, what a site or an
office has put there. Evidence, each piece with a name and points; `drafter.speech.front` weighs it over all rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from drafter.speech.by_roles import HEADINGS
from drafter.speech.cues import (
    DATE,
    DRAFT_NOTE,
    SPEECH_END,
    TITLE_END,
    greeting_end,
    is_byline,
    is_called,
    is_dateline,
    is_greeting,
    is_person,
    is_post,
)
from drafter.speech.letterhead import HEAD_KINDS, is_addressed, kind_of
from drafter.speech.marks import mark_of
from drafter.speech.noise import is_site
from drafter.speech.rows import SpeechRow

#: What a subtitle begins with.
DASHES = ("——", "—", "--", "－－", "──")

#: Roles a row at the front may have. "kept" is a row that is none of the others and stays as text.
ROLES = ("noise", "title", "subtitle", "dateline", "byline", "greeting", "kept")


class FrontRow(NamedTuple):
    """What tells of a row: its words, the same without space (`closed`), and what they are taken for by
    `drafter.speech.cues`. `again`: a row below says the same or says it within this one. `cover`: it stands between a
    title and the same said again. `valued`: the row above is a label that waits for its value. `leads`: a list begins
    below it. `apart`: its 汉字 stand one by one. `office`: it is an office's name alone. `post`: it is a post
    alone, `person` a name alone. `framed`: it stands where a page's words do, above the title of a speech or beside
    what is surely a page's; a short word elsewhere may be the speech's."""

    text: str
    closed: str
    role: str
    centred: bool
    bold: bool
    large: bool
    again: bool
    cover: bool
    valued: bool
    leads: bool
    apart: bool
    site: bool
    dated: bool
    named: bool
    greets: bool
    numbered: bool
    office: bool
    post: bool
    person: bool
    framed: bool = False


_SPACE = re.compile(r"[\s\u3000]+")
_APART = re.compile(r"(?:[\u4e00-\u9fff“”][\s\u3000]+){2,}[\u4e00-\u9fff“”]{1,2}")
#: Behind a title, a date or a note in brackets.
_BRACKETED = re.compile(r"[（(][^（）()]{1,40}[）)]$")


def looks_of(rows: Sequence[SpeechRow]) -> list[FrontRow]:
    """How rows look, as far as one tells of itself and of what it repeats."""
    closed = [_SPACE.sub("", row.text) for row in rows]
    sizes = [row.hint.size_pt for row in rows]
    again = [_said_again_at(closed, at) for at in range(len(rows))]
    covers = [(at, later) for at, later in enumerate(again) if later is not None and SPEECH_END.search(closed[at])]
    cover = {within for at, later in covers for within in range(at + 1, later)}
    looks: list[FrontRow] = []
    for at, row in enumerate(rows):
        text = row.text
        looks.append(
            FrontRow(
                text=text,
                closed=closed[at],
                role=row.role,
                centred=row.hint.centred,
                bold=row.hint.bold,
                large=bool(sizes[at]) and sizes[at] > min(filter(None, sizes)),
                again=again[at] is not None,
                cover=at in cover,
                valued=at > 0 and _waits(looks[at - 1]),
                leads=text.endswith("：") and at + 1 < len(rows) and _begins_list(rows[at + 1].text),
                apart=bool(_APART.fullmatch(text)),
                site=is_site(text),
                dated=is_dateline(text) or (text.startswith(DASHES) and is_dateline(text.lstrip("—─-－"))),
                named=is_byline(text),
                greets=is_greeting(text),
                numbered=_begins_list(text),
                office=bool(_OFFICE.fullmatch(text)),
                post=is_post(text),
                person=is_person(text),
            )
        )
    return _framed(looks)


def _framed(looks: Sequence[FrontRow]) -> list[FrontRow]:
    """The rows, told of each whether it stands where a page's words do."""
    title = next((at for at, look in enumerate(looks) if ends_as_speech(look)), 0)
    small = [_crumb(look) or _menu(look) for look in looks]
    above = [at < title for at in range(len(looks))]
    for order in (range(len(looks)), range(len(looks) - 1, -1, -1)):
        beside = False
        for position, at in enumerate(order):
            above[at] = above[at] or (small[at] and beside)
            nearby = order[min(position + 1, len(order) - 1)]  # for its sake alone it is weighed
            beside = small[nearby] and (
                (small[at] and above[at] and beside) or _noise_points(looks[at]) >= _SURE
            )
    return [look._replace(framed=framed) for look, framed in zip(looks, above, strict=True)]


#: Points that make a row surely no speech's, whatever stands beside it.
_SURE = 4.0


def _begins_list(text: str) -> bool:
    """Whether a row begins with the first number of a list."""
    mark = mark_of(text)
    return mark is not None and mark.kind != "——" and mark.number == 1


#: Characters of a title that another row may repeat.
_REPEATED = 6

#: Of the pairs of characters of a title the share that says it is repeated.
_NEARLY = 0.75


def _said_again_at(closed: Sequence[str], at: int) -> int | None:
    """The row below, no text between, that says what this one says, or within it, or nearly; None where none does."""
    words = closed[at]
    if len(words) < _REPEATED:
        return None
    pairs: set[str] = set()
    for number in range(at + 1, len(closed)):
        later = closed[number]
        if len(later) > _TITLE_CHARACTERS or (len(later) > 25 and later.endswith("。")):
            return None
        if len(later) >= _REPEATED and _is_title_like(later):
            if later in words:
                return number
            if SPEECH_END.search(later):
                pairs = pairs or {words[n : n + 2] for n in range(len(words) - 1)}
                shared = sum(later[n : n + 2] in pairs for n in range(len(later) - 1))
                if shared >= _NEARLY * (len(later) - 1):
                    return number
    return None


def _is_title_like(words: str) -> bool:
    return len(words) <= _TITLE_CHARACTERS and words[-1] not in "。；，：、"


# ── words ──────────────────────────────────────────────────────────────────────────────────────────────────────────

#: Characters of a title.
_TITLE_CHARACTERS = 70

_LABEL = r"[\u4e00-\u9fff]{2,7}"
_LABELLED = re.compile(rf"[【\[（(]?{_LABEL}[：:].*")
_LABELS = re.compile(rf"(?:^|[\s\u3000】）|｜]){_LABEL}\s*[：:]")
_OF_SPEECH = re.compile(r"(?:讲话|发言|主讲|报告|宣讲|致辞|汇报|述职|主持)人|(?:讲话|会议|发言)?(?:时间|日期)|主讲")
#: A clock as a machine writes it, and a day as one does.
_CLOCK = re.compile(r"(?<![0-9])[0-2]?[0-9][:：][0-5][0-9](?![0-9])")
_ISO_DAY = re.compile(r"(?:19|20)[0-9]{2}\s*[-/]\s*[0-9]{1,2}\s*[-/]\s*[0-9]{1,2}")
_FILE = re.compile(r"\.(?:docx?|wps|pdf|txt|rtf|html?|pptx?|xlsx?)$", re.IGNORECASE)
#: What stands on the head of an official paper (GB/T 9704—2012, 7.2): number, secrecy, urgency, copy, signer.
_LETTERHEAD = re.compile(
    r"[〔\[［【（(](?:19|20)[0-9]{2}[〕\]］】）)]\s*(?:第\s*)?[0-9]+\s*号|签发人?[：:]|^(?:绝密|机密|秘密|内部)(?:[★☆]|$)|^(?:特急|加急|特提|平急|急件|明电|密电)$|"
    r"^[0-9]{6}$|^第\s*[0-9〇零一二三四五六七八九十百]+\s*期|第[0-9〇零一二三四五六七八九十]+期$|[（(]总第?\s*[0-9]+\s*期[）)]"
)
#: What an office or a paper calls itself, at the end of a row.
_BODIES = (
    "委员会|办公室|办公厅|委|政府|党组|人大|政协|(?<![格布大全开新结])局|厅|(?<!全)部|院|公司|集团|学校|大学|中学|小学|协会|研究室|中心|文件|邮件|简报|专报|快报|内参|参阅|参考|通报"
    "|信息|函|公报"
)
_OFFICE = re.compile(rf"[\u4e00-\u9fff]{{2,20}}(?:{_BODIES})")
_BODY_NAME = re.compile(rf"(?:{_BODIES})$")
_PLACE_NAME = re.compile(rf"(?:[网馆区县市镇站栏版]|{_BODIES})$")
#: Rows of a place on a site, of a series, of a collection.
_SHELF = re.compile(
    r"(?:选编|汇编|专刊|专栏|专题|文萃|文库|资料|材料|材料之[一二三四五六七八九十]+|范文|论坛|动态|要闻|新闻|头条|公开|公告|公示|目录|正文|首页|频道|栏目|版面|[一二三四五六七八九十两几0-9]篇)$"
)
#: What ends as those do and is a paper's title.
_PAPER = re.compile(r"(?:汇报|发言|交流|经验|事迹|典型|述职|申报|推荐)材料$")
#: Words of who keeps, sells, shares and shows papers; a title of a speech says none of them.
_KEEPER = re.compile(
    r"内部(?:资料|文件|使用|参阅)|注意保[存密]|请勿|严禁|禁止|不得(?:外传|转载)|外传|版权|侵权|微信|QQ|公众号|客服|售后|会员|VIP|店铺|扫码|扫描|二维码|入群|投稿|"
    r"转载|点击|浏览|关注|分享|收藏|打印|下载|字号|字体|播报|播放|登录|注册|无障碍|请输入|检索|搜索|订阅|评论[（(]|繁體|繁体|返回|上一[篇页条]|下一[篇页条]|编辑|责编|编印|主办|印发|印制|室编|办编|[0-9]年印$|更新|原创",
    re.IGNORECASE,
)
#: What an editor puts before a speech to say what it is about.
_EDITOR = re.compile(
    r"^[【\[（(《]?\s*(?:导\s*读|编\s*者\s*按|编\s*者\s*的话|编前语|编\s*者\s*注|核心提示|内容提要|内容摘要|阅读提示|摘\s*要|提\s*要|按\s*语)\s*[】\]）)》：:]"
)
#: An account, a number of a telephone or of a group.
_ACCOUNT = re.compile(r"[A-Za-z]{2}[0-9]{3}|[0-9]{5}|[A-Za-z0-9._]@[A-Za-z]")
_BARE_NAME = re.compile(r"[\u4e00-\u9fff]{2,3}")
_SPEAKER = re.compile(r"^[◎●○■□◆◇★☆▲△※]?[\s\u3000]*(?:讲话|发言|主讲|报告|宣讲|致辞|汇报|述职|主持)人?\s*[：:]")
#: An author no paper of an office has.
_AUTHOR = re.compile(
    r"^作\s*者\s*[：:]\s*(?:佚名|网络|未知|admin|本站|匿名|不详)|作\s*者\s*[：:].*(?:来源|出处|点击)\s*[：:]"
)
_HALVES = re.compile(r"([\u4e00-\u9fff“”]{4,14})[\s\u3000]+([\u4e00-\u9fff“”]{4,14})")


@lru_cache(maxsize=1024)
def _bare(closed: str) -> str:
    """The words of a title without the day or note in brackets at their end."""
    found = _BRACKETED.search(closed)
    return closed[: found.start()] if found and found.start() else closed


def ends_as_speech(look: FrontRow) -> bool:
    """Whether it ends as only the title of a speech or its like does."""
    return len(look.closed) > 4 and not is_sentence(look) and _ends_as_speech(look.closed)


@lru_cache(maxsize=1024)
def _ends_as_speech(closed: str) -> bool:
    return bool(SPEECH_END.search(_bare(closed)) or SPEECH_END.search(closed))


def ends_as_title(look: FrontRow) -> bool:
    """Whether it ends as titles do."""
    return bool(
        TITLE_END.search(_bare(look.closed)) or _PAPER.search(look.closed) or look.closed.endswith(("一封信", "的信"))
    ) and not is_sentence(look)


_NAMED_PAPER = re.compile(
    r"(?:^|[\u4e00-\u9fff])关于.{3,60}的?(?:通知|通报|意见|决定|公告|通告|函|请示|批复|议案|方案|报告|纪要|决议|命令)$"
)


def names_paper(look: FrontRow) -> bool:
    """Whether it is the title of an official paper: 关于印发……的通知."""
    return _is_of_paper(look.closed)


@lru_cache(maxsize=1024)
def _is_of_paper(closed: str) -> bool:
    return bool(_NAMED_PAPER.search(_bare(closed)))


def _is_title(look: FrontRow) -> bool:
    return ends_as_speech(look) or names_paper(look)


def is_sentence(look: FrontRow) -> bool:
    """Whether it ends as sentences and their parts do, or holds one."""
    return look.text.endswith(("。", "；", "，", "、", "：")) or "。" in look.text[:-1]


def _half(look: FrontRow) -> bool:
    """Whether it may be the first row of a headline that goes on in the next: 以群众满意为标尺，"""
    return look.text.endswith("，") and len(look.closed) <= 20 and not look.greets and "。" not in look.text


def _waits(look: FrontRow) -> bool:
    """Whether a row is a label and nothing else: 发文机关："""
    labels = re.fullmatch(r"[\u4e00-\u9fff【\[（(]{1,8}[：:]", look.closed)
    return bool(labels) and not look.greets and not is_addressed(look.text)


def _heads(look: FrontRow) -> bool:
    """Whether it is of an official paper's head."""
    return bool(_LETTERHEAD.search(look.text)) or kind_of(look.text) in HEAD_KINDS


def _wordless(look: FrontRow) -> bool:
    return not re.search(r"[\u4e00-\u9fff]", look.text) and not look.dated


def _crumb(look: FrontRow) -> bool:
    """Whether it is a word or two of a page, as a button's."""
    return len(look.closed) <= 4 and not look.dated and not (look.named and len(look.closed) == 3)


#: What a first part without a number is called.
_PREFACE = re.compile(r"[前引导序绪]\s*言|序|概\s*述|总\s*论|总\s*则|背\s*景|开场白|开\s*头")


def _menu(look: FrontRow) -> bool:
    """Whether it is a row of buttons: several short words, all of two to five characters."""
    words = look.text.split()
    return len(words) > 2 and all(2 <= len(word) <= 5 for word in words) and not look.named


def _shelved(look: FrontRow) -> bool:
    """Whether it is a place on a site, a series or a collection."""
    return bool(_SHELF.search(look.closed)) and not _PAPER.search(look.closed)


#: What hearers and the hall do, as those who took a speech down write it: （笑声）, （全场鼓掌）.
_ASIDE = re.compile(r"[（(\[【][^（）()]{0,8}(?:掌声?|笑声?|欢呼|起立|默哀|音乐|停顿|插话|奏乐|国歌)[^（）()]{0,4}[）)\]】]")


def is_aside(look: FrontRow) -> bool:
    """Whether it says what is heard or done in the hall."""
    return bool(_ASIDE.fullmatch(look.text))


def is_editors(look: FrontRow) -> bool:
    """Whether an editor says here what the speech is about."""
    return bool(_EDITOR.match(look.text))


_PICTURE = re.compile(
    r"(?:记者|通讯员|本报|摄影)[^。]{0,20}摄[）)]?$|[图摄]\s*[/／:：].{1,12}$|^[（(]?(?:资料图片?|图片来源|图为)"
)


def is_of_picture(look: FrontRow) -> bool:
    """Whether it stands under a picture and says what is on it, or who took it."""
    return len(look.text) <= _LONG and bool(_PICTURE.search(look.text))


def opens_long(look: FrontRow) -> bool:
    """Whether a row is longer than any at a front is."""
    return len(look.text) > _LONG and not is_editors(look) and not look.site


_LONG = 100


def _stamped(look: FrontRow) -> bool:
    return bool(_CLOCK.search(look.text) and (_ISO_DAY.search(look.text) or DATE.search(look.text)))


def _labelled(look: FrontRow) -> bool:
    """Whether it is a label with a value that no speech writes under its title."""
    found = _LABELLED.match(look.closed)
    return bool(found) and not look.greets and not _OF_SPEECH.match(look.closed.lstrip("【[（("))


# ── evidence ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Clue(NamedTuple):
    """A piece of evidence: what it says, the points it gives a role against being the body's, and the test."""

    says: str
    points: float
    holds: Callable[[FrontRow], object]


_NO_FRONT = (
    Clue("it is longer than a front's rows", -8, opens_long),
    Clue("it is a heading of the body", -4, lambda look: look.role in HEADINGS or look.numbered),
)

EVIDENCE: dict[str, tuple[Clue, ...]] = {
    "title": (
        Clue("it ends as a speech's title does", 5, ends_as_speech),
        Clue("it ends as titles do", 3, lambda look: ends_as_title(look) and not ends_as_speech(look)),
        Clue("it is short and no sentence", 1, lambda look: 4 <= len(look.closed) <= 45 and not is_sentence(look)),
        Clue("it names a paper", 4, names_paper),
        Clue("it is two halves of a headline", 1, lambda look: _HALVES.fullmatch(look.text)),
        Clue("its style is a title's", 6, lambda look: look.role == "标题" and not look.again),
        Clue("it is an office's name alone", -5, lambda look: look.office and not ends_as_title(look)),
        Clue("it is set as titles are", 1.5, lambda look: look.centred or look.large),
        Clue("it is a sentence", -5, lambda look: is_sentence(look) and not _half(look)),
        Clue("it is half of a headline", -2, _half),
        Clue("it is too long", -4, lambda look: len(look.text) > _TITLE_CHARACTERS),
        Clue("it is too short", -2, lambda look: len(look.closed) < 4 and not ends_as_title(look)),
        Clue("a site writes so", -5, lambda look: look.site or _stamped(look)),
        Clue("it is a day or a name", -4, lambda look: (look.dated or look.named) and not ends_as_speech(look)),
        Clue("it is a label with a value", -3, _labelled),
        Clue("it has no words", -6, _wordless),
        Clue("it is a row of a page's words", -4, _menu),
        Clue("its sort stands before it", -1, lambda look: re.match("[【\\[]", look.text)),
        Clue("it is a note on the draft", -6, lambda look: DRAFT_NOTE.fullmatch(look.text)),
        Clue("it greets", -8, lambda look: look.greets),
        Clue("it is a file's name", -6, lambda look: _FILE.search(look.closed)),
        Clue("the hall is heard", -9, is_aside),
        Clue("an office's head says so", -5, lambda look: _heads(look)),
        Clue("an office calls itself so", -2, lambda look: _BODY_NAME.search(look.closed)),
        Clue("it is a place on a site", -2, _shelved),
        Clue("who keeps papers says so", -3, lambda look: _KEEPER.search(look.text) and not names_paper(look)),
        *_NO_FRONT,
    ),
    "subtitle": (
        Clue("it begins with a dash", 5, lambda look: look.text.startswith(DASHES) and not _wordless(look)),
        Clue("it is a day and a place", -6, lambda look: look.dated and not ends_as_speech(look)),
        Clue("it says where the speech was held", 6, ends_as_speech),
        Clue("its style is a subtitle's", 6, lambda look: look.role == "副标题"),
        Clue("it is a sentence", -5, is_sentence),
        Clue(
            "it is neither",
            -6,
            lambda look: look.role != "副标题" and not look.text.startswith(DASHES) and not ends_as_speech(look),
        ),
        Clue("a site writes so", -5, lambda look: look.site),
        *_NO_FRONT,
    ),
    "dateline": (
        Clue("it is a day", 4, lambda look: look.dated),
        Clue("it is none", -8, lambda look: not look.dated),
        Clue("a machine wrote the hour", -4, _stamped),
        Clue("a machine wrote the day", -2, lambda look: _ISO_DAY.search(look.text)),
        Clue("it is the value of a label", -5, lambda look: look.valued),
        Clue("it is a site's own", -3, lambda look: look.site),
        Clue("it is rather a title", -4, ends_as_speech),
        *_NO_FRONT,
    ),
    "byline": (
        Clue("it is a speaker's", 3.5, lambda look: look.named),
        Clue("an office may report", 1, lambda look: look.office and not look.named),
        Clue("it is none", -8, lambda look: not (look.named or look.office) or is_of_picture(look)),
        Clue("it says so", 1, lambda look: _SPEAKER.match(look.text)),
        Clue("a bare word may be none", -1, lambda look: _BARE_NAME.fullmatch(look.text)),
        Clue("a word of two is seldom a name", -1.5, lambda look: len(look.text) == 2),
        Clue("nobody in an office is called so", -6, lambda look: _AUTHOR.search(look.text)),
        Clue("it is the value of a label", -5, lambda look: look.valued),
        Clue("an office or a place is called so", -2, lambda look: _PLACE_NAME.search(look.closed)),
        Clue("it is a site's own", -3, lambda look: look.site or _stamped(look)),
        Clue("who keeps papers says so", -3, lambda look: _KEEPER.search(look.text)),
        *_NO_FRONT,
    ),
    "greeting": (
        Clue("it greets", 6, lambda look: look.greets),
        Clue("its style is a greeting's", 5, lambda look: look.role == "称谓" and len(look.text) <= 120),
        Clue("it may call on people", 2, lambda look: is_called(look.text) and not look.greets and not _waits(look)),
        Clue("it is none", -9, lambda look: not look.greets and look.role != "称谓" and not is_called(look.text)),
        Clue("it is a label", -4, lambda look: _waits(look) or look.site),
        Clue("it leads to a list", -8, lambda look: look.leads and not look.greets),
    ),
    "kept": (
        Clue("the hall is heard", 3, is_aside),
        Clue("it is a note on the draft", 3, lambda look: DRAFT_NOTE.fullmatch(look.text)),
        Clue("it has a caption's style", 2, lambda look: look.role == "题注"),
        Clue("it is anything", -1, lambda look: True),
        Clue("it is a sentence", -2, is_sentence),
        Clue("it greets", -4, lambda look: look.greets),
        *_NO_FRONT,
    ),
    "noise": (
        Clue("a site writes so", 5, lambda look: look.site),
        Clue("an office's head says so", 5, lambda look: _heads(look) and not is_sentence(look)),
        Clue("it is a file's name", 6, lambda look: _FILE.search(look.closed)),
        Clue("it has no words", 4, _wordless),
        Clue("a machine wrote day and hour", 4, _stamped),
        Clue("a machine wrote the day", 2, lambda look: _ISO_DAY.search(look.text)),
        Clue("a label says that it is a day", 2, lambda look: re.match("[^0-9]+[：:] *" + _ISO_DAY.pattern, look.text)),
        Clue("it is a label", 4, _waits),
        Clue(
            "it is the value of a label", 4, lambda look: look.valued and len(look.text) <= 30 and not is_sentence(look)
        ),
        Clue("it is a label with a value", 2.5, _labelled),
        Clue("it is several labels with values", 2, lambda look: len(_LABELS.findall(look.text)) > 1),
        Clue("a row below says it again", 5, lambda look: look.again and not is_sentence(look)),
        Clue("it stands on a cover", 6, lambda look: look.cover and not look.greets and not _is_title(look)),
        Clue("an office calls itself so", 2, lambda look: _BODY_NAME.search(look.closed)),
        Clue("its 汉字 stand one by one", 2, lambda look: look.apart and len(look.closed) > 3),
        Clue("it is a place on a site", 2, _shelved),
        Clue("who keeps papers says so", 3, lambda look: _KEEPER.search(look.text) and not _is_title(look)),
        Clue("it is a row of a page's words", 4, lambda look: look.framed and _menu(look)),
        Clue("it counts the characters", 3, lambda look: re.search("[0-9]字[）)]?$", look.closed)),
        Clue("it is an account", 2, lambda look: _ACCOUNT.search(look.text)),
        Clue("it is a word of a page", 1.5, lambda look: look.framed and _crumb(look)),
        Clue("an editor says what it is about", 12, is_editors),
        Clue("it stands under a picture", 8, is_of_picture),
        Clue("nobody in an office is called so", 5, lambda look: _AUTHOR.search(look.text)),
        Clue("it leads to a list", -8, lambda look: look.leads),
        Clue("a first part is called so", -4, lambda look: _PREFACE.fullmatch(look.text)),
        Clue("it is a sentence", -5, lambda look: is_sentence(look) and not _waits(look)),
        Clue("it greets", -8, lambda look: look.greets),
        Clue("it ends as a speech's title does", -2, lambda look: ends_as_speech(look) and not look.again),
        Clue(
            "its style is a speech's",
            -4,
            lambda look: look.role in ("标题", "副标题", "题注", "称谓") and not (_heads(look) or look.office or look.again),
        ),
        *_NO_FRONT,
    ),
}


def _noise_points(look: FrontRow) -> float:
    """How much speaks for a row's being none of the speech's."""
    return sum(piece.points for piece in EVIDENCE["noise"] if piece.holds(look))


def points_of(look: FrontRow) -> dict[str, float]:
    """The points of a row for each role, against being the body's."""
    return {role: sum(piece.points for piece in EVIDENCE[role] if piece.holds(look)) for role in ROLES}


def reason_of(look: FrontRow) -> str:
    """What a row of noise at the front is, in words for people."""
    if _FILE.search(look.closed):
        return "文件名"
    if look.again:
        return "重复的标题"
    if look.cover:
        return "封面"
    if is_editors(look):
        return "编者的话"
    if is_of_picture(look):
        return "图片说明"
    if _heads(look) or look.apart or _BODY_NAME.search(look.closed):
        return "文头"
    return "网页文字"


def runs_in(look: FrontRow) -> bool:
    """Whether a row begins with a salutation and goes on with the text."""
    return bool(greeting_end(look.text))
