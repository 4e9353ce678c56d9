"""What schedules share in one process of ours: the loop, a folder in memory, the ground, the servers."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from server.settings import Settings
from server.signing import public_of
from simulator.disk import Disk, memory_folder
from simulator.ground import SECRET, lay
from simulator.loop import Loop
from simulator.station import processes

PROCESSES_MAX = 3


class Street:
    """One after the other, any number of schedules are played on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.loop = Loop()
        asyncio.set_event_loop(self.loop)
        self.ground = lay(folder, self.loop)
        self.disk = Disk(folder / "station.db")
        self.settings = Settings(f"sqlite+aiosqlite:///{self.disk.path}", folder, SECRET)
        self.log_keys = [public_of(seed) for seed in self.settings.log_seeds]
        self.processes = processes(self.disk, self.settings, self.loop, PROCESSES_MAX)

    def close(self) -> None:
        """End the loop."""
        self.disk.close()
        asyncio.set_event_loop(None)
        self.loop.close()


@contextmanager
def street() -> Iterator[Street]:
    """A street of our own for as long as the block lasts."""
    folder = Path(tempfile.mkdtemp(prefix="sifang-street-", dir=memory_folder()))
    found = Street(folder)
    try:
        yield found
    finally:
        found.close()
        shutil.rmtree(folder, ignore_errors=True)
