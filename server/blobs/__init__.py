"""Photos and voice notes: bytes known by their hash, kept once, shown to those who may see a visit that names them."""

from server.blobs.media import cleaned, kind_of
from server.blobs.pages import blobs_in, routes
from server.blobs.refused import Refused
from server.blobs.store import ON_WAY_MS, Blobs, DiskFull, waiting

__all__ = ["ON_WAY_MS", "Blobs", "DiskFull", "Refused", "blobs_in", "cleaned", "kind_of", "routes", "waiting"]
