"""Where a backup lies: a copy on the server's own disk burns with the server, and does not count."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

MARKER = "OFF-THIS-SERVER"
"""An empty file in the target that the operator makes: this folder is on another machine, or on a disk that is carried
away. It also says that the target is mounted: without its mount the folder is empty."""
NETWORKED = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.gcsfuse",
    "fuse.glusterfs", "ceph", "fuse.ceph", "9p", "afs", "davfs", "fuse.davfs2",
}  # fmt: skip
PASSING = {"tmpfs", "ramfs", "devtmpfs", "overlay"}


@dataclass(frozen=True)
class Place:
    """Whether a folder is off the server's own disk, and why: `network`, `marked`, `same_disk`, `memory`,
    `not_marked`."""

    off_server: bool
    why: str


def device_of(path: Path) -> int:
    """The number of the file system that holds a folder."""
    return os.stat(path).st_dev


def filesystem_of(path: Path) -> str:
    """The kind of file system that holds a folder, as Linux calls it; empty where it cannot be known."""
    try:
        lines = Path("/proc/self/mountinfo").read_text("utf-8").splitlines()
    except OSError:
        return ""
    wanted = device_of(path)
    for line in reversed(lines):
        left, _, right = line.partition(" - ")
        major, _, minor = left.split()[2].partition(":")
        if os.makedev(int(major), int(minor)) == wanted:
            return right.split()[0]
    return ""


def place_of(target: Path, data: Path) -> Place:
    """Judge a target beside the installation's own folder. Another partition of the same disk looks like another disk:
    so what is not a network's needs the operator's word."""
    if device_of(target) == device_of(data):
        return Place(False, "same_disk")
    kind = filesystem_of(target)
    if kind in PASSING:
        return Place(False, "memory")
    if (target / MARKER).exists():
        return Place(True, "marked")
    return Place(True, "network") if kind in NETWORKED else Place(False, "not_marked")
