"""What publishers and pages put into a speech and behind its end: captions, notes, lists of other articles. Told as
noise with a reason by what it is and where it stands; in doubt a line is the speech's."""

from __future__ import annotations

import pytest

from drafter.readers.text import read
from drafter.speech.recognise import lines_of

SPEECH = """\
在全县春耕备耕现场会上的讲话
同志们：
今天，我们到田头开一个现场会，看一看，比一比，把春耕生产再往前推一推。下面，我讲三点意见。
一、抢农时
一年之计在于春。各乡镇要赶在雨水前把秧田整好，把肥料备足[1]。
二、用良种
良种是丰收的本钱，县种子公司要把货源组织好，把价格稳定住。
三、防灾害
倒春寒年年有，要早打主意、早作准备，宁可备而不用，不可用时无备②。
同志们，人勤春来早，功到自然成。让我们抓紧每一个好天，干出一年的好收成！
""".splitlines()

#: What stands behind the end of a paper and is not the speech's.
BEHIND = {
    "who edited it": ["（责任编辑：李明）"],
    "who edited, proofread and released it": ["编辑：小周　校对：老吴　审核：王芳"],
    "who wrote and took the pictures": ["文字：赵云", "摄影：孙权"],
    "picture and text": ["文/图　柳河融媒记者　周敏"],
    "where it comes from": ["来源：柳河县人民政府办公室"],
    "other articles": ["相关阅读", "柳河镇开展冬修水利", "全县经济工作会议召开", "一图读懂春耕补贴政策"],
    "other articles with days": ["相关报道：", "· 柳河镇开展冬修水利 2026-02-11", "· 全县经济工作会议召开 2026-01-20"],
    "recommended articles": ["【推荐阅读】", "1. 关于做好春耕备耕的通知", "2. 柳河县农机补贴办法"],
    "before and behind": ["上一篇：在全县三级干部会上的讲话", "下一篇：没有了"],
    "a code to scan": ["扫一扫在手机打开当前页"],
    "a bar": ["分享到：", "微信 微博 QQ空间", "打印 关闭"],
    "an account": ["点赞、在看、转发", "长按识别二维码，关注柳河发布"],
    "comments": ["网友评论", "我要评论", "共有 3 条评论"],
    "whose page it is": ["主办：柳河县人民政府　承办：县政府办公室", "网站标识码：3300000001　浙ICP备05000000号", "版权所有 © 柳河县人民政府"],
    "a notice of rights": ["声明：本文版权归原作者所有，如有侵权请联系删除。"],
    "a reading count": ["阅读 1024", "赞 36　在看 12"],
    "notes": ["注释：", "[1] 肥料：指县供销社统一配送的复合肥。", "[2] 见《柳河县志》第三卷。"],
    "a note alone": ["[1]肥料：指县供销社统一配送的复合肥"],
    "a note with a circled number": ["② 见《农谚选》，柳河人民出版社1988年版，第12页。"],
    "explained words": ["名词解释", "1. “双创”：指大众创业、万众创新。", "2. “一老一小”：指养老和托育服务。"],
    "words explained in an attachment": ["附件：有关名词解释", "“双创”是指大众创业、万众创新。", "“一老一小”是指养老和托育服务。"],
    "an imprint": ["抄送：县委各部委，县人大办、政协办。", "柳河县人民政府办公室　2026年3月1日印发"],
    "who is to have it": ["报送：县委常委、副县长", "主送：各乡镇人民政府"],
    "how public it is": ["（此件公开发布）"],
    "attachments": ["附件：1. 春耕任务分解表", "2. 物资储备清单"],
    "a hint to download": ["附件下载：在全县春耕备耕现场会上的讲话.docx"],
    "where the words were taken down": ["（根据录音整理，未经本人审阅）"],
    "a rule": ["————————", "＊＊＊＊＊＊"],
    "keywords": ["关键词：春耕　农业　讲话"],
    "a hotline": ["投稿邮箱：liuhe@example.cn　新闻热线：0570-0000000"],
}

