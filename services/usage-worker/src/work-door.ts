import { WeirError } from '@weir/contracts';
import { Agent, request } from 'undici';
import type { z } from 'zod';

/** Where the control plane hands work out under a lease, and is told what became of it. */
export abstract class WorkDoor {
  private readonly agent = new Agent({ connect: { timeout: 5_000 }, headersTimeout: 30_000, bodyTimeout: 30_000 });

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  close(): Promise<void> {
    return this.agent.destroy();
  }

  /** null = nothing waits. @throws WeirError `DOOR_UNREACHABLE`, `DOOR_REFUSED` (retryable), `ORDER_REJECTED` */
  protected async take<S extends z.ZodType>(path: string, work: S, signal: AbortSignal): Promise<z.output<S> | null> {
    const { status, text } = await this.post(path, {}, signal);
    if (status === 204) return null;
    const parsed = work.safeParse(JSON.parse(text));
    if (!parsed.success) throw new WeirError('ORDER_REJECTED', 'the control plane orders what this worker cannot read');
    return parsed.data;
  }

  /**
   * @returns false when the work belongs to somebody else by now, or is no longer wanted
   * @throws WeirError `DOOR_UNREACHABLE`, `DOOR_REFUSED` (retryable), `REPORT_REJECTED`
   */
  protected async tell(path: string, told: object, signal: AbortSignal): Promise<boolean> {
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
