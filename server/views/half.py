"""What is half-written on this phone, so that it is found again. The server keeps no such thing, and names none."""

from __future__ import annotations

from .common import Context, Params, Rows, by_id, short

_FORMS = {
    "visit": "/field/households/{}/visits/new",
    "correction": "/field/visits/{}/corrections/new",
    "resident": "/field/households/{}/residents/new",
    "fact": "/field/{}/{}/facts?field={}",
}


def half_keys(params: Params) -> list[str]:
    """The keys of half-written forms; those of a fact end with whose it is and which."""
    return [draft["key"] for draft in params.get("drafts") or ()]


def half_written(rows: Rows, params: Params) -> list[Context]:
    """Each form with what it is, the door or building it is about, and its address; the newest first.

    A draft says `household` where its key names none. What is about no door we know is left out.
    """
    households, buildings = by_id(rows, "household"), by_id(rows, "building")
    found: list[Context] = []
    drafts = params.get("drafts") or ()
    for draft in sorted(drafts, key=lambda draft: (-draft["saved_ms"], draft["key"])):
        of, *names = draft["key"].split(":")
        if of == "household":
            building = buildings.get(names[1]) if len(names) > 1 else None
            asked = f"?building={building['id']}" if building else ""
            door = str(building["name"]) if building else ""
            found.append({"of": "door_at" if door else "door", "door": door, "href": f"/field/households/new{asked}"})
            continue
        if of == "note":
            found.append({"of": of, "door": draft.get("brief") or "", "href": f"/field/visits/new?note={names[0]}"})
            continue
        if of == "suggestion":
            found.append({"of": of, "door": "", "href": f"/field/suggestions/new?page={names[0]}"})
            continue
        if of == "patrol":
            found.append({"of": of, "door": "", "href": "/field/patrol"})
            continue
        household = households.get(draft.get("household") or names[-2 if of == "fact" else 0])
        if household is not None and of in _FORMS:
            door = short(buildings.get(household["building"]), household)
            found.append({"of": of, "door": door, "href": _FORMS[of].format(*names)})
    return found
