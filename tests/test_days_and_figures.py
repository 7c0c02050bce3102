"""Days, figures, yes and no as people write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.chinese.amounts import read_amount
from drafter.chinese.days import read_day
from drafter.chinese.numerals import digits_said, numeral, read_date
from drafter.outline.field import Field, Number, Unfit, read, save_form, say, take
from drafter.outline.parse import parse
from drafter.outline.yaml import Source

TODAY = date(2026, 11, 29)  # a Sunday
THIRD = date(2026, 12, 3)

DAYS = {
    THIRD: "2026-12-03 2026-12-3 2026.12.3 2026/12/03 20261203 2026－12－3 ２０２６年１２月３日 2026。12。3 2026年12月3日 2026年12月3 2026年12.3 26年12月3日 26.12.3 "
    "12月3日 12月3号 12月03日 12月份3号 12月3 12.3 12/3 12-3 12，3 十二月三日 十二月三 12月三日 二〇二六年十二月三日 二零二六年十二月三日 今年12月3日 下月3日 下个月3号 "
    "2026年12月3日上午 2026年12月3日（星期四） 2026年12月3日星期四 2026-12-03_周四 2026-12-3(四) 12月3日（周四）上午9点 12月3日上午（星期四） 12月3日下午2:30 12月3日9:00-11:30 "
    "2026年12月3日（周四）上午9:00—11:30 2026-12-03_00:00:00 2026-12-03T09:00:00 2026/12/3_9:00 46359 12月3日前 暂定12月3日 周四（12月3日） 下周四（12月3日） 下周四 下星期四 下礼拜四 "
    "下个周四 下周4 周四 星期四 礼拜四 下周四上午9点 4天后 四天后 2026_年_12_月_3_日 12_月_3_日（星期四） 12月3日下班前 12月3日17:00前 12月3日24时前 不晚于12月3日 下周四下班前 下周四12月3日 12月3日下周四",
    date(2026, 12, 2): "下周三 大后天 三天后",
    date(2026, 11, 30): "明天 明日 明早 明晚 明天下午3点 月底 本月底 月末 礼拜一 明天（周一）",
    date(2026, 12, 1): "后天 后天上午 后日",
    TODAY: "今天 今日 今晚 星期天 周日 29日 29号 本月29日 二十九号",
    date(2026, 11, 27): "本周五 这周五 这个星期五 前天 本周五前 两天前",
    date(2026, 12, 4): "周五 国家宪法日 宪法日",
    date(2026, 11, 26): "11月26 11.26 11/26 11-26 26日 26号 二十六号 本月26日",
    date(2026, 12, 31): "年底 12月底",
    date(2027, 1, 1): "元旦 明年1月1日 2027年元旦",
    date(2027, 10, 1): "国庆节 国庆 十一",
    date(2027, 7, 1): "七一 建党节",
    date(2026, 11, 20): "上周五",
    date(2026, 12, 7): "下下周一",
}


@pytest.mark.parametrize(("text", "day"), [(text.replace("_", " "), day) for day, texts in DAYS.items() for text in texts.split()])
def test_a_day_is_read_as_people_write_it(text: str, day: date) -> None:
    assert read_day(text, TODAY).day == day


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2月30日", "“2月30日”：2026年2月只有28天，没有30日。写成 2月28日 或 3月1日。"),
        ("11月31日", "“11月31日”：11月只有30天，没有31日。写成 11月30日 或 12月1日。"),
        ("13月5日", "“13月5日”：没有13月。写成 2026-11-22、11月22日、下周三 或 今天。"),
        ("12月3日（星期五）", "“12月3日（星期五）”：2026年12月3日是星期四，不是星期五。写成 12月3日 或 12月4日 或 2027年12月3日。"),
        ("12月3日至5日", "“12月3日至5日”：写了不止一天，这里只要一天。写成 12月3日 或 12月5日。"),
        ("12.3-12.5", "“12.3-12.5”：写了不止一天，这里只要一天。写成 12月3日 或 12月5日。"),
        ("下周", "“下周”：没有说是星期几。写成 11月30日 或 12月1日 或 12月2日。"),
        ("下月初", "“下月初”：没有说是几日。写成 12月1日。"),
        ("2026年12月", "“2026年12月”：没有说是几日。写成 2026-11-22、11月22日、下周三 或 今天。"),
        ("26", "“26”：没有写明是几月几日。写成 12月26日。"),
        ("1203", "“1203”：没有写明年月日。写成 12月3日。"),
        ("腊月二十三", "“腊月二十三”：这是农历，这里不换算；请写公历的几月几日。"),
        ("春节", "“春节”：春节每年的日子不一样，这里不推算；请写几月几日。"),
        ("近期", "“近期”：没有说定是哪一天。写成 2026-11-22、11月22日、下周三 或 今天。"),
        ("待定", "“待定”：还没有定的先不填，这一条不写。"),
        ("12月3日在三楼", "“12月3日在三楼”：这里只写日期。写成 12月3日。"),
        ("下周二12月3日", "“下周二12月3日”：前后写的不是同一天。写成 12月1日 或 12月3日。"),
        ("随便", "“随便”不是日期。写成 2026-11-22、11月22日、下周三 或 今天。"),
    ],
)
def test_what_is_no_day_is_told_in_its_own_words(text: str, told: str) -> None:
    with pytest.raises(Unfit) as caught:
        read(Field("日期", type="date"), text, TODAY)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("name", "ask", "text", "told"),
    [
        ("日期", "哪一天讲？", "11月26日", "已经过了三天"),
        ("日期", "哪一天讲？", "3号", "已经过了 26 天"),
        ("日期", "哪一天讲？", "2025-12-03", "已经过了 361 天"),
        ("截止日期", "哪一天必须拿下？", "11月1日", "已经过了 28 天"),
        ("日期", "哪一天讲？", "12月3日", None),
        ("反馈日期", "巡察组哪一天反馈的？", "11月26日", None),
        ("成立日期", "哪一天成立？", "1949年10月1日", None),
        ("出生日期", "哪一天出生？", "1960年3月5日", None),
        ("日期", "哪一天讲？", "2062-12-03", "还有 36 年"),
        ("日期", "哪一天讲？", "周日", "，今天就是星期日"),
    ],
)
def test_a_day_is_doubted_where_it_is_hardly_meant(name: str, ask: str, text: str, told: str | None) -> None:
    doubt = take(Field(name, ask, type="date"), text, TODAY).doubt
    assert (doubt.told if doubt else None) == told


FIGURES = """
8年 8 8 年|八年 八 8 年|120余人 120余 120 人|近百人 近百 100 名|1,200 1,200 1200 人|1，200 1,200 1200 人|１２０ 120 120 人|1.2万 1.2万 12000 人|1.2万元 1.2 1.2 万元|2.3万元 2.3万 23000 元
12% 12 12 %|百分之十二 12 12 %|3成 30 30 %|九成五 95 95 %|两千三百 两千三百 2300 户|一百二 一百二十 120 人|一万二 一万二千 12000 人|1万2 1万2千 12000 人|八年多 逾八 8 年|约120 约120 120 人|120多 120多 120 人|10+ 10余 10 人|0.5 0.5 0.5 亿元|半年 半 0.5 年
12.5亿元 12.5 12.5 亿元|-3.5 -3.5 -3.5 %|负三 负三 -3 人|５个 5 5 名|120人左右 约120 120 人|120人以上 不少于120 120 人|百余人 百余 100 人|二十多 二十多 20 人|3000多万元 3000多 3000 万元|1.2万余人 1.2万余 12000 人
上万人 上万 10000 人|第三稿 三 3 稿|3万5千 3万5千 35000 人|12万人 12 12 万|25岁 25 25 岁|3个月 3 3 个月|一个半月 1.5 1.5 个月|两年半 2.5 2.5 年|98.5％ 98.5 98.5 %|1.2w 1.2万 12000 人|二〇二六 二〇二六 2026 年
"""


@pytest.mark.parametrize(("typed", "said", "value", "unit"), [tuple(row.split()) for row in FIGURES.replace("\n", "|").strip("|").split("|")])
def test_a_figure_is_read_as_people_write_it(typed: str, said: str, value: str, unit: str) -> None:
    field = Field("数", type="number", followed=(unit + "的",))
    number = read(field, typed, TODAY)
    assert number == Number(said, float(value))
    assert read(field, save_form(number), TODAY) == number


@pytest.mark.parametrize(
    ("typed", "unit", "told"),
    [
        ("3000万元", "亿元", "这里按亿元写，“3000万元”是 0.3。写 0.3。"),
        ("8个月", "年", "这里写的是多少年，“8个月”的单位不一样。写成 120、1,200、3.5 或 一百二十。"),
        ("3至5", "天", "“3至5”：写了不止一个数，只要一个。写成 3 或 5。"),
        ("几十", "人", "“几十”：没有说定是多少。写成 50、50余、近百 或 约120。"),
        ("三五", "人", "“三五”：看不出“三五”是 3、5 之间，还是 35。写成 3 或 5 或 35。"),
        ("一亿二千万", "亿元", "这里按亿元写，“一亿二千万”是 1.2。写 1.2。"),
        ("十二亿", "亿元", "这里按亿元写，“十二亿”是 12。写 12。"),
        ("120户", "人", "这里写的是多少人，“120户”的单位不一样。写成 120、1,200、3.5 或 一百二十。"),
        ("12个百分点", "%", "这里写的是多少%，“12个百分点”的单位不一样。写成 120、1,200、3.5 或 一百二十。"),
        ("25岁", "年", "这里写的是多少年，“25岁”的单位不一样。写成 120、1,200、3.5 或 一百二十。"),
        ("预计120人", "人", "“预计120人”：除了数，还有别的字。写成 120人。"),
        ("120（含列席）", "人", "“120（含列席）”：除了数，还有别的字。写成 120。"),
        ("一两百", "人", "“一两百”：没有说定是多少。写成 50、50余、近百 或 约120。"),
        ("待定", "人", "“待定”：还没有定的先不填，这一条不写。"),
        ("没有", "人", "“没有”：是 0 就写 0。"),
    ],
)
def test_what_is_no_figure_is_told_in_its_own_words(typed: str, unit: str, told: str) -> None:
    with pytest.raises(Unfit) as caught:
        read(Field("数", type="number", followed=(unit,)), typed, TODAY)
    assert str(caught.value) == told


def test_a_unit_is_said_once() -> None:
    outline, _ = parse(Source("a.yaml", "title: 讲话\nfields:\n  年限:\n    ask: 多少年？\n    type: number\nspeech:\n  - text: 干了【年限】年。\n"))
    assert say(read(outline.fields["年限"], "8年", TODAY)) == "8"


@pytest.mark.parametrize("said", ["好", "好的", "需要", "可以", "行", "嗯", "是的", "要的", "当然", "OK", "√", "对的", "有的", "是", "有", "对", "要", "y", "Yes", "1", "true", "好！", "应该", "没问题", "确认", "好啊", "必须的", "当然要"])
def test_a_yes_is_a_yes(said: str) -> None:
    assert read(Field("表扬", type="yes/no"), said, TODAY) is True


@pytest.mark.parametrize("said", ["不用", "不需要", "不必", "免了", "算了", "没", "没有", "不", "不行", "×", "否", "无", "n", "0", "NO", "不要", "不是", "无需", "还没有", "不用了", "暂不", "false", "Ｎ"])
def test_a_no_is_a_no(said: str) -> None:
    assert read(Field("表扬", type="yes/no"), said, TODAY) is False


@pytest.mark.parametrize(
    ("ask", "said", "meant"),
    [
        ("要不要宣布表彰？", "宣布", True),
        ("要不要宣布表彰？", "不宣布", False),
        ("会上有没有选举？", "没有选举", False),
        ("是否不点名？", "不点名", True),
        ("有没有发现问题？", "没问题", None),
        ("有没有发现问题？", "有问题", None),
    ],
)
def test_an_answer_may_take_up_the_question(ask: str, said: str, meant: bool | None) -> None:
    field = Field("表彰", ask, type="yes/no")
    if meant is not None:
        assert read(field, said, TODAY) is meant
        return
    with pytest.raises(Unfit) as caught:
        read(field, said, TODAY)
    assert str(caught.value) == f"“{said}”看不出是不是。请答 是 或 否。"


def test_a_day_that_is_hedged_or_the_last_one_is_echoed() -> None:
    assert [read_day(text, TODAY).word for text in ("12月3日前", "暂定12月3日", "12月3日")] == ["12月3日前", "暂定12月3日", ""]


@pytest.mark.parametrize("said", ["都行", "看情况", "待定", "也许", "随便", "不一定"])
def test_neither_yes_nor_no_is_asked_again(said: str) -> None:
    with pytest.raises(Unfit):
        read(Field("表扬", type="yes/no"), said, TODAY)


@pytest.mark.parametrize(("said", "choice"), [("２", "县区"), ("第2项", "县区"), ("2.", "县区"), ("二", "县区"), ("（2）", "县区"), ("区", "县区"), ("市级", "市"), ("县", "县区")])
def test_a_choice_is_told_by_number_or_part(said: str, choice: str) -> None:
    assert read(Field("层级", type="choice", choices=("市", "县区", "乡镇")), said, TODAY) == choice


@given(st.dates(TODAY - timedelta(731), TODAY + timedelta(731)))
def test_every_day_reads_to_itself_in_every_form(day: date) -> None:
    y, m, d = day.year, day.month, day.day
    forms = [f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", f"{y}.{m}.{d}", f"{y}{m:02}{d:02}", f"{y}年{m}月{d}日", f"{y}年{m}月{d}号上午", f"{digits_said(str(y))}年{numeral(m)}月{numeral(d)}日", f"{y}-{m:02}-{d:02} 00:00:00"]
    forms += [f"{y}年{m}月{d}日（星期{'一二三四五六日'[day.weekday()]}）", f"{y % 100}年{m}月{d}日"]
    if y == TODAY.year:
        forms += [f"{m}月{d}日", f"{m}月{d}", f"{m}.{d}", f"{m}/{d}", f"{numeral(m)}月{numeral(d)}日"]
    assert {form: read_day(form, TODAY).day for form in forms} == dict.fromkeys(forms, day)


@given(st.one_of(st.text(max_size=30), st.text("0123456789年月日号下上本周星期天三五十二零〇点时至-/.:（）()~ 前后底初余近约百千万亿元人%成半", max_size=14)))
def test_no_text_at_all_stops_the_readers(text: str) -> None:
    found = read_day(text, TODAY)
    assert found.day is None or not found.near
    plain = read_date(text, TODAY)
    assert plain is None or found.day in (plain, None)
    read_amount(text)
    for kind in ("date", "number", "yes/no"):
        try:
            value = read(Field("空", type=kind), text, TODAY)
        except Unfit:
            continue
        assert read(Field("空", type=kind), save_form(value), TODAY) == value
