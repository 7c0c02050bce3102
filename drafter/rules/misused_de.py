"""“的”“地”“得”用错了。

“的”前面是定语，“地”前面是状语，“得”后面是补语。只报不会弄错的：句首或者“要”“必须”后面“扎实的推进……”一类应当用“地”；
“讲的很好”一类应当用“得”；“更大地贡献”一类应当用“的”。名词用法（“得到有效的落实”）不报。

错：要扎实的推进各项工作，把事情办的更好，作出更大地贡献
对：要扎实地推进各项工作，把事情办得更好，作出更大的贡献
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from drafter.rules import Finding, Speech

NAME = "misused-de"
LEVEL = "warning"
SOURCE = "《现代汉语八百词》“的、地、得”；《现代汉语词典》（第7版）"

#: Words that stand before a verb and hardly ever before a noun.
_ADVERBS = (
    "进一步|不断|逐步|日益|大力|着力|切实|努力|积极主动|扎扎实实|认认真真|踏踏实实|实实在在|老老实实|坚定不移|毫不动摇|坚持不懈|持之以恒|"
    "一如既往|毫不犹豫|毫不松懈|自觉自愿|旗帜鲜明|原原本本|一丝不苟|卓有成效|千方百计|毫不放松|始终如一|义无反顾|源源不断|循序渐进|"
    "有条不紊|及时有效|扎实有效|深入扎实|更加扎实|更加有效|更加自觉|更好|更快|更加积极|更加主动|扎实|深入|有效|认真|高效|稳步|有序|清醒|深刻"
)
_VERBS = (
    "推进|推动|开展|落实|做好|抓好|贯彻|学习|领会|执行|完成|解决|加强|提升|提高|促进|发展|把握|认识到|看到|意识到|履行|服务|保障|维护|"
    "抓|做|搞好|办好|发挥|支持|参与|投入|融入|围绕|坚持"
)
#: What a verb before it is the name of: 扎实的推进机制.
_NAMED = "机制|措施|体系|办法|力度|作用|过程|成效|局面|方案|计划|工作|活动|情况|态势|势头|水平|能力|意识|精神|方式|模式|路径|思路|格局|质量|速度|基础|环境|力量|平台|举措|经验|教育|制度|条件|空间|前景|步伐|目标|任务|战略|理念|作风|态度"


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    adverb = re.compile(
        rf"(?:(?<=[，。；：、！？])|^|(?<=要)|(?<=应)|(?<=必须)|(?<=应当)|(?<=才能)|(?<=可以)|(?<=我们)|(?<=继续)|(?<=地))(?:{_ADVERBS})(?P<de>的)"
        rf"(?:{_VERBS})(?=了|好|[\u4e00-\u9fff]{{2}})(?!了?(?:{_NAMED}|[的和与及、，。；]))(?![^，。；！？]{{0,8}}的?(?:{_NAMED})[，。；、！？])"
    )
    complement = re.compile(
        r"(?:(?<!是)(?<![要想该能可所得][讲做办抓干说写管搞建])(?<=[讲做办抓干说写管搞建])|(?<=落实|发展|完成|进行|开展|表现|执行|安排|布置|部署|准备|总结|分析|汇报|介绍|组织|讲解))"
        r"(?P<de>的)(?:[都也](?=[很非十挺]))?(?:很|非常|十分|更加?|比较|越来越|挺|特别)"
        r"(?:好|快|多|差|不错|出色|到位|扎实|顺利|成功|圆满|漂亮|精彩|深刻|透彻|清楚|明白|细致|详细|具体|全面|充分|周密|认真|及时|不够)(?=[，。；！？、]|$)"
    )
    attribute = re.compile(
        r"(?<=(?:更大|巨大|重大|伟大|崇高|美好|广大|良好|光荣|重要|宝贵|显著|艰巨|光辉|辉煌))(?P<de>地)"
        r"(?:贡献|成就|成绩|意义|祖国|人民|事业|敬意|生活|未来|前景|明天|群众|干部|环境|氛围|基础|传统|使命|任务|作用|位置|经验|财富|成效|进展|历程|业绩)"
    )
    possible = re.compile(r"(?<=[站豁输顶扛经拿看])(?P<de>的)(?=(?:出手|出去|起考验|住考验|住关|住压力|起检验|稳脚跟|起历史))")
    return (
        (adverb, "地", "修饰后面的动词用“地”"),
        (complement, "得", "后面是补语，用“得”"),
        (attribute, "的", "修饰后面的名词用“的”"),
        (possible, "得", "后面是补语，用“得”"),
    )


def check(speech: Speech) -> Iterator[Finding]:
    """的, 地 and 得 in frames that leave no choice."""
    for number, line in enumerate(speech.lines):
        if "的" not in line.text and "地" not in line.text:
            continue
        for pattern, right, why in _patterns():
            for found in pattern.finditer(line.text):
                yield Finding(NAME, number, *found.span("de"), f"{why}，应为“{right}”。", right)
