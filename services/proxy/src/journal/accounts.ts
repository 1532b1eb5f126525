import type { BatchMark, ConfirmMark } from './batch.js';
import { type JournalState, writeState } from './files.js';
import { removeSegment } from './recover.js';

/** One segment's account while it exists. */
export interface Account {
  readonly number: number;
  closes: number;
  readonly batches: Map<string, BatchMark>;
  readonly unconfirmed: Set<string>;
  readonly confirms: ConfirmMark[];
  quarantined: number;
  sealed: boolean;
}

/** Which batches of which segment ClickHouse has confirmed; a segment goes when all of its are. */
export class Accounts {
  private readonly accounts: Account[] = [];
  /** Events over the journal's life. */
  confirmed: number;
  quarantined: number;

  constructor(
    private readonly directory: string,
    private readonly state: JournalState,
  ) {
    this.confirmed = state.confirmed;
    this.quarantined = state.quarantined;
  }

  add(number: number, sealed = false): Account {
    const account: Account = {
      number,
      closes: 0,
      batches: new Map(),
      unconfirmed: new Set(),
      confirms: [],
      quarantined: 0,
      sealed,
    };
    this.accounts.push(account);
    return account;
  }

  /** Takes over a sealed segment of a former process. */
  adopt(number: number, index: { closes: number; batches: BatchMark[]; confirms: ConfirmMark[] }): void {
    const account = this.add(number, true);
    account.closes = index.closes;
    for (const mark of index.batches) register(account, mark);
    account.confirms.push(...index.confirms);
    this.accounts.sort((a, b) => a.number - b.number);
  }

  /** Confirmations on record, of whichever segment's batches. */
  confirms(): ConfirmMark[] {
    return this.accounts.flatMap((account) => account.confirms);
  }

  unconfirmed(): { mark: BatchMark; segment: number }[] {
    return this.accounts.flatMap(({ number, batches, unconfirmed }) =>
      [...unconfirmed].map((batchId) => ({ mark: batches.get(batchId) as BatchMark, segment: number })),
    );
  }

  settle({ batchId, quarantined }: ConfirmMark): void {
    for (const account of this.accounts) {
      if (!account.unconfirmed.delete(batchId)) continue;
      this.confirmed += (account.batches.get(batchId) as BatchMark).events;
      this.quarantined += quarantined;
      account.quarantined += quarantined;
      return;
    }
  }

  /**
   * Removes segments from the oldest on whose every batch is confirmed, adding their counts to the state first.
   * @throws when the state cannot be written; the segments then stay
   */
  fold(): void {
    const { state, directory } = this;
    const gone: number[] = [];
    for (const account of this.accounts) {
      if (!account.sealed || account.unconfirmed.size > 0) break;
      gone.push(account.number);
      state.folded = account.number;
      state.appended += account.closes;
      state.confirmed += account.closes;
      state.quarantined += account.quarantined;
    }
    if (gone.length === 0) return;
    this.accounts.splice(0, gone.length);
    writeState(directory, state);
    for (const number of gone) removeSegment(directory, number);
  }
}

export function register(account: Account, mark: BatchMark): void {
  account.batches.set(mark.batchId, mark);
  account.unconfirmed.add(mark.batchId);
}
