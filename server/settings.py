"""What an installation may set, read once from the environment at start."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from server.keys import KeyFile, checked
from server.log_keys import LogKeys, of_seeds, read_known
from server.proxies import NOBODY, Proxies, read_proxies
from server.robots import Robot, read_robots
from server.sealing import SealKey, new_scalar, seal_key
from server.transport import checked_database

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
SECRET_BYTES = 32
YEARS_MAX = 30
_NUMBER = re.compile(r"[0-9+][0-9 -]{2,29}")


class WeakSecret(ValueError):
    """The installation's secret could be guessed; the words are for whoever runs the server."""


class WrongSetting(ValueError):
    """A setting says what cannot be meant; the words are for whoever runs the server."""


@dataclass(frozen=True)
class Settings:
    """One installation's settings.

    `database_url` is a SQLAlchemy async URL. `data` is the folder for the SQLite file, the secret and
    uploads that wait for a decision. `public_url` is the address phones use, without a trailing slash.
    `utc_offset_min` fixes local days (480 = China). `secret` signs nonces, challenges and keys of first downloads;
    `secret_at` is its file, where it has one, and `secret_before` what is still believed beside one that has none. In a
    `demo` the desk may be looked at without a passkey. `keep_…_years`: how long records are kept (docs/retention.md).
    `duty_phone`: the number to call at the station in danger, as phones dial it; they are told it with the app.
    `log_signer`: the socket of a process that holds the log's key instead of us.
    `calls`: whom volunteers may call: a community ("" for each), a name, a number.
    `robots` speak in the groups of those who work here.
    `hotline_secret`: what the hotline's program signs with; without one nobody is listened to there.
    `proxies` are those whose word for an address counts. `unbraked` lifts the brakes on pages of people signed in, for
    tests that ask for thousands in one moment: no variable sets it.
    """

    database_url: str
    data: Path
    secret: bytes
    public_url: str = "http://localhost:8000"
    utc_offset_min: int = 480
    process: str = "1"
    blobs_at: Path | None = None
    demo: bool = False
    secret_at: Path | None = None
    secret_before: bytes | None = None
    seal_at: Path | None = None
    log_at: Path | None = None
    log_signer: Path | None = None
    erased_at: Path | None = None
    keep_visits_years: int = 3
    keep_cases_years: int = 3
    keep_access_years: int = 3
    keep_suggestions_years: int = 3
    duty_phone: str = ""
    proxies: Proxies = NOBODY
    unbraked: bool = False
    calls: tuple[tuple[str, str, str], ...] = ()
    robots: tuple[Robot, ...] = ()
    hotline_secret: bytes | None = field(default=None, repr=False)

    @property
    def blobs(self) -> Path:
        """The folder of photos and voice notes; several processes share it."""
        return self.blobs_at or self.data / "blobs"

    @cached_property
    def secret_file(self) -> KeyFile | None:
        """Where the secret lies and is changed; None when it was given as a variable."""
        return KeyFile(self.secret_at) if self.secret_at else None

    @property
    def secrets(self) -> Sequence[bytes]:
        """What our signatures are checked with now: the first makes new ones."""
        if self.secret_file is not None:
            return self.secret_file.good()
        return [self.secret, *([self.secret_before] if self.secret_before else [])]

    @cached_property
    def seal_file(self) -> KeyFile:
        """Where the key that phones seal to lies; beside the secret unless said otherwise."""
        return KeyFile(self.seal_at or self.data / "seal.key", new_scalar)

    @property
    def seals(self) -> Sequence[SealKey]:
        """What capsules are opened with now: phones seal to the first, those that were offline to one before it."""
        return [seal_key(scalar) for scalar in self.seal_file.good()]

    @property
    def seal(self) -> SealKey:
        """The key that phones seal to."""
        return self.seals[0]

    @cached_property
    def log_file(self) -> KeyFile:
        """Where the key that signs the log lies; beside the secret unless said otherwise."""
        return KeyFile(self.log_at or self.data / "log.key")

    @property
    def erased_list(self) -> Path:
        """Where it is written down what was erased: beside the database, in no backup of it (docs/retention.md)."""
        return self.erased_at or self.data / "erased.list"

    @property
    def log_seeds(self) -> Sequence[bytes]:
        """What signs the log now: all of them, so that a phone that knows the one before still finds it. None where a
        signer holds them: to look for a key would make one."""
        return self.log_file.good() if self.log_signer is None else ()

    @property
    def log_known_at(self) -> Path:
        """Where a signer's public keys are kept, so that phones can be told them while it is away."""
        return self.data / "log.public"

    @property
    def log_keys(self) -> LogKeys:
        """The public keys of the log, and what they say of each other: what phones are told."""
        if self.log_signer is not None:
            return read_known(self.log_known_at)
        return of_seeds(self.log_seeds, self.log_file.path)

    @property
    def secure(self) -> bool:
        """Whether phones reach this installation over HTTPS."""
        return self.public_url.startswith("https://")

    def at(self, public_url: str) -> Settings:
        """The same installation under another public address."""
        return replace(self, public_url=public_url.rstrip("/"))


def _content(name: str) -> str | None:
    """A setting from its variable, or from the file that `<name>_FILE` names."""
    if file := os.environ.get(f"{name}_FILE"):
        return Path(file).read_text("utf-8").strip()
    return os.environ.get(name)


def _path(name: str, usual: Path) -> Path:
    return Path(os.environ[name]).resolve() if os.environ.get(name) else usual


