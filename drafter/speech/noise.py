"""What is not the speech's: what sites, shops and programs have put above it, between its paragraphs and behind it. It
is told as kind "noise" with a reason; no reader leaves it out by itself."""

from __future__ import annotations

import re

#: What sites write around a text. A line of a speech has none of these.
_SITE = re.compile(
    r"https?://|www\.[a-z0-9-]+\.|\.(?:com|net|org|cn)(?![a-z])|"
    r"^(?:来源|文章来源|稿件来源|信息来源|编辑|责任编辑|责编|审核|校对|发布时间|发布日期|发布者|更新时间|浏览次数|浏览量|点击数|点击次数|"
    r"阅读次数|阅读量|阅读|字号|字体|标签|关键词|分类|栏目|当前位置|您的位置|您现在的位置|所在位置|上一篇|下一篇|上一页|下一页|相关阅读|相关链接|"
    r"推荐阅读|延伸阅读|版权声明|免责声明|版权所有|主办单位|网站标识码|ICP备案)\s*[:：]|"
    r"^[（(\[【]?\s*(?:责任编辑|责编|编辑|来源)\s*[:：]|"
    r"^(?:【?\s*(?:打印本页|打印|关闭窗口|关闭|返回顶部|返回首页|分享到?|收藏|下载本文|下载全文|大|中|小|微信扫一扫|扫一扫.{0,20})\s*】?[\s|｜]*){1,8}$|"
    r"(?:关注|扫码|扫描).{0,12}(?:公众号|二维码)|公众号[:：]|微信号[:：]|(?:本文|本站|本资料|该文档|本文档).{0,16}(?:转载|下载|整理|搜集|收集|分享|提供|仅供)|"
    r"(?:更多|其他).{0,12}(?:范文|公文|资料|材料|文章|讲话稿).{0,12}(?:请|访问|关注|点击|下载|尽在)|"
    r"^(?:首页|网站首页)\s*[>＞»›/|-]|[>＞»›]\s*正文$|ICP备|公网安备|Copyright|©|All [Rr]ights [Rr]eserved|"
    r"(?:点击|免费|付费|会员|积分).{0,6}下载|下载.{0,4}(?:积分|次数|地址|链接)|"
    r"小编.{0,8}(?:整理|收集|搜集|带来|准备)"
)

#: What shops of ready-made speeches write around theirs: when it was put up, how much of it is shown, whom to pay. A
#: sentence of a speech might hold such words; a short line that is no sentence does not.
_SHOP = re.compile(
    r"[0-9]{1,2}[:：][0-9]{2}[:：][0-9]{2}(?![0-9])|我要投稿|手机版|以稿换稿|免费获取|(?:预览|试读)结束|开通会员|(?:VIP|vip)\s*专[免享]|侵权投诉|"
    r"^[\u4e00-\u9fffA-Za-z0-9]{1,10}(?:范文网|素材网|文秘网|文档网|公文网|资料网|资源网|文库|素材库)(?:\s+首页.{0,12})?$|"
    r"^[\u4e00-\u9fff]{2,10}网\s*[>＞|｜-]?\s*首页|"
    r"^[（(【\[]?\s*(?:未完|全文共|文章共|正文共|本文共|该文共)[^。]{0,12}[0-9]+\s*字|省略\s*[0-9]+\s*字|显示\s*[0-9]+\s*字|"
    r"^[（(【\[]?请(?:认真)?阅读下面的提示信息|^正文复制$|作者\s*[:：].{0,12}来源\s*[:：]|^推荐访问[:：]|联系(?:老师|客服|微信)|仅供(?:学习)?(?:借鉴|参考)[】）)]$"
)
_SHOP_CHARACTERS = 60


def is_site(text: str) -> bool:
    """Whether a line is a site's own."""
    if len(text) > 200:
        return False
    return bool(_SITE.search(text)) or (
        len(text) <= _SHOP_CHARACTERS and not text.endswith(("。", "；", "：")) and bool(_SHOP.search(text))
    )
