// Who shares this phone: each has a store of their own, with a key, a vault and a PIN of their own, and one of them is at it.
//
// A note beside the stores says whose they are: the names of those who work with this phone, and nothing of anybody else. A
// phone that one person has alone has no note. What runs in one turn keeps to one store (turns.js).

import { storeName, use } from './database.js';

/** @typedef {{store: string, person: string, name: string}} Owner */
/**
 * `now`: whose turn it is, by store; `session`: whose session with the server the browser has, empty while that is not known. `joining`: where somebody
 * began to join, under which link.
 * @typedef {{now: string, session: string, all: Owner[], joining: {token: string, store: string} | null}} People
 */

const CACHE = 'people';
const ADDRESS = '/people';
const FIRST = 'sifang';
/** @type {People} */
const ALONE = { now: FIRST, session: FIRST, all: [], joining: null };

/** What the note says. @returns {Promise<People>} */
export async function peopleNow() {
  const note = await caches.match(ADDRESS, { cacheName: CACHE });
  return note ? note.json() : ALONE;
}

/**
 * Change the note; nobody else does meanwhile.
 * @param {(people: People) => Partial<People> | null} change null leaves it as it is @returns {Promise<People>}
 */
export function notePeople(change) {
  const work = async () => {
    const before = await peopleNow();
    const said = change(before);
    if (!said) return before;
    const people = { ...before, ...said };
    await (await caches.open(CACHE)).put(ADDRESS, new Response(JSON.stringify(people)));
    return people;
  };
  return navigator.locks ? /** @type {any} */ (navigator.locks.request('sifang:people', work)) : work();
}

/** A name for one more store. @param {People} people */
function freeName({ all, joining }) {
  const taken = new Set([...all.map(({ store }) => store), joining?.store]);
  for (let n = 2; ; n++) if (!taken.has(`${FIRST}~${n}`)) return `${FIRST}~${n}`;
}

/**
 * One more person wants to share this phone: from now on this page works in a store of theirs. Whose it was so far is noted.
 * @param {string} token their link's @param {{id: string, name: string}} before who has the phone so far
 */
export async function makeRoom(token, before) {
  const from = storeName();
  const { joining } = await notePeople((people) => ({
    all: people.all.length ? people.all : [{ store: from, person: before.id, name: before.name }],
    session: '',
    joining: { token, store: freeName(people) },
  }));
  use(/** @type {NonNullable<People['joining']>} */ (joining).store);
}

/**
 * Work in the store of whom a link is for: their own, the one that was begun under this link, else that of whose turn it is.
 * @param {string} person @param {string} token
 */
export async function useOf(person, token) {
  const { now, all, joining } = await peopleNow();
  const begun = joining?.token === token ? joining.store : null;
  use(all.find((owner) => owner.person === person)?.store ?? begun ?? now);
}

/**
 * Whoever this page is of is at it from now on; where somebody has the phone alone nothing is noted.
 * @param {string} person @param {string} name @param {boolean} letIn just now, so that the browser's session is theirs
 */
export const arrived = (person, name, letIn) =>
  notePeople(({ all, joining, session }) => {
    const store = storeName();
    const others = all.filter((owner) => owner.store !== store);
    if (!others.length && store === FIRST) return null;
    const rest = joining?.store === store ? null : joining;
    return { now: store, session: letIn ? store : session, all: [...others, { store, person, name }], joining: rest };
  });

/** Whose session the browser has may change any moment; where somebody has the phone alone it is theirs. */
export const doubtSession = () => notePeople(({ all }) => (all.length ? { session: '' } : null));

/** A store was emptied: it is nobody's any more, and somebody else's turn. @param {string} store */
export const gone = (store) =>
  notePeople(({ now, all }) => {
    const others = all.filter((owner) => owner.store !== store);
    return all.length === others.length || !others.length ? null : { all: others, now: now === store ? others[0].store : now };
  });

/** Those who share the phone with whom a store belongs to. @param {People} people @param {string} [store] */
export const othersOf = ({ all }, store = storeName()) => all.filter((owner) => owner.store !== store);

/** Whether what the browser shows the server is of whose turn it is; nothing may be asked in another's name. */
export async function isOwnSession() {
  const { session } = await peopleNow();
  return session === storeName();
}

/** Whether the server should give this browser a session of whose turn it is. */
export async function wantsSession() {
  const { now, session } = await peopleNow();
  return now === storeName() && session !== now;
}

/** The server gave it one. */
export const noteSession = () => notePeople(({ now, all }) => (all.length && now === storeName() ? { session: now } : null));
