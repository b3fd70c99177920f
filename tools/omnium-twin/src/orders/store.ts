import type { Clock } from '../clock';
import { isoTime } from '../clock';
import type { Order } from '../documents';
import { contentHash } from './hash';

export type WriteKind =
  | 'created'
  | 'overwritten'
  | 'unchanged'
  | 'patched'
  | 'patched-unchanged'
  | 'deleted'
  | 'removed'
  | 'staff-note'
  | 'staff-edit'
  | 'status'
  | 'lines'
  | 'commented';

/** Who writes, through which call. */
export interface Writer {
  operationId: string;
  clientId: string;
}

export interface HistoryEntry {
  /** UTC, ISO 8601. */
  at: string;
  call: string;
  kind: WriteKind;
  /** Of the content after the write. */
  hash: string;
}

/** One write that took place. */
export interface OrderWrite {
  document: Order;
  previous?: Order;
  kind: WriteKind;
  writer: Writer;
}

interface Entry {
  document: Order;
  hash: string;
  history: HistoryEntry[];
  /** Newest last; search sees the newest one that is old enough. */
  versions: { at: number; document: Order }[];
  queuedUntil: number;
}

/** The longest index lag that versions are kept for. */
const LONGEST_LAG_MS = 60_000;

/** The order documents of one tenant. Documents are never changed in place. */
export class OrderStore {
  private readonly entries = new Map<string, Entry>();
  private readonly removed = new Map<string, HistoryEntry[]>();
  private version = 0;
  readonly writes: Partial<Record<WriteKind, number>> = {};
  /** Milliseconds since 1970 of the last write; 0 before the first. */
  lastWriteAt = 0;

  constructor(
    private readonly clock: Clock,
    private readonly onWrite: (write: OrderWrite) => void = () => undefined,
  ) {}

  /** The document as it would be read now: with status `Queued` while its workflow runs. */
  read(id: string): Order | undefined {
    const entry = this.entries.get(id);
    return entry && (this.isQueued(id) ? { ...entry.document, status: 'Queued' } : entry.document);
  }

  /** The document without regard to a running workflow. */
  stored(id: string): Order | undefined {
    return this.entries.get(id)?.document;
  }

  has(id: string): boolean {
    return this.entries.has(id);
  }

  isQueued(id: string): boolean {
    return (this.entries.get(id)?.queuedUntil ?? 0) > this.clock.now();
  }

  queueFor(id: string, ms: number): void {
    const entry = this.entries.get(id);
    if (entry) entry.queuedUntil = this.clock.now() + ms;
  }

  all(): Order[] {
    return [...this.entries.keys()].flatMap((id) => this.read(id) ?? []);
  }

  ids(): string[] {
    return [...this.entries.keys()];
  }

  get size(): number {
    return this.entries.size;
  }

  /** What search knows: each order's newest version that is at least `lagMs` old. */
  indexed(lagMs: number): Order[] {
    const visible = this.clock.now() - lagMs;
    return [...this.entries.values()].flatMap((entry) => entry.versions.findLast((version) => version.at <= visible)?.document ?? []);
  }

  /** Stores `document` under `id` and returns it as stored, with what the write did to it. `kind` is told from the content when not given. */
  put(id: string, document: Order, writer: Writer, kind?: WriteKind): { kind: WriteKind; document: Order } {
    const now = this.clock.now();
    const hash = contentHash(document);
    const known = this.entries.get(id);
    const done = kind ?? kindOf(known?.hash, hash);
    this.version += 1;
    const stored: Order = { ...document, modified: isoTime(now), modifiedBy: writer.clientId, versionId: String(this.version) };
    const history = [...(known?.history ?? this.removed.get(id) ?? []), { at: isoTime(now), call: writer.operationId, kind: done, hash }];
    const versions = [...prune(known?.versions ?? [], now - LONGEST_LAG_MS), { at: now, document: stored }];
    this.entries.set(id, { document: stored, hash, history, versions, queuedUntil: 0 });
    this.note(done);
    this.onWrite({ document: stored, previous: known?.document, kind: done, writer });
    return { kind: done, document: stored };
  }

  /** A write that changed nothing and left `modified` alone. */
  noteUntouched(id: string, writer: Writer, kind: WriteKind): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    entry.history.push({ at: isoTime(this.clock.now()), call: writer.operationId, kind, hash: entry.hash });
    this.writes[kind] = (this.writes[kind] ?? 0) + 1;
  }

  remove(id: string, writer: Writer): void {
    const entry = this.entries.get(id);
    if (!entry) return;
    const last: HistoryEntry = { at: isoTime(this.clock.now()), call: writer.operationId, kind: 'removed', hash: entry.hash };
    this.removed.set(id, [...entry.history, last]);
    this.entries.delete(id);
    this.note('removed');
    this.onWrite({ document: entry.document, previous: entry.document, kind: 'removed', writer });
  }

  history(id: string): readonly HistoryEntry[] {
    return this.entries.get(id)?.history ?? this.removed.get(id) ?? [];
  }

  hashOf(id: string): string | undefined {
    return this.entries.get(id)?.hash;
  }

  private note(kind: WriteKind): void {
    this.writes[kind] = (this.writes[kind] ?? 0) + 1;
    this.lastWriteAt = this.clock.now();
  }
}

function kindOf(before: string | undefined, after: string): WriteKind {
  if (before === undefined) return 'created';
  return before === after ? 'unchanged' : 'overwritten';
}

/** Drops versions that no search can ask for any more: all but the newest one at or before `since`. */
function prune(versions: Entry['versions'], since: number): Entry['versions'] {
  const base = versions.findLastIndex((version) => version.at <= since);
  return base > 0 ? versions.slice(base) : versions;
}
