"""A table of people becomes a letter each: looked at, written, put right, printed, all by plain forms."""
# ruff: noqa: F811

import io
import re
import zipfile
from pathlib import Path

import pytest
from desk_plain import Plain, plain  # noqa: F401
from test_desk_back import give, words

from drafter.desk import jobs

OUTLINE = """title: 致【对象】的慰问信
about: 节日前后写给一线人员
genre: 慰问信
template: speech
fields:
  对象:
    ask: 写给谁？
    example: 教师
  节日:
    ask: 什么节日？
    example: 教师节
  人数:
    ask: 有多少人？
    type: number
    example: 12
  落款:
    ask: 谁写的？
    example: 县委
speech:
  - greeting: 【对象】：
  - opening: 值此【节日】，向你们【人数】位同志致以慰问。
  - signature: 【落款】
"""
TABLE = "县区,对像,人数,备注\n清河,清河教师,12,甲\n东山,东山教师,很多,乙\n西岭,西岭教师,30,丙\n"


@pytest.fixture
def listed(plain: Plain, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page of a table, dropped with an outline."""
    monkeypatch.setattr(jobs, "PATIENCE_S", 60)  # here every request has a loop of its own, which work does not outlive
    Path("outlines").mkdir()
    Path("outlines/信.yaml").write_text(OUTLINE, encoding="utf-8")
    body = b'--b\r\nContent-Disposition: form-data; name="outline"\r\n\r\n' + "信".encode() + b"\r\n"
    body += '--b\r\nContent-Disposition: form-data; name="table"; filename="名单.csv"\r\n\r\n'.encode() + TABLE.encode() + b"\r\n--b--\r\n"
    answer = plain._ask("POST", "/batch", "", body, {"content-type": "multipart/form-data; boundary=b"})
    assert answer.status == 303
    return answer.headers["location"]


def form_in(page: str) -> dict[str, str]:
    """What the form of a page sends as it stands."""
    form = page.partition('class="batch"')[2]
    out = dict(re.findall(r'<input type="(?:hidden|text)"[^>]*? name="([^"]+)" value="([^"]*)"', form))
    for name, options in re.findall(r'(?s)<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', form):
        chosen = re.findall(r'<option value="([^"]*)" selected', options) or re.findall(r"<option selected>([^<]*)", options)
        first = re.findall(r'<option(?: value="([^"]*)")?', options)[0]  # which a browser sends where none is chosen
        out[name] = (chosen or [first])[0]
    return out


def test_a_table_is_looked_at_written_put_right_and_printed(plain: Plain, listed: str) -> None:
    page = plain.get(listed)
    told = words(page)
    assert "表里3行，能写2份，写不成1行" in told.replace(" ", "")
    assert "请看一看" in told
    assert form_in(page.text)["m:对像"] == "对象"
    assert form_in(page.text)["m:备注"] == ""
    assert "“人数”列" in told
    assert "第 3 行" in told
    assert "清河教师：" in page.text  # the first letter's page

    form = form_in(page.text) | {"a:节日": "教师节", "name": "【县区】慰问信"}
    changed = plain.post(listed, form | {"do": "write"})
    assert changed.headers["location"] == f"{listed}?changed"
    assert not [*Path().glob("名单*")]
    form = form_in(plain.get(changed.headers["location"]).text)
    assert (form["a:节日"], form["name"]) == ("教师节", "【县区】慰问信")
    ordered = plain.post(listed, form | {"do": "write"})
    assert ordered.headers["location"] == f"{listed}/written"
    done = plain.get(f"{listed}/written")
    folder = Path("名单（写好的）")
    assert sorted(path.name for path in folder.glob("*.docx")) == ["清河慰问信.docx", "西岭慰问信.docx"]
    assert "写好了 2 份" in words(done)
    assert "落款（2 份）" in words(done)
    with zipfile.ZipFile(io.BytesIO(plain.get(f"{listed}/zip").body)) as archive:
        assert sorted(archive.namelist()) == ["清河慰问信.docx", "西岭慰问信.docx"]

    printed = plain.get(plain.post(f"{listed}/print").headers["location"])
    one = re.search(r'href="(/file/[^"]+)"', plain.get(printed.headers["location"]).text)
    assert one
    assert plain.get(one[1]).body.startswith(b"PK")

    failed = plain.get(f"{listed}/failures").body.decode("utf-8-sig")
    assert "很多" in failed
    before = (folder / "清河慰问信.docx").read_bytes()
    again = give(plain, ("失败.csv", failed.replace("很多", "20").encode()), to=f"{listed}/again", field="table").headers["location"]
    page = plain.get(again)
    assert "能写1份" in words(page).replace(" ", "")
    assert form_in(page.text)["a:节日"] == "教师节"
    plain.post(again, form_in(page.text) | {"do": "write"})
    plain.get(f"{again}/written")
    assert sorted(path.name for path in folder.glob("*.docx")) == ["东山慰问信.docx", "清河慰问信.docx", "西岭慰问信.docx"]
    assert (folder / "清河慰问信.docx").read_bytes() == before


def test_what_was_proposed_is_written_at_one_press(plain: Plain, listed: str) -> None:
    assert plain.post(listed, form_in(plain.get(listed).text) | {"do": "write"}).headers["location"] == f"{listed}/written"


def test_what_was_stopped_is_gone_on_with(plain: Plain, listed: str) -> None:
    from drafter.desk.apart import _died
    from drafter.desk.descent import remember, remembered
    from drafter.desk.pages.batch_written import _write
    from drafter.desk.show import told_all
    from drafter.desk.store import received_by, thrown_away

    table = received_by(listed.rpartition("/")[2])
    table.path.write_text("县区,对象,人数\n" + "".join(f"{n}区,{n}区教师,{n}\n" for n in range(1, 41)), encoding="utf-8")
    form = form_in(plain.get(listed).text) | {"name": "【县区】"}
    plain.post(listed, form)
    assert plain.post(listed, form_in(plain.get(listed).text) | {"do": "write"}).headers["location"] == f"{listed}/written"
    spoken = []

    def until_it_is_stopped(said: str, *how_much: int) -> None:
        spoken.append(said)
        if how_much:
            raise KeyboardInterrupt

    _write(until_it_is_stopped, table)
    page = plain.get(f"{listed}/written")
    folder = Path("名单（写好的）")
    there = sorted(folder.glob("*.docx"))
    assert (len(spoken), len(there)) == (2, 16)
    assert f"停下了，写好了 {len(there)} 份" in words(page)
    assert f"还有 {40 - len(there)} 行没有写" in words(page)
    assert not [*folder.glob(".*.tmp")]
    before = {path: path.stat().st_mtime_ns for path in there}
    remember(table, "run", {**remembered(table, "run"), "why": [list(one) for one in told_all(_died().diagnostics, "")]})
    assert "中途没了" in words(plain.get(f"{listed}/written"))
    plain.post(f"{listed}/go-on")

    def until_it_is_thrown_away(said: str, *how_much: int) -> None:
        if how_much and table.path.exists():
            thrown_away(table.id)

    with pytest.raises(KeyboardInterrupt):
        _write(until_it_is_thrown_away, table)
    plain.post(f"/back/{table.id}/take-back")
    done = words(plain.get(f"{listed}/written"))
    assert "写好了 40 份" in done
    assert "中途没了" not in done
    assert len([*folder.glob("*.docx")]) == 40
    assert {path: path.stat().st_mtime_ns for path in there} == before


def test_tables_of_one_name_have_folders_of_their_own(plain: Plain, listed: str) -> None:
    other = give(plain, ("名单.csv", TABLE.encode()), to="/batch", field="table").headers["location"]
    plain.post(other, {"outline": "信"})
    for at in (listed, other):
        plain.post(at, form_in(plain.get(at).text) | {"do": "write"})
    for at in (listed, other):
        plain.get(f"{at}/written")
    assert {path.name: len([*path.glob("*.docx")]) for path in Path().glob("名单*")} == {"名单（写好的）": 2, "名单（写好的）2": 2}


def test_what_cannot_be_used_is_said_where_it_was_dropped(plain: Plain, listed: str) -> None:
    assert "这不是表格" in words(give(plain, ("讲话.docx", b"PK"), to="/batch", field="table"))
    form = form_in(plain.get(listed).text) | {"m:县区": "对象"}
    assert "只留一列" in words(plain.get(plain.post(listed, form).headers["location"]))
    assert "名单.csv" in plain.get("/batch").text
    assert "名单.csv" not in plain.get("/back").text
    assert plain.get(f"{listed}/written").headers["location"] == listed
    plain.post(listed, form_in(plain.get(listed).text) | {"m:县区": "", "where.column": "县区", "where.how": "is not", "where.words": "清河"})
    page = plain.get(listed)
    assert "能写1份" in words(page).replace(" ", "")
    assert form_in(page.text)["where.column"] == "县区"
    away = plain.post(f"{listed}/away").headers["location"]
    assert "“名单.csv”删掉了。" in words(plain.get(away))
    assert plain.post(f"/back/{listed[-12:]}/take-back").headers["location"] == "/batch"
    assert plain.get(listed).status == 200
    assert (plain.post("/batch").status, plain.get("/batch/000000000000").status) == (422, 404)
