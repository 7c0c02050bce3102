"""Long work of the desk: it is done beside the pages, says where it is, can be stopped, and takes nothing with it that dies."""
# ruff: noqa: F811

import os
from concurrent.futures import CancelledError

import pytest
from desk_plain import Plain, plain  # noqa: F401
from long_work import doubled, endless, killed, mute, refused
from starlette.requests import Request
from test_desk_back import words

from drafter.desk import apart, jobs
from drafter.desk.apart import LongWork, WorkSaid, begun
from drafter.diagnostic import Rejected


def outcome(work: LongWork) -> object:
    """What comes of it, or the code of its refusal."""
    try:
        return work.future.result(100)
    except Rejected as refusal:
        return refusal.code
    except CancelledError:  # it had not begun
        return "desk-stopped"


def until_it_speaks(work: LongWork) -> WorkSaid:
    """The first it says."""
    while not work.said.words:
        assert not work.future.done()
    return work.said


def test_work_is_done_refused_stopped_or_lost_and_the_next_is_done_all_the_same() -> None:
    assert outcome(begun(doubled, 21)) == (42, os.getcwd())
    assert outcome(begun(refused)) == "no"
    assert outcome(begun(killed)) == "desk-work-died"
    one = begun(endless, harmless=False)
    assert until_it_speaks(one)[1:] == (1, 2)
    one.stop()
    assert outcome(one) == "desk-stopped"
    other = begun(mute)
    other.stop()
    assert outcome(other) == "desk-stopped"
    assert outcome(begun(doubled, 1)) == (2, os.getcwd())


def test_pages_are_answered_while_work_goes_on_and_it_is_stopped_from_its_page(plain: Plain, monkeypatch: pytest.MonkeyPatch) -> None:
    from drafter.desk.pages import old_extract

    given = '--b\r\nContent-Disposition: form-data; name="file"; filename="旧稿.txt"\r\n\r\n讲话\r\n--b--\r\n'.encode()
    put_in = plain._ask("POST", "/old", "", given, {"content-type": "multipart/form-data; boundary=b"})
    address = "/old/" + put_in.headers["location"].partition("new=")[2] + "/extract"

    async def endless_reading(request: Request, paper: object, asked: object) -> object:
        return await jobs.done(request, "正在数", ("count",), endless, harmless=False)

    monkeypatch.setattr(old_extract, "_read", endless_reading)
    monkeypatch.setattr(jobs, "PATIENCE_S", 0)
    page = plain.get(address)
    assert (page.status, "正在数" in words(page)) == (202, True)
    assert page.headers["refresh"]
    stop = page.text.partition('<form method="post" action="')[2].partition('"')[0]
    while "数到" not in (page := plain.get(address)).text:
        assert page.status == 202
    for other in ("/", "/back", "/old", "/choose"):
        assert plain.get(other).status == 200
    assert f'href="{address}"' in plain.get("/").text
    assert plain.post(stop).headers["location"] == address
    while (page := plain.get(address)).status == 202:
        assert "正在停下" in words(page)
    assert "停下了" in words(page)
    assert address not in plain.get("/").text


def test_when_the_desk_ends_nothing_goes_on() -> None:
    one, other = begun(endless, harmless=False), begun(mute)
    until_it_speaks(one)
    apart.ended()
    assert (one.future.done(), other.future.done()) == (True, True)
