"""Where a request comes from: the address that counts, and which proxies are believed when they name another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import HTTPConnection

UNIX = "unix"
NOWHERE = "local"
"""The address of whoever comes over a Unix socket that is not believed to be a proxy's."""
HOPS_MAX = 20
IPV6_PREFIX = 64
"""One household or phone has as many IPv6 addresses as it likes: they count as one."""


class BadProxies(ValueError):
    """The setting names no addresses; the words are for whoever runs the server."""


@dataclass(frozen=True)
class Proxies:
    """The proxies that are believed; none unless the installation names them. `unix`: whoever comes over the socket."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    unix: bool = False

    def believes(self, peer: str | None) -> bool:
        """Whether this peer is one of them."""
        if peer is None:
            return self.unix
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self.networks)


NOBODY = Proxies()


def read_proxies(said: str) -> Proxies:
    """`SIFANG_PROXIES`: addresses and networks with commas between them, `unix` for a Unix socket.

    Raises:
        BadProxies: one of them is no address.
    """
    named = [each.strip() for each in said.split(",") if each.strip()]
    try:
        networks = tuple(ip_network(each) for each in named if each != UNIX)
    except ValueError as error:
        raise BadProxies(
            f"SIFANG_PROXIES={said}: {error}. Addresses such as 127.0.0.1 or 10.0.0.0/8 are needed, or unix.\n"
            f"SIFANG_PROXIES={said} 看不懂：要写地址，例如 127.0.0.1 或 10.0.0.0/8，或者 unix。"
        ) from None
    return Proxies(networks, UNIX in named)


def address_of(connection: HTTPConnection, proxies: Proxies) -> str:
    """Where a request comes from, as far as it can be believed; IPv6 by its /64.

    A proxy appends whom it spoke to, so the list is read from its end for as long as those who wrote are believed:
    what stands before the first stranger was written by the stranger.
    """
    peer = connection.client.host if connection.client else None
    if not proxies.believes(peer):
        return _counted(peer)
    told = ",".join(connection.headers.getlist("x-forwarded-for")).split(",")[-HOPS_MAX:]
    return _counted(_first_stranger(told, proxies) or peer)


def came_in_the_clear(connection: HTTPConnection, proxies: Proxies) -> bool:
    """Whether a believed proxy says that it was asked over plain http. Only the nearest one's word counts."""
    peer = connection.client.host if connection.client else None
    told = ",".join(connection.headers.getlist("x-forwarded-proto")).rpartition(",")[2]
    return proxies.believes(peer) and told.strip().lower() == "http"


def _first_stranger(told: Sequence[str], proxies: Proxies) -> str | None:
    farthest = None
    for each in reversed([one.strip() for one in told]):
        try:
            ip_address(each)
        except ValueError:
            break
        farthest = each
        if not proxies.believes(each):
            break
    return farthest


def _counted(address: str | None) -> str:
    if address is None:
        return NOWHERE
    try:
        known = ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ip_network(f"{known}/{IPV6_PREFIX}".replace(f"%{known.scope_id}", ""), strict=False))
    return str(known)