#: What stands between the paragraphs and is not the speech's.
WITHIN = {
    "a caption": "图为县长在柳河镇查看秧田。",
    "a caption with who took it": "会议现场。（柳河融媒记者 周敏 摄）",
    "a caption with a mark": "▲与会人员参观育秧大棚",
    "a caption with a number": "图1　育秧大棚内景",
    "an agency's caption": "新华社记者 王明 摄",
    "who took it": "周敏　摄",
    "an account in the middle": "点击上方蓝字关注“柳河发布”",
    "an advertisement": "更多精彩内容，请关注柳河发布公众号",
    "a rule": "———————————",
    "an address": "http://www.example.com/2026/0301/12.html",
}

#: What may stand behind the end or between and is the speech's.
KEPT = [
    "谢谢大家！",
    "（掌声）",
    "（略）",
    "……",
    "柳河县人民政府\n2026年3月1日",
    "来源于土地的，要还给土地；来源于人民的，要献给人民。",
    "图的是长远，谋的是根本，为的是百姓。",
    "注意安全，是对家人最好的交代。",
    "编辑部的同志也来了，他们要把今天的会议报道好。",
    "关注群众的冷暖，是我们的本分。",
    "下载一张蓝图容易，把蓝图变成现实不容易。",
    "评论区里有人问，今年的补贴什么时候发。我告诉大家，四月底。",
    "主办单位要把明天的观摩安排好。",
    "相关部门要各司其职。",
    "分享到手的红利，要靠自己的双手。",
    "附件里的任务分解表，请各乡镇带回去对照落实。",
    "1. 带头学。",
    "散会！",
    "阅读是一个人一辈子的事。",
    "报送材料要及时。",
    "声明一点：今年的任务只加不减。",
    "——这就是我们的底气",
]


def noise_of(lines: list[str]) -> list[str]:
    told = lines_of(read("\n".join(lines).encode(), "a.txt")[0])
    assert all(line.reason for line in told if line.role == "noise")
    return [line.text for line in told if line.role == "noise"]


@pytest.mark.parametrize("name", BEHIND)
def test_what_stands_behind_the_end_is_not_the_speech_s(name: str) -> None:
    assert noise_of([*SPEECH, *BEHIND[name]]) == BEHIND[name]


@pytest.mark.parametrize("name", BEHIND)
def test_it_is_not_either_behind_those_who_sign(name: str) -> None:
    signed = [*SPEECH, "柳河县春耕生产指挥部", "2026年3月1日", *BEHIND[name]]
    assert noise_of(signed) == BEHIND[name]


@pytest.mark.parametrize("name", WITHIN)
def test_what_stands_between_the_paragraphs_is_not_the_speech_s(name: str) -> None:
    for place in (3, 5, 7, 9):
        assert noise_of([*SPEECH[:place], WITHIN[name], *SPEECH[place:]]) == [WITHIN[name]]


@pytest.mark.parametrize("words", KEPT)
def test_in_doubt_a_line_is_the_speech_s(words: str) -> None:
    assert noise_of([*SPEECH, *words.split("\n")]) == []
    assert noise_of([*SPEECH[:5], *words.split("\n"), *SPEECH[5:]]) == []
    assert noise_of([*SPEECH[:-1], *words.split("\n"), SPEECH[-1]]) == []


# ── more of each kind, written after the rules were ────────────────────────────────────────────────────────────────

