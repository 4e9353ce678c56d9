"""Photos and voice notes that come with a form, from browsers that keep nothing: cleaned, kept, named in the edit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from starlette.datastructures import FormData, UploadFile

from server.blobs import Blobs, DiskFull, Refused, cleaned
from server.views.blobs import BYTES_MAX, PHOTOS_MAX, VOICES_MAX, read_blobs, spoken, write_blobs

FIELDS = ("photos", "voices")
FILES_MAX = 12


class Wrong(Exception):
    """Why a file was not taken: the end of a key of words."""

    def __init__(self, why: str) -> None:
        super().__init__(f"blob.wrong.{why}")


async def read_files(sent: FormData) -> list[bytes]:
    """What came as files, a byte more than is taken at most; the form is read to its end with this."""
    try:
        chosen = [each for name in FIELDS for each in sent.getlist(name) if isinstance(each, UploadFile) and each.size]
        return [await each.read(BYTES_MAX + 1) for each in chosen]
    finally:
        await sent.close()


async def keep_files(files: Sequence[bytes], blobs: Blobs, before: str) -> str:
    """The form's field with what came as files added to it, each without what it told beside the picture. Raises Wrong;
    then nothing of it was kept."""
    if any(len(each) > BYTES_MAX for each in files):
        raise Wrong("large")
    found = [_cleaned(each) for each in files]
    all_ = [*read_blobs(before), *({"type": kind} for kind, _ in found)]
    voices = sum(spoken(blob) for blob in all_)
    if voices > VOICES_MAX or len(all_) - voices > PHOTOS_MAX:
        raise Wrong("many")
    try:
        names = [await asyncio.to_thread(blobs.put, data) for _, data in found]
    except DiskFull:
        raise Wrong("full") from None
    came = [{"sha256": name, "type": kind, "bytes": len(data)} for name, (kind, data) in zip(names, found, strict=True)]
    return write_blobs([*read_blobs(before), *came])


def _cleaned(data: bytes) -> tuple[str, bytes]:
    try:
        return cleaned(data)
    except Refused as refused:
        raise Wrong(refused.why) from None
