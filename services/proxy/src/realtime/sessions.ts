import type { SnapshotToken } from '@weir/contracts';
import { checkExpiry } from '../access/authenticate.js';
import { authorize, checkModel } from '../access/authorize.js';
import { Refusal } from '../errors.js';
import type { SnapshotHolder } from '../snapshot/holder.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import { type Retirement, retirementFor, STOPPING } from './retirement.js';
import type { Session } from './session.js';

/** By whom and for what a session was opened. */
export class Admission {
  constructor(
    private readonly token: SnapshotToken,
    /** As it stands now; the session itself keeps the one it began with. */
    public provider: ServedProvider,
    /** As the address of the session names them. */
    private readonly models: readonly string[],
    private readonly requestId: string,
  ) {}

  retirementFor(refusal: Refusal): Retirement {
    return retirementFor(refusal, this.provider.dialect, this.requestId);
  }

  /** @throws Refusal where the session would not be opened again */
  check(snapshots: SnapshotHolder, nowMs: number): void {
    const view = snapshots.current(nowMs);
    const token = view.token(this.token.publicId);
    if (token === undefined) {
      throw new Refusal('token_invalid', 'The gateway token was revoked; create a new one under Apps in Weir.');
    }
    checkExpiry(token, nowMs);
    const provider = authorize(view, token, this.provider.config.name);
    if (provider.config.id !== this.provider.config.id) {
      throw new Refusal('provider_unknown', `Provider “${provider.config.name}” was replaced; open a new session.`);
    }
    this.provider = provider;
    if (this.models.length > 0) checkModel(provider, null, this.models, false);
  }
}

/** The sessions of a process. Unlike a call, a session may last for an hour: it ends when it is no longer allowed. */
export class Sessions {
  private readonly open = new Map<Session, Admission>();

  get size(): number {
    return this.open.size;
  }

  /** Sessions that end with their turn under way. */
  get retiring(): number {
    return [...this.open.keys()].filter(({ isRetiring }) => isRetiring).length;
  }

  add(session: Session, admission: Admission): void {
    this.open.set(session, admission);
  }

  delete(session: Session): void {
    this.open.delete(session);
  }

  /** Ends those whose token or provider is gone, switched off or past its time. */
  check(snapshots: SnapshotHolder, nowMs: number): void {
    for (const [session, admission] of this.open) {
      try {
        admission.check(snapshots, nowMs);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        // A configuration that is out of date says nothing about the session.
        if (error.code !== 'overloaded') session.retire(admission.retirementFor(error));
      }
    }
  }

  /** The process stops: each ends with its turn under way. */
  retire(): void {
    for (const session of this.open.keys()) session.retire(STOPPING);
  }

  interrupt(): void {
    for (const session of [...this.open.keys()]) session.interrupt();
  }
}
