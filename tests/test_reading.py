"""Plain text read: encodings and line ends, what sites and PDFs put around a speech, lines broken at a fixed width."""

from pathlib import Path

import pytest

from drafter.readers.text import read

SPEECH = ["在会上的讲话", "同志们：", "今天我们开会，主要任务是安排工作。", "一、抓学习", "学了就要用，用了还要学。", "二、抓落实", "说了就要办，办了就要成。", "谢谢大家！"]


def lines_of(text: str | bytes, name: str = "a.txt") -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    return [block.text for block in read(data, name)[0]]


def remarks_of(text: str) -> list[str]:
    return [remark.message for remark in read(text.encode(), "a.txt")[1]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0c"])
def test_every_encoding_and_line_end_is_read(encoding: str, end: str) -> None:
    assert lines_of(end.join(SPEECH).encode(encoding)) == SPEECH


def test_a_paragraph_knows_its_line() -> None:
    assert [block.node for block in read("\n题目\n\n　　正文。".encode(), "a.txt")[0]] == ["line.2", "line.4"]


def test_characters_nobody_sees_are_taken_out_and_told() -> None:
    assert lines_of("讲\x01话\x90\n\ufeff同志们：\xad") == ["讲话", "同志们："]
    assert lines_of("讲\u200b话\n完成2\u2060.4亿\u200d元，增长8\u200b%") == ["讲话", "完成2.4亿元，增长8%"]
    assert lines_of("资金不足\u200c。\n👩\u200d👧") == ["资金不足\u200c。", "👩\u200d👧"]
    assert remarks_of("讲话\x90") == ["去掉了 1 个看不见的控制字符。"]


@pytest.mark.parametrize("page", ["— {} —", "- {} -", "第{}页", "第 {} 页 共 9 页", "{}/9", "{}"])
def test_page_numbers_are_left_out(page: str) -> None:
    rows = list(SPEECH)
    for number, at in enumerate((2, 4, 7), 1):
        rows.insert(at + number - 1, page.format(number))
    assert lines_of("\n".join(rows)) == SPEECH


@pytest.mark.parametrize("line", ["3", "2026", "来源于群众、服务于群众，这是我们的宗旨。", "下载一个软件，学会一项本领。", "作者和读者都要负责。", "要把政务服务手机版用起来。", "上午9:30开始，请大家不要迟到。", "我们省级文库建设走在前列"])
def test_what_might_be_a_speech_s_own_stays(line: str) -> None:
    rows = [*SPEECH[:4], line, *SPEECH[4:]]
    assert lines_of("\n".join(rows)) == rows


def test_a_text_of_nothing_but_page_numbers_is_kept() -> None:
    assert lines_of("第1页\n第2页\n") == ["第1页", "第2页"]


@pytest.mark.parametrize("pages", [("1", "2"), ("7", "8")])
def test_what_stands_at_the_edges_of_all_pages_is_left_out(pages: tuple[str, str]) -> None:
    first, second = ["县里的文件汇编", *SPEECH[:4], pages[0]], ["县里的文件汇编", *SPEECH[4:], pages[1]]
    text = "\n".join([*first, *second]).encode()
    blocks, remarks = read(text, "a.txt", broken=True, pages=(1, len(first) + 1))
    assert [block.text for block in blocks] == ["县里的文件汇编", *SPEECH]
    assert remarks[0].message == f"没有收进来：页码、页眉 3 行，“{pages[0]}”、“县里的文件汇编”、“{pages[1]}”。"


def test_lines_broken_at_a_fixed_width_are_joined() -> None:
    paragraphs = [
        "　　今天的会议，主要任务是认真学习贯彻上级会议精神，总结前一阶段的工作，安排下一阶段的任务，动员全体同志振奋精神、真抓实干，把各项工作做得更好。",
        "　　一、认清形势，统一思想。当前，我们正处在加快发展的关键时期，机遇和挑战都很多，大家要认清自己肩上的担子，把心思放在干事上，把劲头用在落实上，不能有丝毫的松懈。",
        "　　二、突出重点，狠抓落实。要把任务分解到人，把责任落实到岗，一件一件抓，一项一项干，干一件成一件，确保全年的目标任务圆满完成，让群众看得见、摸得着、得实惠。",
    ]
    paragraphs *= 3
    wrapped = [row[at : at + 30] for row in paragraphs for at in range(0, len(row), 30)]
    text = "\n".join(["在会上的讲话", "同志们：", *wrapped])
    assert lines_of(text) == ["在会上的讲话", "同志们：", *(row.strip() for row in paragraphs)]
    assert remarks_of(text) == [f"这个文件每行都在固定的宽度断开，已经接起来 {len(wrapped) - len(paragraphs)} 处。"]


def test_a_poem_and_a_list_of_short_lines_are_not_joined() -> None:
    rows = ["床前明月光，疑是地上霜", "举头望明月，低头思故乡"] * 8
    assert lines_of("\n".join(rows)) == rows


def test_the_pdf_of_the_set_is_read_as_its_labels_have_it() -> None:
    path = Path(__file__).parent / "corpus" / "14-pdf.txt"
    labels = path.with_suffix(".labels").read_text(encoding="utf-8").splitlines()
    assert lines_of(path.read_bytes()) == [row.split("\t")[3] for row in labels]
