"""What the commands say when they cannot do what was asked."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from server.settings import ROOT


def test_a_taken_port_is_told_before_any_link(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "server", "serve", "--host", "127.0.0.1", "--port", port, "--links"]
        environment = {**os.environ, "SIFANG_DATA": str(tmp_path)}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == ""
    assert f"Port {port} is taken" in done.stderr
    assert f"端口 {port} 被占着" in done.stderr
    assert not (tmp_path / "sifang.db").exists()
