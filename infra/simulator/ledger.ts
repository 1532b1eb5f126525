import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import type { BilledUsage } from './generation.js';

/** One served request as the upstream knows it, independent of anything a gateway believes. */
export interface LedgerEntry {
  readonly seq: number;
  /** The request id the answer carried. */
  readonly id: string;
  readonly at: string;
  readonly dialect: 'openai' | 'anthropic' | 'google';
  readonly method: string;
  readonly path: string;
  readonly model: string | null;
  readonly isStream: boolean;
  /** Null: no status was sent. */
  readonly status: number | null;
  /** What the upstream bills; null = nothing (refused, failed, or not a billed endpoint). */
  readonly billed: BilledUsage | null;
  /** The bytes that state the usage were handed to the connection. */
  readonly isUsageSent: boolean;
  readonly requestBytes: number;
  readonly requestSha256: string;
  /** Body bytes handed to the connection, before content encoding. */
  readonly sentBytes: number;
  readonly sentSha256: string;
  readonly ended: 'completed' | 'client_closed' | 'cut' | 'reset' | 'stalled';
  /** SHA-256 of the credential that came, in hex; never the credential. */
  readonly credentialSha256: string | null;
  /** As received, name, value, ...; credentials are replaced by their hash. */
  readonly rawHeaders: readonly string[];
}

export const sha256 = (value: string | Buffer): string => createHash('sha256').update(value).digest('hex');

/** Written as it happens, line by line, so that it outlives a killed simulator. */
export class Ledger {
  private readonly kept: LedgerEntry[] = [];
  private readonly file: number | null;
  private seq = 0;

  constructor(path: string | null) {
    this.file = path === null ? null : openSync(path, 'a', 0o600);
  }

  get entries(): readonly LedgerEntry[] {
    return this.kept;
  }

  nextSeq(): number {
    return ++this.seq;
  }

  add(entry: LedgerEntry): void {
    this.kept.push(entry);
    if (this.file !== null) writeSync(this.file, `${JSON.stringify(entry)}\n`);
  }

  close(): void {
    if (this.file !== null) closeSync(this.file);
  }
}
