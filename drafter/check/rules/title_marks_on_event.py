"""会议、活动、奖项用了书名号。

书名号标书、文章、文件、报刊、影视作品的名称；会议、活动、课程、奖项、证照、工程不是作品，不用书名号，需要标的用引号。

错：圆满举办《中国清河文化旅游节》
对：圆满举办中国清河文化旅游节
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.check.rules import Finding, Speech

NAME = "title-marks-on-event"
LEVEL = "warning"
SOURCE = "GB/T 15834—2011，附录A.13.1（不是作品的名称不用书名号）"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    ends = (
        "工作会议|动员大?会议?|座谈会|推进会|现场会|研讨会|培训班|表彰大会|交流会|博览会|文化旅游节|文化节|艺术节|运动会|大赛|竞赛|专项行动|主题教育|活动周|宣传月|公益活动|志愿服务活动|示范工程|惠民工程"
        "|民心工程|安居工程|身份证|营业执照|许可证|毕业证书?|驾驶证|特等奖|一等奖|二等奖|三等奖|教育活动|创建活动|实践活动|主题活动"
    )
    return re.compile(
        f"《(?P<honour>[^《》。]{{2,24}})》(?=(?:荣誉)?称号)|《(?P<name>[^《》。，]{{2,24}}(?:{ends}))》(?!(?:一[文书]|的?(?:文章|报告|通知|讲话"
        f"|方案|意见|歌曲|节目|通讯|社论)|专[栏题]))")


#: Papers that laws themselves set in 《》: 吊销《医疗机构执业许可证》. Counted in 14.7 million 字 of law: 400 times.
_PAPER = re.compile("(?:证|证书|执照)$")


def check(speech: Speech) -> Iterator[Finding]:
    """《》 round a name that ends as those of meetings, prizes and papers do. What is written, published or reported is a
    work."""
    for n, line in enumerate(speech.lines):
        if "《" in line.text:
            for found in _pattern().finditer(line.text):
                before = line.text[max(0, found.start() - 8) : found.start()]
                if not re.search(
                    "(?:印发|出台|下发|发表|刊登|撰写|写|题为|文章|报道|播出|开播|(?:频道|电视台|总台|报社|网站)推出|通讯|消息|小说|电影|社论|长篇|报告|丛书|拍摄|出版|编[辑写]|专题片|邮票|》)[了的过、]?$",
                    before,
                ):
                    level = "advice" if _PAPER.search(found["name"] or "") else ""
                    yield Finding(
                        NAME,
                        n,
                        found.start(),
                        found.end(),
                        f"“{found[0][1:-1]}”不是作品，不用书名号。",
                        found["name"] or f"“{found['honour']}”",
                        level=level,
                    )
