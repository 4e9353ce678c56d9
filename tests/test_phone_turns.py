"""Several people with one phone: each turn keeps to one person's store, and a change waits for those that run."""

from __future__ import annotations

import json

import pytest

from tests.chromium import Chromium

pytestmark = pytest.mark.browser

SETUP = """
  const load = (module) => import(`/static/phone/${module}.js`);
  const [{ use, storeName, meta, setMeta }, people, turns, { makeVault, vaultNow }] = await Promise.all(
    ['database', 'people', 'turns', 'vault'].map(load),
  );
  await caches.delete('people');
  use('sifang');
  const seen = [];
  const gate = () => { let open; const shut = new Promise((resolve) => { open = resolve; }); return { shut, open }; };
  const share = () => people.notePeople(() => ({
    now: 'sifang', session: 'sifang',
    all: [{ store: 'sifang', person: 'a', name: '小赵' }, { store: 'sifang~2', person: 'b', name: '小吴' }],
  }));
  const stay = async (ms) => new Promise((resolve) => setTimeout(resolve, ms));
"""


def run(chromium: Chromium, script: str) -> object:
    """Run a script with the modules; answers what it returns."""
    return chromium.evaluate(f"async () => {{ {SETUP} {script} }}")


def test_a_change_waits_for_the_turns_that_run_and_later_ones_for_the_change(chromium: Chromium) -> None:
    found = run(
        chromium,
        """
        await share();
        await makeVault('258036', '', { rounds: 1000 });
        const { shut, open } = gate();
        const first = turns.turn(async () => { seen.push(storeName()); await shut; seen.push(storeName()); });
        await stay(20);
        const taken = turns.takeOver('sifang~2');
        const later = turns.turn(async () => seen.push(storeName()));
        await stay(50);
        seen.push('still');
        open();
        await Promise.all([first, taken, later]);
        seen.push((await people.peopleNow()).now);
        await turns.takeOver('sifang');
        seen.push(!(await vaultNow()).key);
        return seen;
        """,
    )
    assert found == ["sifang", "still", "sifang", "sifang~2", "sifang~2", True]


def test_what_is_done_in_the_name_of_another_goes_to_their_store(chromium: Chromium) -> None:
    found = run(
        chromium,
        """
        await share();
        await turns.turn(() => setMeta({ mark: 'hers' }));
        await turns.turn(() => setMeta({ mark: 'his' }), 'sifang~2');
        await turns.turn(() => setMeta({ nobody: 'kept by whoever has the phone' }), 'somebody');
        seen.push(storeName(), await meta('mark'), await meta('nobody'));
        await turns.takeOver('sifang~2');
        seen.push(storeName(), await meta('mark'), (await meta('nobody')) ?? null);
        await turns.takeOver('sifang~9');
        seen.push(storeName());
        await turns.takeOver('sifang');
        return seen;
        """,
    )
    assert found == ["sifang", "hers", "kept by whoever has the phone", "sifang~2", "his", None, "sifang~2"]


def test_what_goes_on_for_others_gives_way_to_whoever_comes(chromium: Chromium) -> None:
    found = run(
        chromium,
        """
        await share();
        const { post } = await load('transport');
        const real = window.fetch;
        window.fetch = (_, { signal }) => new Promise((_done, fail) => {
          signal.addEventListener('abort', () => fail(signal.reason));
        });
        const others = turns.forOthers(async () => {
          seen.push(storeName());
          await post('/sync/exchange', {}).catch(({ code }) => seen.push(code));
        });
        await stay(50);
        const began = performance.now();
        await turns.turn(async () => seen.push(storeName()));
        await others;
        window.fetch = real;
        return [...seen, performance.now() - began < 1000];
        """,
    )
    assert found == ["sifang~2", "network", "sifang", True]


def test_a_name_is_free_again_once_its_store_is_gone(chromium: Chromium) -> None:
    found = run(
        chromium,
        """
        await people.makeRoom('first', { id: 'a', name: '小赵' });
        seen.push(storeName());
        await people.arrived('b', '小吴');
        await people.makeRoom('second', { id: 'b', name: '小吴' });
        seen.push(storeName());
        await people.useOf('c', 'second');
        seen.push(storeName());
        await people.useOf('a', 'another');
        seen.push(storeName());
        await people.gone('sifang~2');
        const { now, all, joining } = await people.peopleNow();
        use('sifang');
        return [...seen, now, all.map(({ name }) => name), joining.store];
        """,
    )
    assert found == ["sifang~2", "sifang~3", "sifang~3", "sifang", "sifang", ["小赵"], "sifang~3"], json.dumps(found)
