"""What goes over a wire is encrypted, and whoever is at its other end is known: asked before anything is served."""

from __future__ import annotations

import ipaddress
import os
import socket
import ssl
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url

CIPHERS = "ECDHE+AESGCM:ECDHE+CHACHA20"
"""For TLS 1.2, forward secrecy alone; what TLS 1.3 brings is good as it is."""
DAYS_LEAST = 14
ASK_S = 5
OTHERS = stat.S_IRWXG | stat.S_IRWXO
PRIVATE = ("secret*.key", "seal*.key", "log.key*", "*.key.pem", "sifang.db*", "secret.key", "seal.key")
Alarm = tuple[str, dict[str, Any]]
"""A key of the catalogue and what it is filled with."""


class Unsafe(ValueError):
    """What was asked for would send people's words in the clear; the words are for whoever runs the server."""


def is_here(host: str | None) -> bool:
    """Whether only this machine can be at the other end."""
    if not host or host == "localhost" or host.startswith("/"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def lasting_password(url: str) -> bool:
    """Whether PostgreSQL would be given a password: in its address, in a variable or in a file of the driver's."""
    parts = make_url(url)
    if parts.get_backend_name() != "postgresql":
        return False
    named = parts.query.get("passfile") or os.environ.get("PGPASSFILE") or Path.home() / ".pgpass"
    said = parts.password or parts.query.get("password") or os.environ.get("PGPASSWORD")
    return bool(said) or Path(str(named)).is_file()


def checked_database(url: str) -> str:
    """The database's address as the driver takes it, if the way there is safe. Raises Unsafe.

    `sslmode` is PostgreSQL's own word; the driver says `ssl`.
    """
    parts = make_url(url)
    if parts.get_backend_name() != "postgresql":
        return url
    if lasting_password(url) and os.environ.get("SIFANG_DATABASE_PASSWORD") != "1":
        raise Unsafe(
            "PostgreSQL would be given a password, which lasts until somebody changes it: in SIFANG_DATABASE_URL,\n"
            "PGPASSWORD, PGPASSFILE or ~/.pgpass. Let it know this process by a Unix socket (peer) or by a client\n"
            "certificate (PGSSLCERT, PGSSLKEY), and take the password away; or set SIFANG_DATABASE_PASSWORD=1.\n"
            "连 PostgreSQL 用了不换就一直有效的密码：\n"
            "写在 SIFANG_DATABASE_URL、PGPASSWORD、PGPASSFILE 或 ~/.pgpass 里。\n"
            "请改用 Unix 套接字（peer）或客户端证书（PGSSLCERT、PGSSLKEY），去掉密码；\n"
            "一定要用密码，设 SIFANG_DATABASE_PASSWORD=1。"
        )
    query = dict(parts.query)
    if "sslmode" in query:
        query["ssl"] = query.pop("sslmode")
    asked = query.get("host")
    hosts = [parts.host, *([asked] if isinstance(asked, str) else asked or ())]
    verified = query.get("ssl") == "verify-full"
    if not all(is_here(host) for host in hosts) and not verified and os.environ.get("SIFANG_DATABASE_PLAIN") != "1":
        raise Unsafe(
            "The database is on another machine, and the way there is neither encrypted nor checked. Add\n"
            "?sslmode=verify-full to SIFANG_DATABASE_URL and its authority's certificate as PGSSLROOTCERT; or set\n"
            "SIFANG_DATABASE_PLAIN=1 if that network is nobody else's.\n"
            "数据库在另一台机器上，路上没有加密，也不核对对方是谁。请在 SIFANG_DATABASE_URL 后面加上\n"
            "?sslmode=verify-full，用 PGSSLROOTCERT 写明签发机构的证书；\n"
            "如果那段网络没有别人，设 SIFANG_DATABASE_PLAIN=1。"
        )
    return parts.set(query=query).render_as_string(hide_password=False)


def check_address(host: str, *, tls: bool, behind_proxy: bool) -> None:
    """Nothing is served in the clear to other machines, unless a proxy stands before it. Raises Unsafe."""
    if tls or behind_proxy or is_here(host):
        return
    raise Unsafe(
        f"On {host} anybody on the network could read along, and phones work offline over HTTPS alone. Choose one:\n"
        "  --tls (or --cert and --key)   HTTPS, also on this network\n"
        "  --uds PATH                    a Unix socket for a proxy on this machine, which does HTTPS\n"
        "  --behind-proxy                this address is reached by such a proxy alone\n"
        f"在 {host} 上不加密地开着，网络里谁都能看到内容，手机没有 HTTPS 也不能离线用。请选一样：\n"
        "  --tls（或 --cert 和 --key）   用 HTTPS\n"
        "  --uds 路径                    给本机上做 HTTPS 的反向代理用的 Unix 套接字\n"
        "  --behind-proxy                这个地址只有反向代理能连到"
    )


def file_alarms(data: Path) -> list[Alarm]:
    """Files that somebody else on this machine could read."""
    files = [path for pattern in PRIVATE for path in data.glob(pattern)]
    open_ = sorted({path.name for path in [data, *files] if path.exists() and path.stat().st_mode & OTHERS})
    return [("open_files", {"names": ", ".join(open_)})] if open_ else []


def tls_alarms(public_url: str, authorities: str | None = None) -> list[Alarm]:
    """What is wrong with the address that phones open: its certificate, how long it lasts, an old TLS."""
    parts = urlsplit(public_url)
    if parts.scheme != "https":
        return [] if is_here(parts.hostname) else [("no_tls", {"url": public_url})]
    host, port = parts.hostname or "", parts.port or 443
    try:
        with _asked(host, port, ssl.create_default_context(cafile=authorities)) as line:
            until = ssl.cert_time_to_seconds(str((line.getpeercert() or {})["notAfter"]))
    except (OSError, KeyError, ValueError) as error:
        return [("tls", {"url": public_url, "detail": getattr(error, "verify_message", "") or type(error).__name__})]
    days = int((until - datetime.now(UTC).timestamp()) / 86_400)
    alarms: list[Alarm] = [("certificate", {"url": public_url, "n": days})] if days < DAYS_LEAST else []
    return alarms + ([("old_tls", {"url": public_url})] if speaks_old_tls(host, port) else [])


def speaks_old_tls(host: str, port: int) -> bool:
    """Whether a server agrees to TLS 1.1, which nobody should any more."""
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version, old.maximum_version = ssl.TLSVersion.MINIMUM_SUPPORTED, ssl.TLSVersion.TLSv1_1
    try:
        with _asked(host, port, old):
            return True
    except OSError:
        return False


def _asked(host: str, port: int, context: ssl.SSLContext) -> ssl.SSLSocket:
    return context.wrap_socket(socket.create_connection((host, port), ASK_S), server_hostname=host)
