// The shapes that travel between the phone's modules.

/** What somebody wants said: the form's result, before it has a place in the chain. */
export interface Draft {
  id?: string;
  kind: string;
  /** Absent when the edit creates the entity: then its own id is the entity's. */
  entity?: string | null;
  grid: string | null;
  over: Record<string, string[]>;
  body: Record<string, any>;
  /** It states again what stood there. */
  same?: true;
  /** What its door is called, where the home is no longer on this phone. */
  door?: string;
}

/** An edit as the phone keeps it: header and body bytes as made, and what became of it. */
export interface EditRecord {
  device: string;
  n: number;
  id: string;
  hash: string;
  /** Header, body (texts whose UTF-8 bytes are the edit) and salt (base64url). */
  h: string;
  b: string;
  s: string;
  kind: string;
  entity: string;
  grid: string | null;
  at_ms: number;
  /** Present until the server has it. */
  unsent?: 1;
  /** Present until the rows of its scope include it. */
  open?: 1;
  outcome?: 'accepted' | 'contested' | 'duplicate' | 'quarantined';
  reason?: string;
  position?: number;
  received_ms?: number;
  /** It stated again what stood there; the door, where its home was no longer here: for this phone's own pages, not sent. */
  same?: true;
  door?: string;
}

/** A photo or voice note as an edit names it. */
export interface BlobName {
  sha256: string;
  type: string;
  bytes: number;
  /** How long a voice note speaks. */
  ms?: number;
}

/** What the phone knows of a photo or voice note; its bytes lie apart until a backup of the server has them. */
export interface BlobRecord extends BlobName {
  added_ms: number;
  /** At most 10 kB, kept when the bytes have gone. */
  thumb?: ArrayBuffer;
  /** 1 until the server has it, or will not have it; then 2 until its bytes may go. */
  todo?: 1 | 2;
  /** Its bytes may go once a backup holds this position: what was in the journal before that, the server had with it. */
  after?: number;
  /** Why the server does not take it. */
  refused?: string;
}

export interface Chain {
  device: string;
  n: number;
  hash: string | null;
}

export interface Part {
  url: string;
  bytes: number;
  rows: number;
  sha256: string;
}

/** One scope the phone may see. `cursor` is null until the first download is complete. */
export interface Scope {
  scope: string;
  name: string;
  generation: number;
  cursor: number | null;
  /** A download under way: which parts it has, and which are already stored. */
  pending?: { generation: number; cursor: number; parts: Part[]; done: string[] };
  /** Taken from this person; its rows leave when its last unsent edit has. */
  gone?: boolean;
}

/** What the phone remembers of its exchanges. */
export interface Sync {
  round: number;
  nonce: string;
  log: string;
  size: number;
  offset_ms: number | null;
  acked: number;
  acked_hash: string | null;
  backed_up_through: number;
  /** The station has put this phone out of use. */
  revoked?: boolean;
  last_attempt_ms?: number;
  last_success_ms?: number;
  last_error?: string | null;
  fails?: number;
  next_ms?: number;
}

/** The person and key this phone was registered with. */
export interface Device {
  id: string;
  person: { id: string; name: string; role: string };
  key: CryptoKeyPair;
  label: string;
  utc_offset_min: number;
}

export interface Row {
  scope: string;
  k: string;
  id: string;
  rev: number;
  row: any;
}

/** Everything one exchange changes in the store. */
export interface Change {
  round: number;
  receipts: any[];
  rewind?: { device: string; from: number } | null;
  /** The server keeps another log than the one we knew. */
  otherLog?: boolean;
  dropped?: EditRecord[];
  added?: EditRecord[];
  rows: Row[];
  /** Scopes that are no longer ours: they leave with their rows, unless unsent edits are about them. */
  gone: string[];
  /** Scopes that came whole with these rows: what was held of them goes. */
  afresh?: string[];
  scopes: Scope[];
  chain?: Chain;
  sync: Partial<Sync>;
  backedUpThrough: number;
  keepSinceMs: number;
}

/** What the server puts before the service worker's script. */
export interface Shell {
  version: string;
  /** The server's public point, to which capsules are sealed (base64url). */
  seal: string;
  files: [string, string][];
  headers: Record<string, string>;
}
