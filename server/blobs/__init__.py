"""Photos and voice notes: bytes known by their hash, kept once, shown to those who may see a visit that names them."""

from server.blobs.media import cleaned, kind_of
from server.blobs.pages import routes
from server.blobs.refused import Refused
from server.blobs.store import Blobs, DiskFull

__all__ = ["Blobs", "DiskFull", "Refused", "cleaned", "kind_of", "routes"]
