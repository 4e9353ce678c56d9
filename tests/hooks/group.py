"""Three groups with a robot each, which speak as the vendors' pages say and are as strict: over TLS, on one port."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from server.certificates import make_certificate

KEY, TOKEN, HOOK = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa", "566cc69da782ec", "ca1ed0fb-ff4a-4c31"
DING_SECRET, FEI_SECRET = "SEC0b1c2d3e4f", "Kx9mQ2"
HOUR_MS = 3_600_000
Said = dict[str, Any]


@dataclass
class Group:
    """What was read in each group, by vendor. `trouble`: how all of them fare now."""

    port: int
    certificate: Path
    now_ms: Callable[[], int] = lambda: 0
    read: dict[str, list[str]] = field(default_factory=lambda: {"wecom": [], "dingtalk": [], "feishu": []})
    asked: list[bytes] = field(default_factory=list)
    trouble: str = ""

    @property
    def host(self) -> str:
        """Where they are."""
        return f"localhost:{self.port}"

    @property
    def robots(self) -> str:
        """The setting that names them, and one of another community."""
        wecom = f"https://{self.host}/cgi-bin/webhook/send?key={KEY}"
        return f"""
            所有站群={wecom}
            榆桥社区/站长群=https://{self.host}/robot/send?access_token={TOKEN} {DING_SECRET}
            榆桥社区/网格群=https://{self.host}/open-apis/bot/v2/hook/{HOOK} {FEI_SECRET}
            晨光里社区/别处的群={wecom}
        """

    def everything(self) -> list[str]:
        """All that was read anywhere."""
        return [each for read in self.read.values() for each in read]

    def wecom(self, query: dict[str, list[str]], said: Said) -> Said:
        if query.get("key") != [KEY]:
            return {"errcode": 93000, "errmsg": "invalid webhook url, hint: [1]"}
        if said.get("msgtype") != "text" or not said["text"]["content"]:
            return {"errcode": 40008, "errmsg": "invalid message type"}
        self.read["wecom"].append(said["text"]["content"])
        return {"errcode": 0, "errmsg": "ok"}

    def dingtalk(self, query: dict[str, list[str]], said: Said) -> Said:
        if query.get("access_token") != [TOKEN]:
            return {"errcode": 300001, "errmsg": "token is not exist"}
        (at,), (sign,) = query.get("timestamp", ["0"]), query.get("sign", [""])
        if abs(self.now_ms() - int(at)) > HOUR_MS:
            return {"errcode": 310000, "errmsg": "invalid timestamp"}
        right = hmac.new(DING_SECRET.encode(), f"{at}\n{DING_SECRET}".encode(), hashlib.sha256).digest()
        if sign != base64.b64encode(right).decode():
            return {"errcode": 310000, "errmsg": "sign not match, more: [https://example.org]"}
        self.read["dingtalk"].append(said["text"]["content"])
        return {"errcode": 0, "errmsg": "ok"}

    def feishu(self, said: Said) -> Said:
        at = said.get("timestamp", "0")
        right = hmac.new(f"{at}\n{FEI_SECRET}".encode(), digestmod=hashlib.sha256).digest()
        if abs(self.now_ms() // 1000 - int(at)) > 3600 or said.get("sign") != base64.b64encode(right).decode():
            return {"code": 19021, "msg": "sign match fail or timestamp is not within one hour from current time"}
        assert said["msg_type"] == "text"
        self.read["feishu"].append(said["content"]["text"])
        return {"StatusCode": 0, "StatusMessage": "success", "code": 0, "data": {}, "msg": "success"}


class _Robot(BaseHTTPRequestHandler):
    group: ClassVar[Group]

    def log_message(self, *_: Any) -> None:
        """Quiet."""

    def do_POST(self) -> None:
        group, parts = self.group, urlsplit(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        group.asked.append(self.path.encode() + body)
        if group.trouble == "cut":
            return
        if group.trouble == "drips":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            time.sleep(1.5)
            return
        if group.trouble == "elsewhere":
            self.send_response(307)
            self.send_header("Location", f"https://{group.host}{self.path}&again=1")
            self.end_headers()
            return
        assert self.headers["Content-Type"].startswith("application/json")
        query, said = parse_qs(parts.query), json.loads(body)
        if group.trouble == "broken":
            return self._answer(502, {})
        if group.trouble == "often":
            return self._answer(200, {"errcode": 45009, "errmsg": "api freq out of limit", "code": 11232})
        if parts.path == "/cgi-bin/webhook/send":
            return self._answer(200, group.wecom(query, said))
        if parts.path == "/robot/send":
            return self._answer(200, group.dingtalk(query, said))
        if parts.path == f"/open-apis/bot/v2/hook/{HOOK}":
            return self._answer(200, group.feishu(said))
        return self._answer(404, {})

    def _answer(self, status: int, said: Said) -> None:
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def meeting(folder: Path) -> Iterator[Group]:
    """The groups, open for as long as the block lasts."""
    certificate, key = make_certificate(folder, "https://localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    robot = type("Robot", (_Robot,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), robot)
    server.daemon_threads = True
    server.socket = context.wrap_socket(server.socket, server_side=True)
    group = Group(server.server_address[1], certificate)
    robot.group = group  # type: ignore[attr-defined]
    serving = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    serving.start()
    try:
        yield group
    finally:
        server.shutdown()
        server.server_close()
        serving.join()
