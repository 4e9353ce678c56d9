"""Which robots may be named, and what their answers mean."""

from __future__ import annotations

import json

import pytest

from server.hooks.formats import Answer, read_answer, request_of
from server.hooks.quiet import allowed_ms
from server.localtime import local_iso
from server.robots import BadRobots, Robot, read_robots
from server.settings import from_environment

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc"
DING = "https://oapi.dingtalk.com/robot/send?access_token=abc"
FEISHU = "https://open.feishu.cn/open-apis/bot/v2/hook/abc"


def test_robots_are_named_one_a_line_each_for_a_community_or_for_all() -> None:
    known = read_robots(f"甲群={WECOM}; 榆桥社区/乙群 = {DING} SECx\n\n榆桥社区/丙群={FEISHU}")
    assert [(each.name, each.community, each.vendor, each.secret) for each in known] == [
        ("甲群", "", "wecom", ""), ("乙群", "榆桥社区", "dingtalk", "SECx"), ("丙群", "榆桥社区", "feishu", ""),
    ]  # fmt: skip
    assert [each.speaks_for("榆桥社区") for each in known] == [True] * 3
    assert [each.speaks_for("晨光里社区") for each in known] == [True, False, False]
    assert len({each.id for each in known}) == 3
    assert "abc" not in repr(known)
    assert "SECx" not in repr(known)


@pytest.mark.parametrize(
    "said",
    [
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=s3cret",
        "=https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=s3cret",
        "群=http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=s3cret",
        "群=https://qyapi.weixin.qq.com/cgi-bin/webhook/send?kay=s3cret",
        "群=https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=s3cret SECs3cret",
        "群=https://qyapi.weixin.qq.com:8443/cgi-bin/webhook/send?key=s3cret",
        "群=https://qyapi.weixin.qq.com@example.org/cgi-bin/webhook/send?key=s3cret",
        "群=https://a@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=s3cret",
        "群=https://qyapi.weixin.qq.com.example.org/cgi-bin/webhook/send?key=s3cret",
        "群=https://qyapi.weixin.qq.com/cgi-bin/user/get?key=s3cret",
        "群=https://oapi.dingtalk.com/cgi-bin/webhook/send?key=s3cret",
        "群=https://169.254.169.254/robot/send?access_token=s3cret",
        "群=https://localhost/open-apis/bot/v2/hook/s3cret",
        "群=https://open.feishu.cn/open-apis/bot/v2/hook/../../s3cret",
        f"群={DING} one two",
        f"群={WECOM};群={DING}",
        f"{'长' * 41}={WECOM}",
    ],
)
def test_whatever_is_no_robot_of_theirs_is_refused_without_repeating_it(said: str) -> None:
    with pytest.raises(BadRobots) as refused:
        read_robots(said)
    assert "s3cret" not in str(refused.value)


def test_another_host_is_spoken_to_where_whoever_runs_the_server_says_so(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "群=https://im.example.gov.cn:8443/robot/send?access_token=x SECy"
    monkeypatch.setenv("SIFANG_DATA", str(tmp_path))
    monkeypatch.setenv("SIFANG_ROBOTS", said)
    with pytest.raises(BadRobots, match="SIFANG_ROBOT_HOSTS"):
        from_environment()
    monkeypatch.setenv("SIFANG_ROBOT_HOSTS", "im.example.gov.cn:8443 other.example.gov.cn")
    (robot,) = from_environment().robots
    assert (robot.vendor, robot.host) == ("dingtalk", "im.example.gov.cn:8443")


def test_a_robot_without_a_secret_is_sent_no_signature() -> None:
    for robot in read_robots(f"乙={DING}\n丙={FEISHU}"):
        request = request_of(robot, "词", 1_700_000_000_000)
        assert "sign" not in request.target
        assert set(json.loads(request.body)) in ({"msgtype", "text"}, {"msg_type", "content"})


@pytest.mark.parametrize(
    ("vendor", "status", "body", "answer"),
    [
        ("wecom", 200, {"errcode": 0, "errmsg": "ok"}, Answer(None)),
        ("wecom", 200, {"errcode": 45009, "errmsg": "freq"}, Answer("busy", 45009)),
        ("wecom", 200, {"errcode": "0"}, Answer("http", 200)),
        ("wecom", 200, {}, Answer("http", 200)),
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "keywords not in content"}, Answer("keyword", 310000)),
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "ip 1.2.3.4 not in whitelist"}, Answer("address", 310000)),
        ("dingtalk", 200, {"errcode": 310000, "errmsg": "sign not match"}, Answer("signature", 310000)),
        ("dingtalk", 200, {"errcode": 430103, "errmsg": "?"}, Answer("refused", 430103)),
        ("feishu", 200, {"StatusCode": 0, "StatusMessage": "success"}, Answer(None)),
        ("feishu", 400, {"code": 19001, "msg": "param invalid"}, Answer("gone", 19001)),
        ("feishu", 200, {"code": 19024, "msg": "Key Words Not Found"}, Answer("keyword", 19024)),
        ("feishu", 429, {}, Answer("busy", 429)),
        ("feishu", 500, {"code": 0}, Answer("http", 500)),
        ("feishu", 200, {"code": True}, Answer("http", 200)),
    ],
)
def test_what_an_answer_means(vendor: str, status: int, body: dict[str, object], answer: Answer) -> None:
    robot = Robot("群", "", vendor, "https://example.org/")
    assert read_answer(robot, status, json.dumps(body).encode()) == answer


def test_a_page_instead_of_an_answer_is_none() -> None:
    for body in (b"<html>", b"[]", b"", b"\xff"):
        assert read_answer(Robot("群", "", "wecom", "https://example.org/"), 200, body) == Answer("http", 200)


@pytest.mark.parametrize(
    ("at", "allowed"),
    [("07:59", "2026-11-20T08:00"), ("08:00", "2026-11-20T08:00"), ("20:59", "2026-11-20T20:59"),
     ("21:00", "2026-11-21T08:00"), ("23:59", "2026-11-21T08:00"), ("00:00", "2026-11-20T08:00")],
)  # fmt: skip
def test_the_night_is_quiet_but_for_what_is_urgent(at: str, allowed: str) -> None:
    midnight_ms, (hour, minute) = 1_795_104_000_000, (int(each) for each in at.split(":"))
    ms = midnight_ms + (hour * 60 + minute) * 60_000
    assert local_iso(ms, 480)[:16] == f"2026-11-20T{at}"
    assert local_iso(allowed_ms(ms, 480, urgent=False), 480)[:16] == allowed
    assert allowed_ms(ms, 480, urgent=True) == ms
