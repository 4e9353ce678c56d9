"""What lies in a phone's store, opened with the key of an unlocked phone: asked of the database itself, in the page."""

from __future__ import annotations

OPENED = """async () => {
  const db = await new Promise((done) => {
    const opening = indexedDB.open('sifang');
    opening.onsuccess = () => done(opening.result);
  });
  const tx = db.transaction(['edit', 'draft', 'blob', 'blob_bytes', 'meta']);
  const asked = (store, how, ...more) => new Promise((done) => {
    tx.objectStore(store)[how](...more).onsuccess = ({ target }) => done(target.result);
  });
  const [edits, drafts, blobs, bytes, names, chain, unlocked] = await Promise.all([
    asked('edit', 'getAll'), asked('draft', 'getAll'), asked('blob', 'getAll'), asked('blob_bytes', 'getAll'),
    asked('blob_bytes', 'getAllKeys'), asked('meta', 'get', 'chain'), asked('meta', 'get', 'unlocked'),
  ]);
  db.close();
  const key = unlocked?.v.key;
  const open = async (sealed, place) => {
    const how = { name: 'AES-GCM', iv: sealed.slice(1, 13), additionalData: new TextEncoder().encode(place) };
    return crypto.subtle.decrypt(how, key, sealed.slice(13));
  };
  const said = async (record, place) => {
    if (!record.sealed || !key) return record;
    const { sealed, to_server, ...rest } = record;
    return { ...rest, ...JSON.parse(new TextDecoder().decode(await open(sealed, place))) };
  };
  const data = (raw, name) => (key && raw instanceof Uint8Array ? open(raw, `blob ${name}`) : raw);
  return {
    edits: await Promise.all(edits.map((edit) => said(edit, `edit ${edit.id}`))),
    drafts: await Promise.all(drafts.map((draft) => said(draft, `draft ${draft.key}`))),
    blobs: await Promise.all(blobs.map(async (blob) => ({ ...blob, thumb: await data(blob.thumb, blob.sha256) }))),
    // Beside what the vault opens lie pieces that are closed for the server.
    bytes: (await Promise.all(bytes.map((raw, i) => data(raw, names[i])))).filter((each) => !Array.isArray(each)),
    chain: chain?.v,
  };
}"""
