"""What can be wrong with an exchange, in the words phones show."""

from __future__ import annotations

from typing import Any

from server.problem import Problem

_UNREADABLE = ("这次同步的内容看不懂，什么也没有改动。", "This exchange could not be read. Nothing was changed.")
_PROBLEMS: dict[str, tuple[int, str, str]] = {
    "bad_json": (400, *_UNREADABLE),
    "duplicate_key": (400, *_UNREADABLE),
    "too_deep": (400, *_UNREADABLE),
    "bad_shape": (400, *_UNREADABLE),
    "body_mismatch": (
        400,
        "有一条记录和它的指纹对不上，什么也没有改动。",
        "An edit does not match its fingerprint. Nothing was changed.",
    ),
    "chain_broken": (
        400,
        "记录的顺序接不上，什么也没有改动。",
        "The edits do not follow each other. Nothing was changed.",
    ),
    "bad_signature": (401, "这部手机的签名不对。", "This phone's signature does not fit."),
    "unknown_device": (
        401,
        "服务器不认识这部手机。没上传的记录还在手机里，请找站长重新登记。",
        "The server does not know this phone. Unsent edits stay on it; ask your station to enrol it again.",
    ),
    "nonce": (401, "同步口令已换新，再试一次就好。", "The nonce is stale. Sign the fresh one and repeat."),
    "chain_gap": (409, "中间缺了记录，请从缺的那条开始上传。", "Edits are missing. Send again from the one expected."),
    "too_large": (413, "一次上传太多，没有收下。", "This exchange is too large and was not taken."),
    "unsupported": (415, "不支持这种格式。", "Send JSON, plain or with Content-Encoding: gzip."),
    "moved": (
        503,
        "服务器正在搬家，什么也没有改动。记录都还在，过一会儿再传。",
        "The server is moving. Nothing was changed; everything is kept. Send again later.",
    ),
    "not_capsule": (
        400,
        "这个文件不是随身包，或者不完整。什么也没有改动。",
        "This file is no capsule, or was cut short. Nothing was changed.",
    ),
    "not_sealed_to_us": (
        400,
        "这个随身包是给别的服务器的，这里打不开。什么也没有改动。",
        "This capsule is for another server and cannot be opened here. Nothing was changed.",
    ),
    "snapshot_gone": (410, "这份下载已经过期，请重新同步。", "This download is gone. Exchange again for a new one."),
}


def problem(code: str, **extra: Any) -> Problem:
    """The problem of this code; `detail`, where given, is a hint for whoever writes a client."""
    status, message_zh, message_en = _PROBLEMS[code]
    return Problem(code, status, message_zh, message_en, **extra)
