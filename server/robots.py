"""Group robots as whoever runs the server names them: whose group, at which address, signed with which secret.

An address is as secret as a password: whoever has it speaks in the group. Neither it nor the secret stands in any
error, log line or page.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

HOSTS = {"wecom": "qyapi.weixin.qq.com", "dingtalk": "oapi.dingtalk.com", "feishu": "open.feishu.cn"}
PATHS = {
    "wecom": re.compile(r"/cgi-bin/webhook/send"),
    "dingtalk": re.compile(r"/robot/send"),
    "feishu": re.compile(r"/open-apis/bot/v2/hook/[\w-]+"),
}
"""How each vendor's addresses go on; also on a host of one's own that speaks as theirs do."""
KEYS = {"wecom": "key", "dingtalk": "access_token"}
NAME_CHARS_MAX = 40
_ADDRESS = re.compile(r"[!-~]{1,500}")


class BadRobots(ValueError):
    """The setting names no robot that may be called; the words are for whoever runs the server."""


@dataclass(frozen=True)
class Robot:
    """A robot in somebody's group. `community`: the name of the one it speaks for, empty for all of them."""

    name: str
    community: str
    vendor: str
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)

    @property
    def id(self) -> str:
        """What it is called in addresses, the log and the database: tells nothing, and outlasts its address."""
        return "r" + sha256(f"{self.community}/{self.name}".encode()).hexdigest()[:15]

    @property
    def host(self) -> str:
        """Where it is called."""
        return urlsplit(self.url).netloc

    def speaks_for(self, community: str) -> bool:
        """Whether it hears of what waits in a community of this name."""
        return self.community in ("", community)


def read_robots(said: str, others: Collection[str] = ()) -> tuple[Robot, ...]:
    """Robots as `name=address secret`, or `community/name=address secret`, with lines or `;` between; WeCom's have no
    secret. `others`: hosts besides the vendors' that may be called. Raises BadRobots."""
    robots: dict[str, Robot] = {}
    for part in filter(None, (each.strip() for each in re.split(r"[;\n]", said))):
        named, _, rest = part.partition("=")
        community, _, name = (each.strip() for each in named.rpartition("/"))
        if not 0 < len(name) <= NAME_CHARS_MAX or len(community) > NAME_CHARS_MAX:
            raise _bad("?", "name=https://…  名字=https://…")
        url, secret = (*rest.split(), "", "")[:2]
        robot = Robot(name, community, _vendor(name, url, others), url, secret)
        if len(rest.split()) > 2 or (secret and (robot.vendor == "wecom" or not _ADDRESS.fullmatch(secret))):
            raise _bad(name, "an address and a secret, WeCom without  一个地址、一个密钥；企业微信没有密钥")
        if robot.id in robots:
            raise _bad(name, "named twice  写了两次")
        robots[robot.id] = robot
    return tuple(robots.values())


def _vendor(name: str, url: str, others: Collection[str]) -> str:
    """Who speaks at an address that may be called: over TLS, at the vendors' own hosts or at one that was allowed."""
    parts = urlsplit(url) if _ADDRESS.fullmatch(url) else None
    if parts is None or parts.scheme != "https" or parts.fragment or "@" in parts.netloc:
        raise _bad(name, "https://…")
    for vendor, path in PATHS.items():
        key = KEYS.get(vendor)
        if path.fullmatch(parts.path) and parts.netloc in (HOSTS[vendor], *others):
            if key and not parse_qs(parts.query).get(key):
                raise _bad(name, f"{key}=…")
            return vendor
    raise _bad(
        name,
        f"{', '.join(HOSTS.values())}; another host stands in SIFANG_ROBOT_HOSTS  别的主机要写进 SIFANG_ROBOT_HOSTS",
    )


def _bad(name: str, needed: str) -> BadRobots:
    return BadRobots(f"SIFANG_ROBOTS: {name}: {needed}")