def _years(name: str) -> int:
    """A whole number of years, three unless it is set. Raises WrongSetting for anything but 1 … 30."""
    said = os.environ.get(name, "3")
    if not (said.isascii() and said.isdigit() and 1 <= int(said) <= YEARS_MAX):
        raise WrongSetting(f"{name}: 1 … {YEARS_MAX} years, in figures. {name}：写 1 到 {YEARS_MAX} 的数字。")
    return int(said)


def _duty_phone() -> str:
    """The number to call at the station, or none. Raises WrongSetting for what no telephone dials."""
    said = os.environ.get("SIFANG_DUTY_PHONE", "").strip()
    if said and not re.fullmatch(r"\+?[0-9][0-9 -]{1,28}[0-9]", said):
        raise WrongSetting("SIFANG_DUTY_PHONE: figures, spaces and hyphens. SIFANG_DUTY_PHONE：只写数字、空格和短横。")
    return said


def read_calls(said: str) -> tuple[tuple[str, str, str], ...]:
    """Numbers as `name=number`, or `community/name=number`, with `;` between. Raises WrongSetting."""
    calls = []
    for part in filter(None, (each.strip() for each in said.split(";"))):
        named, _, number = part.rpartition("=")
        community, _, name = named.rpartition("/")
        if not name.strip() or not _NUMBER.fullmatch(number.strip()):
            raise WrongSetting(f"SIFANG_CALLS: 社区/名字=号码；社区/name=number: {part}")
        calls.append((community.strip(), name.strip(), number.strip()))
    return tuple(calls)


def log_key_path() -> Path:
    """Where the log's key lies, for whoever needs nothing else of the installation."""
    return _path("SIFANG_LOG_KEY_FILE", Path(os.environ.get("SIFANG_DATA", ROOT / "data")).resolve() / "log.key")


def _log_signer() -> Path | None:
    """The signer's socket. Raises WrongSetting where the key lies here all the same: then it would not be apart."""
    at, key = os.environ.get("SIFANG_LOG_SIGNER"), log_key_path()
    if not at:
        return None
    if os.environ.get("SIFANG_LOG_KEY_FILE") or key.exists():
        raise WrongSetting(
            f"SIFANG_LOG_SIGNER is set, and the log's key lies here too ({key}): move it to the signer,\n"
            f"all of its files ({key.name}*), or unset SIFANG_LOG_KEY_FILE.\n"
            f"设了 SIFANG_LOG_SIGNER，日志的钥匙却还在这里（{key}）：请把它的文件（{key.name}*）都移到签名进程那里，\n"
            "或去掉 SIFANG_LOG_KEY_FILE。"
        )
    return Path(at).resolve()


def _data() -> Path:
    """The installation's folder, made if there is none."""
    data = Path(os.environ.get("SIFANG_DATA", ROOT / "data")).resolve()
    data.mkdir(parents=True, exist_ok=True)
    return data


def database_address() -> str:
    """The database's address alone, for whoever may not see the installation's folder. Raises Unsafe."""
    return checked_database(_content("SIFANG_DATABASE_URL") or f"sqlite+aiosqlite:///{_data() / 'sifang.db'}")


def _hotline_secret() -> bytes | None:
    """What is shared with the hotline's program. Raises WeakSecret."""
    said = (_content("SIFANG_HOTLINE_SECRET") or "").strip()
    return checked(said.encode(), "SIFANG_HOTLINE_SECRET") if said else None


def utc_offset() -> int:
    """The installation's time in minutes before UTC's, for whoever needs nothing else of it."""
    return int(os.environ.get("SIFANG_UTC_OFFSET_MIN", "480"))


def from_environment() -> Settings:
    """Settings from the variables `SIFANG_…`; docs/deploy.md lists them. Raises WeakSecret, Unsafe, BadRobots."""
    data = _data()
    secret_at, given = _path("SIFANG_SECRET_FILE", data / "secret.key"), os.environ.get("SIFANG_SECRET")
    secret = checked(given.encode(), "SIFANG_SECRET") if given else KeyFile(secret_at).good()[0]
    before = os.environ.get("SIFANG_SECRET_OLD")
    return Settings(
        database_url=database_address(),
        data=data,
        secret=secret,
        secret_at=None if given else secret_at,
        secret_before=checked(before.encode(), "SIFANG_SECRET_OLD") if before else None,
        seal_at=_path("SIFANG_SEAL_FILE", data / "seal.key"),
        log_at=log_key_path(),
        log_signer=_log_signer(),
        erased_at=_path("SIFANG_ERASED_LIST", data / "erased.list"),
        public_url=os.environ.get("SIFANG_PUBLIC_URL", "http://localhost:8000").rstrip("/"),
        utc_offset_min=utc_offset(),
        process=os.environ.get("SIFANG_PROCESS", "1"),
        blobs_at=_path("SIFANG_BLOBS", data / "blobs") if os.environ.get("SIFANG_BLOBS") else None,
        demo=os.environ.get("SIFANG_DEMO") == "1",
        keep_visits_years=_years("SIFANG_KEEP_VISITS_YEARS"),
        keep_cases_years=_years("SIFANG_KEEP_CASES_YEARS"),
        keep_access_years=_years("SIFANG_KEEP_ACCESS_YEARS"),
        keep_suggestions_years=_years("SIFANG_KEEP_SUGGESTIONS_YEARS"),
        duty_phone=_duty_phone(),
        proxies=read_proxies(os.environ.get("SIFANG_PROXIES", "")),
        calls=read_calls(os.environ.get("SIFANG_CALLS", "")),
        hotline_secret=_hotline_secret(),
        robots=read_robots(_content("SIFANG_ROBOTS") or "", os.environ.get("SIFANG_ROBOT_HOSTS", "").split()),
    )
