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
  /** Header, body (texts whose UTF-8 bytes are the edit) and salt (base64url). Body and salt are empty while the phone cannot read them. */
  h: string;
  b: string;
  s: string;
  /** Body, salt and door as they lie on this phone, closed; body and salt as they were closed for the server (base64url). */
  sealed?: Uint8Array<ArrayBuffer>;
  to_server?: string;
  /** Its words are for the station alone: the body here is without them, and travels as it was closed for the server. */
  apart?: boolean;
  /** Hashes of photos that a closed body names. */
  blobs?: string[];
  kind: string;
  entity: string;
  grid: string | null;
  at_ms: number;
  /** The station erased its words for good: header and hash are all that is left. */
  erased?: 1;
  /** Present until the server has it. */
  unsent?: 1;
  /** Present until the rows of its scope include it. */
  open?: 1;
  outcome?: 'accepted' | 'contested' | 'duplicate' | 'quarantined';
  reason?: string;
  position?: number;
  received_ms?: number;
  /** Proved to be in the log; present until then. */
  proved?: 1;
  unproved?: 1;
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
  at: string;
  key: string;
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

/** Both checkpoints, kept because the second could not be believed. */
export interface Doubted {
  code: string;
  at_ms: number;
  held: string;
  told: string;
}

/** What the phone holds of the log (ledger/holding.js). */
export interface Ledger {
  /** Public keys of the log, base64url. */
  keys: string[];
  /** The key that takes over when those are lost: at most one. Notes of before have none. */
  reserve: string[];
  held: Held | null;
  /** The checkpoint held, as it was signed. */
  note?: string;
  doubt: Doubted | null;
  past: Doubted[];
  /** Checkpoints held before this one, the oldest first, ever fewer the older they are: what a restored server is held to. */
  earlier: Held[];
  /** Whether another log is being asked from one of these, so many before the end. */
  back: number;
  /** The server went on from a backup: up to `size` what this phone knew was proved to be in the new log, and so many had it seen beyond. Those noted by apps of before have no number. */
  restored?: { at_ms: number; size: number; lost?: number };
  /** Both checkpoints of that, until the server has noted them. */
  untold?: Doubted;
}

/** A key of the log speaks for another (base64url). */
export interface Vouch {
  key: string;
  use: string;
  by: string;
  signature: string;
}

/** A checkpoint that was found true. */
export interface Held {
  origin: string;
  size: number;
  root: Uint8Array;
}

/** The person and key this phone was registered with. */
export interface Device {
  id: string;
  person: { id: string; name: string; role: string };
  key: CryptoKeyPair;
  label: string;
  utc_offset_min: number;
  certificate?: string; // that this server enrolled it, for one that was restored from before
  /** The key of the log that the station's screen showed when this phone was enrolled: the first that it believes. */
  shown?: string;
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
  /** The vault as it stood when this exchange began: what is locked meanwhile does not stop it half way. */
  vault?: import('./vault.js').Vault;
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
  /** What is held of the log after this, and which edits it was proved to hold, each in its place (proofOf). */
  ledger?: Ledger;
  proved?: Set<string>;
  sync: Partial<Sync>;
  backedUpThrough: number;
  keepSinceMs: number;
}

/** What the server puts before the service worker's script. */
export interface Shell {
  version: string;
  /** The server's public point, to which capsules are sealed (base64url). */
  seal: string;
  /** Whom volunteers may call: community ('' for each), name, number. */
  calls?: [string, string, string][];
  /** The public keys of the log (base64url). */
  log?: string[];
  /** What those keys say of each other, and of their reserve. */
  vouched?: Vouch[];
  files: [string, string][];
  headers: Record<string, string>;
}
