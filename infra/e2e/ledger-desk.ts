import { vi } from 'vitest';
import { ConsoleClient } from './console-client.js';
import type { System } from './system.js';

export interface Difference {
  readonly eventsSeen: number;
  readonly eventsChanged: number;
  readonly newlyPriced: number;
  readonly restatedSince: number;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
  readonly byProvider: readonly { readonly key: string; readonly difference: string }[];
  readonly byModel: readonly { readonly key: string; readonly difference: string }[];
  readonly byBucket: readonly { readonly key: string; readonly difference: string }[];
}

export interface Restatement {
  readonly id: string;
  readonly number: number;
  readonly state: 'PREVIEWING' | 'READY' | 'BOOKING' | 'BOOKED' | 'FAILED' | 'CANCELLED';
  readonly requestedBy: string;
  readonly bookedBy: string | null;
  readonly bookedAt: string | null;
  readonly problem: string | null;
  readonly preview: Difference | null;
  readonly booked: Difference | null;
  readonly reverses: { readonly number: number } | null;
  readonly reversedBy: { readonly number: number; readonly state: string } | null;
}

export interface Month {
  readonly month: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly spend: string;
  readonly calls: number;
  readonly closedBy: string | null;
  readonly spendAtClose: string | null;
  readonly callsAtClose: number | null;
  readonly reopenedBy: string | null;
  readonly reopenReason: string | null;
}

export interface Order {
  readonly from: Date;
  readonly to: Date;
  readonly reason: string;
  readonly filter?: Readonly<Record<string, unknown>>;
}

const LINES = '{ key difference }';
const DIFFERENCE = `{ eventsSeen eventsChanged newlyPriced restatedSince before after difference
  byProvider ${LINES} byModel ${LINES} byBucket ${LINES} }`;
const RESTATEMENT = `{ id number state requestedBy bookedBy bookedAt problem preview ${DIFFERENCE} booked ${DIFFERENCE}
  reverses { number } reversedBy { number state } }`;
const MONTH = '{ month state spend calls closedBy spendAtClose callsAtClose reopenedBy reopenReason }';
const PATIENCE = { timeout: 60_000, interval: 50 };

/** What somebody in finance does at the console, as its own requests. */
export class LedgerDesk {
  constructor(readonly client: ConsoleClient) {}

  async preview(input: Order): Promise<Restatement> {
    const asked = await this.change('previewRestatement(input: $input)', 'PreviewRestatementInput!', { input });
    return this.until(asked.id, 'READY');
  }

  async book(id: string, meanwhile: () => Promise<void> = async () => undefined): Promise<Restatement> {
    await this.client.ask('mutation($id: ID!) { bookRestatement(id: $id) { id } }', { id });
    await meanwhile();
    return this.until(id, 'BOOKED');
  }

  async cancel(id: string): Promise<Restatement> {
    await this.client.ask('mutation($id: ID!) { cancelRestatement(id: $id) { id } }', { id });
    return this.one(id);
  }

  async reverse(id: string, reason: string): Promise<Restatement> {
    const { made } = await this.client.ask<{ made: { id: string } }>(
      'mutation($id: ID!, $reason: String!) { made: reverseRestatement(id: $id, reason: $reason) { id } }',
      { id, reason },
    );
    return this.until(made.id, 'READY');
  }

  async one(id: string): Promise<Restatement> {
    const { found } = await this.client.ask<{ found: Restatement }>(
      `query($id: ID!) { found: restatement(id: $id) ${RESTATEMENT} }`,
      { id },
    );
    return found;
  }

  async month(name: string): Promise<Month | undefined> {
    const { all } = await this.client.ask<{ all: Month[] }>(`{ all: accountingMonths ${MONTH} }`);
    return all.find(({ month }) => month === name);
  }

  async close(month: string): Promise<Month> {
    const { made } = await this.client.ask<{ made: Month }>(
      `mutation($month: String!) { made: closeMonth(month: $month) ${MONTH} }`,
      { month },
    );
    return made;
  }

  async reopen(month: string, reason: string): Promise<Month> {
    const { made } = await this.client.ask<{ made: Month }>(
      `mutation($month: String!, $reason: String!) { made: reopenMonth(month: $month, reason: $reason) ${MONTH} }`,
      { month, reason },
    );
    return made;
  }

  private async change(call: string, type: string, variables: { input: unknown }): Promise<{ id: string }> {
    const { made } = await this.client.ask<{ made: { id: string } }>(
      `mutation($input: ${type}) { made: ${call} { id } }`,
      variables,
    );
    return made;
  }

  private until(id: string, state: Restatement['state']): Promise<Restatement> {
    return vi.waitFor(async () => {
      const found = await this.one(id);
      if (found.state !== state) throw new Error(`restatement ${found.number} is ${found.state}: ${found.problem}`);
      return found;
    }, PATIENCE);
  }
}

/** A member of the project, signed in. */
export async function memberOf(system: System, role: 'finance' | 'engineer' | 'viewer'): Promise<ConsoleClient> {
  const { inviteMember } = await system.console.ask<{ inviteMember: { link: string } }>(
    'mutation($input: InviteMemberInput!) { inviteMember(input: $input) { link } }',
    { input: { email: `${role}@example.com`, displayName: role, role } },
  );
  const client = new ConsoleClient(system.controlUrl, system.consoleUrl);
  await client.ask('mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { id } }', {
    input: { token: new URL(inviteMember.link).searchParams.get('token'), password: 'correct horse battery' },
  });
  return client;
}
