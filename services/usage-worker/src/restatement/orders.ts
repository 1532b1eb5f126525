import {
  DOOR,
  type RestatementFailure,
  type RestatementProgress,
  type RestatementResult,
  type RestatementWork,
  restatementWork,
  WeirError,
} from '@weir/contracts';
import { Agent, request } from 'undici';

/** The door's side of restatements: what is to be done, and what became of it. */
export class Orders {
  private readonly agent = new Agent({ connect: { timeout: 5_000 }, headersTimeout: 30_000, bodyTimeout: 30_000 });

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** null = nothing waits. @throws WeirError `DOOR_UNREACHABLE`, `DOOR_REFUSED` (retryable), `ORDER_REJECTED` */
  async claim(signal: AbortSignal): Promise<RestatementWork | null> {
    const { status, text } = await this.post(DOOR.restatementClaim, {}, signal);
    if (status === 204) return null;
    const parsed = restatementWork.safeParse(JSON.parse(text));
    if (!parsed.success) throw new WeirError('ORDER_REJECTED', 'the control plane orders what this worker cannot read');
    return parsed.data;
  }

  /**
   * @returns false when the work belongs to somebody else by now, or is no longer wanted
   * @throws WeirError `DOOR_UNREACHABLE`, `DOOR_REFUSED` (retryable), `REPORT_REJECTED`; so do the next two
   */
  progress(told: RestatementProgress, signal: AbortSignal): Promise<boolean> {
    return this.report(DOOR.restatementProgress, told, signal);
  }

  result(told: RestatementResult, signal: AbortSignal): Promise<boolean> {
    return this.report(DOOR.restatementResult, told, signal);
  }

  failure(told: RestatementFailure, signal: AbortSignal): Promise<boolean> {
    return this.report(DOOR.restatementFailure, told, signal);
  }

  close(): Promise<void> {
    return this.agent.destroy();
  }

  private async report(path: string, told: object, signal: AbortSignal): Promise<boolean> {
    return (await this.post(path, told, signal)).status !== 409;
  }

  private async post(path: string, body: object, signal: AbortSignal): Promise<{ status: number; text: string }> {
    let status: number;
    let text: string;
    try {
      const answer = await request(new URL(path, this.url), {
        method: 'POST',
        dispatcher: this.agent,
        headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal,
      });
      status = answer.statusCode;
      text = await answer.body.text();
    } catch (cause) {
      throw new WeirError('DOOR_UNREACHABLE', 'the control plane does not answer', { cause, retryable: true });
    }
    if (status === 200 || status === 204 || status === 409) return { status, text };
    if (status === 400 || status === 413) {
      throw new WeirError('REPORT_REJECTED', `the control plane cannot read what the worker found (${status})`);
    }
    throw new WeirError('DOOR_REFUSED', `the control plane answered ${status}`, { retryable: true });
  }
}
