"""What can be wrong with a photo or voice note on its way, in the words phones show."""

from __future__ import annotations

from typing import Any

from server.problem import Problem

_PROBLEMS: dict[str, tuple[int, str, str]] = {
    "blob_range": (400, "这一段接不上，没有收下。", "This piece does not fit and was not taken."),
    "blob_unnamed": (
        404,
        "服务器还没有提到它的那条走访，先送走访。",
        "The server has no visit of this phone that names it. Send the visit first.",
    ),
    "blob_offset": (409, "从服务器已有的地方接着送。", "Go on from where the server has it."),
    "too_large": (413, "一段太大，没有收下。", "This piece is too large and was not taken."),
    "blob_mismatch": (
        422,
        "收到的和手机里的对不上，没有留，请再送一次。",
        "What came is not what the phone has. It was not kept; send it again.",
    ),
    "blob_sealed": (
        422,
        "这一段不是给这台服务器封的，没有留。解开手机再送。",
        "This piece was not closed for this server. It was not kept; unlock the phone to send it.",
    ),
    "blob_refused": (
        422,
        "服务器不收这个文件，它还留在手机里。",
        "The server does not take this file. It stays on the phone.",
    ),
    "disk_full": (
        507,
        "服务器放不下照片了，照片还在手机里，过后再送。",
        "The server has no room for photos. They stay on the phone; send them later.",
    ),
}


def problem(code: str, **extra: Any) -> Problem:
    """The problem of this code."""
    status, message_zh, message_en = _PROBLEMS[code]
    return Problem(code, status, message_zh, message_en, **extra)