MORE_BEHIND = [
    ["（作者系柳河县农业农村局局长）"], ["（据柳河日报）"], ["记者：周敏"], ["本报记者 周敏"], ["一审：李明 二审：王芳 三审：赵云"], ["审核｜王芳"], ["编 辑：小周"],
    ["责编 李明"], ["End"], ["END"], ["—END—"], ["（完）"], ["（全文完）"], ["返回搜狐，查看更多"], ["展开阅读全文"], ["分享让更多人看到"],
    ["推荐", "农机补贴一问一答", "县长下乡记"], ["猜你喜欢", "1 农机补贴一问一答", "2 县长下乡记"], ["热门文章", "农机补贴一问一答"],
    ["网站地图 | 关于我们 | 联系我们"], ["联系我们\u3000网站声明\u3000隐私政策"], ["建议使用IE9.0以上浏览器"], ["您是第 10086 位访客"],
    ["浙公网安备 33000002000001号"], ["网站支持IPv6"], ["【打印】【关闭】"], ["【字体：大 中 小】"], ["[打印本页] [关闭窗口]"], ["↑ 返回顶部"],
    ["相关链接：《农机补贴办法》"], ["注1：秧田指集中育秧点。", "注2：数据截至二月底。"], ["注：文中数据由县统计局提供。"],
    ["[1]柳河县统计局：《统计公报》，2025年3月。", "[2]同上。"], ["参考文献", "[1] 王明. 春耕管理[M]. 北京：农业出版社，2001."], ["发：各乡镇党委、政府"],
    ["抄报：市农业农村局"], ["联系人：小周，电话：0570-1234567"], ["（联系人：小周；电话：1234567）"], ["主题词：农业\u3000春耕\u3000讲话"], ["共印60份"],
    ["附：春耕任务分解表"], ["附件1", "春耕任务分解表"], ["扫码看视频"], ["微信公众号：liuhefabu"], ["新浪微博：@柳河发布"], ["如需转载请注明出处"],
    ["免责声明：以上内容源自网络，版权归原作者所有。"], ["文章来源：县府办", "发布日期：2026-03-01 10:22"], ["【来源：柳河新闻网】"], ["（柳河县融媒体中心供稿）"],
    ["投稿：县委宣传部"], ["0条评论", "来说两句吧"], ["【本文内容由县府办提供】"], ["本文为县长在现场会上的讲话，根据录音整理"], ["下载客户端，看更多精彩内容"],
]  # fmt: skip
MORE_WITHIN = [
    "（图为会议现场）", "（图/周敏）", "图片来源：柳河发布", "摄影/周敏", "制图：小周", "■ 周敏/摄", "本报记者 周敏 摄", "△ 会场", "【图说】县长在田头",
    "图① 秧田 图② 大棚", "[1] 肥料：指复合肥", "下载APP查看更多", "点击播放视频", "广告", "推荐阅读：农机补贴一问一答", "本文来自柳河发布公众号",
]  # fmt: skip
MORE_KEPT = [
    "图发展，必须先图稳定。", "图3分钟的痛快，丢了一辈子的前程。", "推荐一批好书，办好农家书屋。", "大会主席团常务主席主持会议", "作者是人民，舞台是时代。", "编辑好每一篇稿件，是记者的责任。",
    "审核：严字当头。", "来源：一是财政，二是自筹。", "记者节快乐！", "打印机要省着用", "注：以上三条，今年必须做到。", "附：我再补充一句，安全第一。", "主送的文件要核对。",
    "地址：就在柳河镇。", "联系电话要向社会公开。", "摄像头要装起来", "第一，抓落实。", "电话：我的手机二十四小时开着。", "★今年的重点工作", "■ 抓好春耕",
    "▲ 守住底线是第一位的任务，谁也不能含糊。", "（一）", "①要把水引来。", "更多的群众富起来了", "声明：我个人不参与任何工程。", "阅读一本好书，结交一位良师", "共有3条经验",
    "转发给身边人", "关闭一批小煤窑", "收藏家也来了", "字数不多，分量很重", "上一条战线、守一方平安", "热点问题要回应", "为您服务", "策划一批好项目",
    "作者：张三讲述了他的故事，感动了在场的每一个人。", "加强网站、公众号和客户端建设", "做好APP下载推广", "关键词：担当", "作者：李白", "地址：市行政中心",
]  # fmt: skip


@pytest.mark.parametrize("lines", MORE_BEHIND)
def test_more_that_stands_behind_the_end(lines: list[str]) -> None:
    assert noise_of([*SPEECH, *lines]) == lines


@pytest.mark.parametrize("line", MORE_WITHIN)
def test_more_that_stands_between(line: str) -> None:
    assert noise_of([*SPEECH[:7], line, *SPEECH[7:]]) == [line]


@pytest.mark.parametrize("line", MORE_KEPT)
def test_more_that_is_the_speech_s(line: str) -> None:
    assert noise_of([*SPEECH[:5], line, *SPEECH[5:]]) == []
    assert noise_of([*SPEECH[:-1], line, SPEECH[-1]]) == []
