"""What the log costs a phone: a checkpoint, its consistency and fifty inclusions believed, in real Chromium's worker.

Six times slower as a whole; by the browser's own Ed25519 and by the vendored library, beside as many bare hashes.
The slowed browser is stopped and let go in turns longer than one reply takes: a sample is the mean of several in a row.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.grids import DRAW
from bench.handset import Handset
from bench.longlog import SEED, Case, Say, p95
from bench.phone import SLOWER
from bench.result import Result
from e2e.station import Station
from server.signing import public_of
from sync.edit import b64u

SAMPLES = 30
BELIEVE = """async (cases, key, samples) => {
  const { believe } = M['phone/ledger/receive.js'];
  const { check, byLibrary } = M['phone/ledger/ed25519.js'];
  const { unb64u } = M['phone/edit.js'];
  const keys = [unb64u(key)];
  const own = await crypto.subtle.importKey('raw', keys[0], 'Ed25519', false, ['verify']).then(() => true, () => false);
  const ready = cases.map(({ held, ...rest }) => ({ held: { ...held, root: unb64u(held.root) }, ...rest }));
  const believed = ({ held, told, placed }, by) => believe(held, told, placed, keys, by);
  let hashes = 0;
  const digest = crypto.subtle.digest.bind(crypto.subtle);
  crypto.subtle.digest = (...of) => {
    hashes += 1;
    return digest(...of);
  };
  for (const one of ready) await believed(one, async () => true);
  delete crypto.subtle.digest;
  const each = Math.round(hashes / ready.length);
  const block = new Uint8Array(65);
  const bare = async () => {
    for (let i = 0; i < each; i++) await crypto.subtle.digest('SHA-256', block);
  };
  const ways = { webcrypto: (one) => believed(one, check), library: (one) => believed(one, byLibrary), bare };
  if (!own) delete ways.webcrypto;
  const took = {};
  for (let i = 0; i < samples; i++) {
    for (const [name, way] of Object.entries(ways)) {
      const begun = performance.now();
      for (const one of ready) await way(one);
      (took[name] ??= []).push((performance.now() - begun) / ready.length);
    }
  }
  return { hashes: each, took };
}"""


def believing(cases: Sequence[Case], folder: Path, say: Say) -> list[Result]:
    """Milliseconds until a phone believes a reply, at full speed (said only) and slowed."""
    station = Station(folder / "station")
    station.command("bench.grids")
    station.start()
    phone = Handset(station, folder / "phone")
    try:
        phone.join(DRAW.worker)
        phone.rest()
        told = [case.script() for case in cases]
        _run(phone, told, say, f"full speed: {phone.slow(1)}")
        took = _run(phone, told, say, f"{SLOWER} times slower asked, measured: {phone.slow(SLOWER)}")
    finally:
        phone.close()
        station.close()
    bare = statistics.median(took.pop("bare"))
    return [
        Result(f"ledger.phone_{name}_ms_{which}", value, "ms", bare)
        for name, times in took.items()
        for which, value in (("p50", statistics.median(times)), ("p95", p95(times)))
    ]


def _run(phone: Handset, told: list[dict[str, Any]], say: Say, how: str) -> dict[str, list[float]]:
    worker = phone.page.worker()
    answer = worker.run(BELIEVE, told, b64u(public_of(SEED)), SAMPLES)
    worker.leave()
    took: dict[str, list[float]] = answer["took"]
    medians = ", ".join(f"{name} {statistics.median(times):.1f}" for name, times in took.items())
    say(f"  {how}; {answer['hashes']} hashes a reply; medians: {medians} ms")
    if "webcrypto" not in took:
        say("  this Chromium has no Ed25519 of its own")
    return took
