"""Before a phone is open: the PIN chosen once, and the page of one that is locked. Only phones draw these."""

from __future__ import annotations

from .common import Context, Params, Rows, frame

NEEDS: dict[str, str] = {}
PIN_TEMPLATE = "field/pin.html"
LOCKED_TEMPLATE = "field/locked.html"
PASSKEY_TEMPLATE = "field/passkey.html"

MINUTE_S = 60


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """The frame, with what is wrong with the PIN, how long the next one has to wait, where it leads, what was just
    kept, and the passkey that opens it as well."""
    wait_s = params.get("wait_s") or 0
    minutes = wait_s >= MINUTE_S
    wait = {"s": wait_s, "n": -(-wait_s // MINUTE_S) if minutes else wait_s, "minutes": minutes} if wait_s else None
    said = {name: params.get(name) or "" for name in ("wrong", "back", "kept", "me")}
    ways = {"again": bool(params.get("again")), "passkey": params.get("passkey"), "others": params.get("others") or []}
    return {**frame(rows, now_ms, params, ""), **said, "wait": wait, **ways}
