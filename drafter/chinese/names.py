"""Names of people in running text, told by a surname before and a post behind, and the bodies of a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from drafter.chinese.prose import matches

#: The commonest surnames (some 95 of 100 people). Source: the Ministry of Public Security's yearly lists of surnames.
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹"
    "熊白孟秦邱侯江尹薛闫雷龙陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康"
)

#: Places that look like names before 市长 and 书记.
_PLACES = frozenset((
    "张家口", "张家界", "石家庄", "石河子", "石嘴山", "连云港", "马鞍山", "秦皇岛", "葫芦岛", "常州", "徐州", "温州",
    "金华", "郑州", "贺州", "钦州", "万宁", "江门", "余姚", "邹城", "韩城", "汉中", "孟州", "吴忠", "吴江", "黄石",
    "黄山", "黄冈", "白山", "白城", "白银", "汤阴", "龙岩", "龙泉", "江阴", "江油", "江山", "常德", "常熟", "高密",
    "高安", "高邮", "陆丰", "雷州",
))  # fmt: skip

#: Posts that one person at a time has in one place.
POSTS = "书记|省长|市长|县长|区长|州长|镇长|乡长|局长|厅长|部长|主席|秘书长|院长|校长|检察长|董事长|总经理|主任"


class Named(NamedTuple):
    """A name with its post: where the name stands, the name, the post as written next to it."""

    start: int
    end: int
    name: str
    post: str


#: What each of the patterns begins with.
_BEGINS = (
    "[副书省市县区州镇乡局厅部主秘院校检董总](?=[书省市县区州镇乡局厅部主秘院校检董总记长席察事经任])",
    f"[{SURNAMES}](?:(?<=[，。、；：“请和与向由听在受].)|(?<=^.))",
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    before = re.compile(
        rf"(?<![副任])(?P<post>(?:副)?(?:{POSTS}))(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{1,2}})(?=同志|[，。、；：（]|$)"
    )
    behind = re.compile(
        rf"(?:(?<=[，。、；：“请和与向由听在受])|^)(?P<name>[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?P<post>(?:副)?(?:{POSTS}))(?![一-龥]?"
        rf"[委长])"
    )
    return before, behind


@lru_cache(maxsize=4096)
def named(text: str) -> tuple[Named, ...]:
    """The people named with a post right before or behind their names."""
    if not any(post in text for post in ("书记", "长", "主席", "主任", "经理")):
        return ()
    return tuple(sorted(_named(text)))


def _named(text: str) -> Iterator[Named]:
    for pattern, begins in zip(_patterns(), _BEGINS, strict=True):
        for found in matches(pattern, text, begins):
            if found["name"] in _PLACES:
                continue
            yield Named(found.start("name"), found.end("name"), found["name"], found["post"])
