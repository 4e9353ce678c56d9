"""The rest: language, this phone, what it holds, a new version that waits."""

from __future__ import annotations

from .common import Context, Params, Rows, frame, local, offset_of, restored_of

NEEDS = {"grid": "all"}
TEMPLATE = "field/more.html"

MEGABYTE = 1_000_000
HUNDRED_MB = 100_000_000
THOUSAND = 1000


def view(rows: Rows, now_ms: int, params: Params) -> Context:
    """Everything about the phone and nothing about residents."""
    offset = offset_of(rows, params)
    storage = params.get("storage") or {}
    usage, quota = storage.get("usage"), storage.get("quota")
    grids = sorted(rows.get("grid", ()), key=lambda grid: (grid.get("community_name") or "", grid["name"], grid["id"]))
    return {
        **frame(rows, now_ms, params, "more"),
        "me": params.get("me") or "",
        "label": params.get("label") or "",
        "version": params.get("version") or "",
        "grids": [{"name": grid["name"], "community": grid.get("community_name") or ""} for grid in grids],
        "downloaded": local(params.get("downloaded_ms"), offset),
        "used": None if usage is None else _size(usage),
        "free": None if usage is None or quota is None else _size(max(0, quota - usage)),
        "kept": storage.get("persisted"),
        "passkey": params.get("passkey") or "",
        "others": params.get("others") or [],
        "restored": restored_of(params, now_ms, offset),
    }


def _size(count: int) -> Context:
    """Bytes in megabytes or gigabytes, rounded up, so that something never reads as nothing."""
    megabytes = -(-count // MEGABYTE)
    if megabytes < THOUSAND:
        return {"n": str(megabytes), "unit": "MB"}
    tenths = -(-count // HUNDRED_MB)
    return {"n": f"{tenths // 10}.{tenths % 10}", "unit": "GB"}
