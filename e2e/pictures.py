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
