"""A photo as a camera takes it: noise that will not pack, held upright, with the place written beside it."""

from __future__ import annotations

import base64
import struct

from playwright.sync_api import FilePayload, Page

DRAW = """async ([w, h]) => {
  const canvas = new OffscreenCanvas(w, h), context = canvas.getContext('2d');
  const noise = context.createImageData(w, h);
  for (let i = 0, x = 9; i < noise.data.length; i++) {
    noise.data[i] = i % 4 === 3 ? 255 : (x = (x * 16807) % 2147483647) & 255;
  }
  context.putImageData(noise, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 })).arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}"""
PLACE = b"31.2304N 121.4737E MakerNote"
TURNED = 6
"""Orientation: the camera was held upright, the picture lies on its side."""
_drawn: dict[tuple[int, int], bytes] = {}


def camera_photo(page: Page, width: int = 2400, height: int = 1800) -> bytes:
    """A JPEG lying on its side, with EXIF that says so, and where it was taken."""
    # The noise is the same each time, and a phone draws at it for a second.
    if (width, height) not in _drawn:
        _drawn[width, height] = base64.b64decode(page.evaluate(DRAW, [width, height]))
    plain = _drawn[width, height]
    entries = struct.pack("<HHHIHH", 2, 0x0112, 3, 1, TURNED, 0) + struct.pack("<HHII", 0x010E, 2, len(PLACE), 38)
    tiff = b"II*\0\x08\0\0\0" + entries + struct.pack("<I", 0) + PLACE
    exif = b"Exif\0\0" + tiff
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:]


def chosen(page: Page, width: int = 2400, height: int = 1800) -> FilePayload:
    """The same as a file that somebody picks."""
    return {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": camera_photo(page, width, height)}


def an_hour_of_voice() -> FilePayload:
    """An Ogg file with hardly a sound in it whose last page says that an hour has passed."""
    return voice(3600)


def voice(seconds: int) -> FilePayload:
    """An Ogg file with hardly a sound in it that says it is so long."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48_000, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 1) + b"s" + struct.pack("<I", 0)
    pages = [(2, 0, head), (0, 0, tags), (0, 960, SILENCE), (4, seconds * 48_000, SILENCE)]
    data = b"".join(_page(number, flags, granule, said) for number, (flags, granule, said) in enumerate(pages))
    return {"name": "voice.ogg", "mimeType": "audio/ogg", "buffer": data}


SILENCE = b"\xf8\xff\xfe"
"""A frame of Opus in which nothing is heard."""


def _page(number: int, flags: int, granule: int, said: bytes) -> bytes:
    head = b"OggS" + struct.pack("<BBqIII", 0, flags, granule, 1, number, 0) + bytes([1, len(said)])
    return head[:22] + struct.pack("<I", _checked(head + said)) + head[26:] + said


def _checked(data: bytes) -> int:
    """The checksum of an Ogg page (RFC 3533)."""
    crc = 0
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ 0x04C11DB7) & 0xFFFFFFFF if crc & 0x80000000 else crc << 1
    return crc
