"""How the robots of WeCom, DingTalk and Feishu are spoken to, and what their answers mean.

Sources: the vendors' pages on group robots (企业微信 群机器人配置说明; 钉钉 自定义机器人接入, 安全设置; 飞书
自定义机器人使用指南). Text alone: in markdown a community's name could be markup.
"""

from __future__ import annotations

import base64
import hmac
from typing import Any, NamedTuple
from urllib.parse import quote_plus, urlsplit

import msgspec

from server.robots import Robot

TAKEN = 200
BUSY = 429


class Request(NamedTuple):
    """What is posted: the path with its query, and the body."""

    target: str
    body: bytes


class Answer(NamedTuple):
    """What became of it. `why`: None where it was taken, else one of the words under `robots.why`; `code`: the
    vendor's own number, or HTTP's."""

    why: str | None
    code: int | None = None


KNOWN = {
    "wecom": {93000: "gone", 45009: "busy"},
    "dingtalk": {300001: "gone", 400101: "gone", 400102: "gone", 130101: "busy", 410100: "busy"},
    "feishu": {19001: "gone", 19021: "signature", 19022: "address", 19024: "keyword", 11232: "busy"},
}
"""What the vendors' numbers say, as far as they say one thing."""
NOT_SAFE = 310000
"""DingTalk's one number for a wrong signature, a missing keyword and an address that is not on its list."""


def request_of(robot: Robot, words: str, now_ms: int) -> Request:
    """The message in the robot's own format, signed for this moment where the robot has a secret."""
    parts = urlsplit(robot.url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    said: dict[str, Any] = {"msgtype": "text", "text": {"content": words}}
    if robot.vendor == "feishu":
        said = {"msg_type": "text", "content": {"text": words}}
        if robot.secret:
            second = str(now_ms // 1000)
            # The text to be signed is the key here, and what is signed is empty.
            signed = hmac.digest(f"{second}\n{robot.secret}".encode(), b"", "sha256")
            said = {"timestamp": second, "sign": base64.b64encode(signed).decode(), **said}
    elif robot.vendor == "dingtalk" and robot.secret:
        signed = hmac.digest(robot.secret.encode(), f"{now_ms}\n{robot.secret}".encode(), "sha256")
        target += f"&timestamp={now_ms}&sign={quote_plus(base64.b64encode(signed))}"
    return Request(target, msgspec.json.encode(said))


def read_answer(robot: Robot, status: int, body: bytes) -> Answer:
    """What a robot's answer means. All three say no in a body, most of them under HTTP's 200."""
    try:
        said = msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.MsgspecError:
        said = {}
    named = ("code", "StatusCode") if robot.vendor == "feishu" else ("errcode",)
    code = next((said[name] for name in named if type(said.get(name)) is int), None)
    if status == TAKEN and code == 0:
        return Answer(None)
    if code:
        words = str(said.get("errmsg", "")).lower()
        why = _not_safe(words) if code == NOT_SAFE else KNOWN[robot.vendor].get(code, "refused")
        return Answer(why, code)
    return Answer("busy" if status == BUSY else "http", status)


def _not_safe(words: str) -> str:
    if "sign" in words or "timestamp" in words:
        return "signature"
    return "keyword" if "keyword" in words else "address" if "ip" in words else "refused"
