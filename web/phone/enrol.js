// A phone becomes a device of the person its one-time link was made for; runs in the link's page.
//
// The key is made and kept before it is sent: asked again with the same key, the server answers the same device.

import { meta, setMeta } from './database.js';
import { makeKey, publicKeyText } from './edit.js';
import { goOnAs } from './exchange.js';
import { locked } from './lock.js';
import { post } from './transport.js';

/**
 * Register this phone; does nothing when it is registered. Throws Trouble (`link_gone` when the link opens nothing).
 * @param {string} token the link's @param {string} label a name people know this phone by @param {string} lang
 */
export function enrol(token, label, lang) {
  return locked('chain', async () => {
    if (await meta('device')) return;
    let key = await meta('key');
    if (!key) {
      key = await makeKey();
      await setMeta({ key });
    }
    const said = { public_key: await publicKeyText(key.publicKey), label };
    const told = await post(`/join/${encodeURIComponent(token)}/device`, said, true);
    const { device, person, nonce, log, size, time_ms, utc_offset_min } = told;
    const offset_ms = Math.round(time_ms - Date.now());
    const sync = { round: 0, nonce, log, size, offset_ms, acked: 0, acked_hash: null, backed_up_through: -1 };
    await setMeta({
      device: { id: device, person, key, label, utc_offset_min },
      chain: { device, n: 0, hash: null },
      sync,
      scopes: [],
      settings: { lang },
    });
  });
}

/**
 * A new link of its person, opened on a phone that the server has forgotten (it was restored from a backup), makes it
 * known again as the device it was, and everything on it goes up once more. One that is out of use becomes another
 * device. Throws Trouble.
 * @param {string} token the link's
 */
export function knownAgain(token) {
  return locked('exchange', () =>
    locked('chain', async () => {
      const { key, label = '' } = await meta('device');
      const { device } = await meta('chain');
      const said = { public_key: await publicKeyText(key.publicKey), label, device };
      const told = await post(`/join/${encodeURIComponent(token)}/device`, said, true);
      if (told.device !== device) await goOnAs(told);
    }),
  );
}
