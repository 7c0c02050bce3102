"""A speech and its host's script looked at together: what is told, in every form, and that strangers are left alone."""

import json
from pathlib import Path

import pytest
from conftest import Run

SPEECH = """在全市防汛工作会议上的讲话
市委副书记　王志强
（2026年5月8日）
同志们：
　　这次会议，主要任务是部署今年的防汛工作。下面，我讲三点意见。
　　一、盯住堤坝，守牢底线
　　堤坝要有人巡，险段要有人守。
　　二、备足物资，练好队伍
　　沙袋雨衣样样清点，抢险队伍月月演练。
　　三、管好闸口，畅通信息
　　闸口的值守要到人，水情的报送要到点。
　　同志们，让我们共同努力，确保安全度汛！
"""
SCRIPT = """在全市防汛工作会议上的主持词
市长　陈志远
（2026年5月8日）
同志们：
　　现在开会。今天的会议，请市委副书记王志强同志讲话。
　　刚才，王志强同志从五个方面作了讲话，请大家照办。
　　散会。
"""
TOLD = "这里说“五”，讲话.txt 第 6 行起是三条：盯住堤坝、备足物资、管好闸口。"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("讲话.txt").write_text(SPEECH, encoding="utf-8")
    Path("主持词.txt").write_text(SCRIPT, encoding="utf-8")


@pytest.mark.parametrize("order", [("讲话.txt", "主持词.txt"), ("主持词.txt", "讲话.txt"), (".",)])
def test_what_does_not_agree_is_told_in_the_script_with_the_place_in_the_speech(run: Run, order: tuple[str, ...]) -> None:
    done = run("check", *order, "--json")
    found = [f for file in json.loads(done.stdout)["result"] for f in file["findings"] if f["rule"] == "points-told-wrong"]
    assert done.returncode == 1
    assert [(Path(f["file"]).name, f["line"], f["words"], f["instead"], f["message"].replace("./", "")) for f in found] == [
        ("主持词.txt", 6, "五", "三", TOLD)
    ]
    other = found[0]["other"]
    assert (Path(other["file"]).name, other["paragraph"], other["words"]) == ("讲话.txt", 6, "盯住堤坝，守牢底线")


def test_a_platform_is_told_of_both_places(run: Run) -> None:
    log = json.loads(run("check", "讲话.txt", "主持词.txt", "--sarif").stdout)
    (result,) = [r for r in log["runs"][0]["results"] if r["ruleId"] == "points-told-wrong"]
    assert result["locations"][0]["physicalLocation"]["region"]["startLine"] == 6
    related = result["relatedLocations"][0]
    assert (related["logicalLocations"][0]["name"], related["message"]["text"]) == ("第 6 段", "盯住堤坝，守牢底线")


def test_it_can_be_left_alone_like_any_other_finding(run: Run) -> None:
    assert run("check", "讲话.txt", "主持词.txt", "--ignore", "points-told-wrong").returncode == 0
    assert "points-told-wrong" not in run("check", "主持词.txt").stdout


def test_papers_of_different_meetings_have_nothing_to_do_with_each_other(run: Run) -> None:
    Path("讲话.txt").write_text(SPEECH.replace("防汛工作会议", "教育大会"), encoding="utf-8")
    assert "points-told-wrong" not in run("check", "讲话.txt", "主持词.txt").stdout


def test_what_is_filled_together_agrees_until_one_is_picked_anew(run: Run) -> None:
    fill = ("--no-input", "-q", "-s", "讲话人=王志强", "-s", "讲话人职务=市委副书记", "-s", "日期=2026-05-08")
    run("new", "-O", "office-training", "-O", "hosting", *fill, "-o", "稿/")
    rules = ("--select", "points-told-wrong,papers-disagree")
    assert run("check", "稿", *rules).returncode == 0
    (speech,) = Path("稿").glob("*讲话.docx")
    run("new", "-O", "office-training", *fill, "--pick", "1,3", "-o", str(speech), "--force")
    said = run("check", "稿", *rules).stdout
    assert "这里说“五”" in said
    assert "[points-told-wrong]" in said


def test_a_file_that_cannot_be_read_is_told_once_and_the_rest_is_looked_at(run: Run) -> None:
    Path("坏.docx").write_bytes(b"PK")
    done = run("check", "坏.docx", "讲话.txt", "主持词.txt")
    assert done.returncode == 2
    assert "[points-told-wrong]" in done.stdout
    assert done.stderr.count("坏.docx") == 1
