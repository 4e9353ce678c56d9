// What this phone's own statements will make of facts and tags: the phone's part of sync/rules/facts.py and resident.py.
//
// A prediction for one author: a statement takes the place of what its author had in view; where a rule asks (moved out,
// died, the end of care), a worker's word only stands beside it until a leader decides. Pure.

/** @typedef {import('./types.js').EditRecord} EditRecord */
/** @typedef {Record<string, any>} Head */
/**
 * Who speaks, by which days (minutes from UTC), and those of their edits that they take back.
 * @typedef {{name: string, role: string, offset: number, taken: Map<string, EditRecord>}} Me
 */

/** Values that a worker can only propose (sync/rules/table.py). @type {Map<string, any[]>} */
const ASKS = new Map(Object.entries({ occupancy: ['vacant'], lives_here: [false], deceased: [true] }));
const DECIDING = ['grid_leader', 'station_master'];

/** The moment an edit claims: its clock, mended by what the last exchange knew of it. @param {EditRecord} edit */
const claimedMs = (edit) => edit.at_ms + (JSON.parse(edit.h).offset_ms ?? 0);

/** @param {Head} a @param {Head} b */
const order = (a, b) => Number(!!a.proposed) - Number(!!b.proposed) || b.at_ms - a.at_ms || (a.edit < b.edit ? -1 : 1);

/** A head as others keep it in mind: without what its author had in view. @param {Head} head @returns {Head} */
const inBrief = ({ saw: _, ...head }) => head;

/** @param {Me} me */
const decides = (me) => DECIDING.includes(me.role);

/** Facts that a household or a resident begins with: what was found. @param {Record<string, any>} said @param {EditRecord} edit @param {Me} me */
export const began = (said, edit, me) =>
  Object.fromEntries(Object.entries(said ?? {}).map(([field, value]) => [field, [{ edit: edit.id, value, by: me.name, at_ms: claimedMs(edit) }]]));

/**
 * Facts after somebody stated some.
 * @param {Record<string, Head[]>} facts @param {Record<string, any>} said @param {Record<string, string[]>} over
 * @param {EditRecord} edit @param {Me} me
 */
export function stated(facts, said, over, edit, me) {
  const after = named(facts);
  const seenBefore = named(over);
  for (const [field, value] of Object.entries(said ?? {})) {
    const heads = /** @type {Head[]} */ (after.get(field) ?? []).filter((head) => head.edit !== edit.id);
    const seen = heads.filter((head) => (seenBefore.get(field) ?? []).includes(head.edit));
    const settled = seen.some((head) => !head.proposed) && seen.every((head) => head.value === value);
    const asks = ASKS.get(field)?.includes(value) && !decides(me) && !settled;
    /** @param {Head} head */
    const replaced = (head) => seen.includes(head) && (decides(me) || (head.proposed ? head.by === me.name : !asks));
    const saw = [...seen].sort(order).map(inBrief);
    const head = { edit: edit.id, value, by: me.name, at_ms: claimedMs(edit), ...(asks && { proposed: true }), ...(saw.length && { saw }) };
    after.set(field, [...heads.filter((old) => !replaced(old)), head].sort(order));
  }
  return Object.fromEntries(after);
}

/**
 * Facts once a statement is taken back: what its author had before them stands again.
 * @param {Record<string, Head[]>} facts @param {string} field @param {string} edit
 */
export function undone(facts, field, edit) {
  const after = named(facts);
  const heads = /** @type {Head[]} */ (after.get(field) ?? []);
  const taken = heads.find((head) => head.edit === edit);
  if (!taken?.saw && !taken?.proposed) return facts;
  const rest = heads.filter((head) => head !== taken);
  // What somebody else has replaced meanwhile stays replaced.
  const stands = (/** @type {Head} */ head, /** @type {Head} */ old) =>
    head.edit === old.edit || (!head.proposed && head.saw?.some((/** @type {Head} */ seen) => seen.edit === old.edit));
  const back = (taken.saw ?? []).filter((/** @type {Head} */ old) => !rest.some((head) => stands(head, old)));
  put(after, field, [...rest, ...back].sort(order));
  return Object.fromEntries(after);
}

/**
 * A resident's tags after some were added and removed. One that was seen goes only when a leader says so.
 * @param {Head} row @param {any} body @param {EditRecord} edit @param {Me} me
 */
export function tagged(row, body, edit, me) {
  const over = named(JSON.parse(edit.h).over);
  const tags = named(row.tags);
  const leaving = named(row.leaving);
  for (const tag of new Set([...(body.remove ?? []), ...(body.add ?? [])])) {
    const seen = /** @type {string[]} */ (over.get(`tag:${tag}`) ?? []);
    const removes = body.remove?.includes(tag);
    const additions = /** @type {string[]} */ (tags.get(tag) ?? []);
    const asks = removes && !decides(me) && additions.some((id) => seen.includes(id));
    /** @param {Head} head */
    const settled = (head) => seen.includes(head.edit) && (decides(me) || head.by === me.name);
    const asked = (leaving.get(tag) ?? []).filter((/** @type {Head} */ head) => !settled(head));
    if (asks) asked.push({ edit: edit.id, value: false, by: me.name, at_ms: claimedMs(edit), proposed: true });
    const left = removes && !asks ? additions.filter((id) => !seen.includes(id)) : additions;
    put(tags, tag, body.add?.includes(tag) ? [...new Set([...left, edit.id])].sort() : left);
    put(leaving, tag, asked.sort(order));
  }
  return withTags(row, tags, leaving);
}

/**
 * A resident's tags once a change of one is taken back: what it had replaced stands again.
 * @param {Head} row @param {string} field the tag, as `tag:…` @param {string} edit
 * @param {Head | undefined} before the row as it was, where the change was laid over it just now @param {Me} me
 */
export function untagged(row, field, edit, before, me) {
  const tag = field.slice('tag:'.length);
  const said = me.taken.get(edit);
  if (!said) return row;
  const tags = named(row.tags);
  const leaving = named(row.leaving);
  const removed = JSON.parse(said.b).remove?.includes(tag);
  // Once the server has it, rows do not say any more what there was: the edit still names it.
  const covered = removed ? (named(JSON.parse(said.h).over).get(field) ?? []) : [];
  const back = before ? (named(before.tags).get(tag) ?? []) : covered;
  const now = /** @type {string[]} */ (tags.get(tag) ?? []).filter((id) => id !== edit);
  put(tags, tag, [...new Set([...now, ...back])].sort());
  const asked = /** @type {Head[]} */ (leaving.get(tag) ?? []).filter((head) => head.edit !== edit);
  const askedBefore = /** @type {Head[]} */ (named(before?.leaving).get(tag) ?? []);
  put(leaving, tag, [...asked, ...askedBefore.filter((old) => !asked.some((head) => head.edit === old.edit))].sort(order));
  return withTags(row, tags, leaving);
}

/** @param {Head} row @param {Map<string, any>} tags @param {Map<string, any>} leaving @returns {Head} */
function withTags(row, tags, leaving) {
  const { leaving: _, ...rest } = row;
  return { ...rest, tags: Object.fromEntries(tags), ...(leaving.size && { leaving: Object.fromEntries(leaving) }) };
}

/** What a row or an edit names, by names that may be any word: `constructor` too. @param {Record<string, any> | undefined} said */
const named = (said) => new Map(Object.entries(said ?? {}));

/** @param {Map<string, any[]>} sets @param {string} name @param {any[]} members */
function put(sets, name, members) {
  if (members.length) sets.set(name, members);
  else sets.delete(name);
}
