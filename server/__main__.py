"""`python -m server …`: serve an installation, and the commands that look after it."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Callable, Sequence

from server import commands, events
from server.backup.command import add_commands as add_backup
from server.imports.command import add_command as add_import
from server.journal import DamagedList, Moved, NewerRules
from server.keys import WeakSecret
from server.migrating import OtherTables
from server.proxies import BadProxies
from server.retention.command import add_command as add_retention
from server.robots import BadRobots
from server.rotating import add_commands as add_rotate
from server.settings import WrongSetting
from server.signer.command import add_command as add_signer
from server.transport import Unsafe
from server.witness.command import add_command as add_witness


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m server", description="Sifang 四访")
    sub = parser.add_subparsers(dest="command", required=True)

    serve = sub.add_parser("serve", help="migrate, then serve pages and the exchange")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on; 0.0.0.0 for phones on the same Wi-Fi")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument("--public-url", help="the address phones open, for instance https://192.168.1.20:8443")
    serve.add_argument("--tls", action="store_true", help="serve HTTPS; makes a certificate unless one is given")
    serve.add_argument("--cert", help="certificate chain, PEM")
    serve.add_argument("--key", help="its private key, PEM")
    serve.add_argument("--uds", help="listen on a Unix socket at this path, for a proxy on this machine")
    serve.add_argument(
        "--behind-proxy", action="store_true", help="plain HTTP: a proxy that does HTTPS comes here, nobody else"
    )
    serve.add_argument("--proxy", default="127.0.0.1", help="the proxy whose X-Forwarded-For is believed (127.0.0.1)")
    serve.add_argument("--demo", action="store_true", help="fill an empty database with the demo community")
    serve.add_argument("--links", action="store_true", help="print a one-time link for a phone and one for the desk")
    serve.add_argument(
        "--no-migrate",
        action="store_true",
        help="leave the tables alone; refuse to start when they are of another version",
    )
    serve.set_defaults(run=commands.serve)

    migrate = sub.add_parser("migrate", help="bring the database to this version")
    migrate.set_defaults(run=commands.migrate)

    demo = sub.add_parser("demo", help="fill an empty database with the demo community")
    demo.set_defaults(run=commands.demo)

    link = sub.add_parser("link", help="print a one-time link and its QR code")
    link.add_argument("purpose", choices=["phone", "desk"])
    link.add_argument("name", help="the person, as written in the registry, for instance 小赵")
    link.add_argument("--public-url", help="the address phones open")
    link.set_defaults(run=commands.link)

    person = sub.add_parser("person", help="enter somebody who works here, so that a link can be made for them")
    person.add_argument("name", help="for instance 小赵")
    person.add_argument("--role", default="grid_worker", help="grid_worker (default), grid_leader, station_master, …")
    person.add_argument("--grids", nargs="+", default=[], metavar="GRID", help="for instance 第三网格 第四网格")
    person.add_argument("--community", help="which community, when the installation has several")
    person.add_argument("--by", help="in whose name; the community's station master unless given")
    person.add_argument("--lang", choices=["zh", "en"], default="zh", help="language of the answer")
    person.set_defaults(run=commands.person)

    people = sub.add_parser("begin", help="create a community, its grids and its station master in an empty database")
    people.add_argument("community", help="for instance 榆桥社区")
    people.add_argument("master", help="the station master's name, for instance 王站长")
    people.add_argument("--grids", type=int, default=8, help="how many grids (第一网格 …)")
    people.set_defaults(run=commands.begin)

    add_backup(sub, commands.upgrade)
    add_import(sub)
    add_rotate(sub)
    add_signer(sub)
    add_retention(sub)
    add_witness(sub)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is 0 when it did what it was asked."""
    options = _parser().parse_args(arguments)
    events.command(options.command)
    # Uploads, photos, whatever is written: for nobody else on this machine.
    before = os.umask(0o077)
    run: Callable[[argparse.Namespace], object] = options.run
    try:
        result = run(options)
        if asyncio.iscoroutine(result):
            result = asyncio.run(result)
    except (
        DamagedList, Moved, NewerRules, OtherTables, WeakSecret, WrongSetting, Unsafe, BadProxies, BadRobots
    ) as error:  # fmt: skip
        print(error, file=sys.stderr)
        return 1
    finally:
        os.umask(before)
    return result if isinstance(result, int) else 0


if __name__ == "__main__":
    events.take_over()
    sys.exit(main())
