import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { master, provider, snapshotOf, token } from '../../test/support/harness.js';
import { Upstreams } from '../upstream/dispatcher.js';
import { SnapshotHolder } from './holder.js';
import { parseSnapshot } from './snapshot.js';

const good = () =>
  snapshotOf({
    providers: [
      provider({ name: 'a', baseUrl: 'https://api.example/v1', secret: 'sk-canary-1234567890' }),
      provider({ name: 'b', baseUrl: 'https://api.example/v1', models: ['m'] }),
    ],
    tokens: [token().entry, token().entry],
  });

function rejectionOf(value: unknown): string | null {
  try {
    parseSnapshot(typeof value === 'string' ? value : JSON.stringify(value));
    return null;
  } catch (error) {
    expect((error as { code: string }).code).toBe('SNAPSHOT_REJECTED');
    return (error as Error).message;
  }
}

describe('a snapshot', () => {
  it('is taken when it is good', () => {
    expect(rejectionOf(good())).toBeNull();
  });

  it('from before a provider could read answers on, or count for itself, does neither', () => {
    const old = good();
    const providers = old.providers.map(({ onClientClose, drainMs, usageFallback, ...rest }) => rest);
    expect(parseSnapshot(JSON.stringify({ ...old, providers })).providers).toMatchObject(
      providers.map(() => ({ onClientClose: 'cancel', drainMs: 30_000, usageFallback: 'none' })),
    );
  });

  it.each<[string, (snapshot: ReturnType<typeof good>) => unknown]>([
    ['another format', (s) => ({ ...s, format: 2 })],
    ['no version', ({ version, ...rest }) => rest],
    ['version zero', (s) => ({ ...s, version: 0 })],
    ['null providers', (s) => ({ ...s, providers: null })],
    ['an unknown provider type', (s) => ({ ...s, providers: [{ ...s.providers[0], type: 'telex' }] })],
    ['a blank provider name', (s) => ({ ...s, providers: [{ ...s.providers[0], name: '' }] })],
    ['a blank base URL', (s) => ({ ...s, providers: [{ ...s.providers[0], baseUrl: '' }] })],
    ['a blank model', (s) => ({ ...s, providers: [{ ...s.providers[0], models: [''] }] })],
    ['a blank environment', (s) => ({ ...s, tokens: [{ ...s.tokens[0], environment: '' }] })],
    ['a blank digest', (s) => ({ ...s, tokens: [{ ...s.tokens[0], digest: '' }] })],
    ['a digest of another length', (s) => ({ ...s, tokens: [{ ...s.tokens[0], digest: 'AAAA' }] })],
    ['a provider twice', (s) => ({ ...s, providers: [s.providers[0], s.providers[0]] })],
    [
      'a provider name twice in a project',
      (s) => ({ ...s, providers: [s.providers[0], { ...s.providers[1], name: 'a' }] }),
    ],
    ['a token twice', (s) => ({ ...s, tokens: [s.tokens[0], s.tokens[0]] })],
    [
      'a time-out of zero',
      (s) => ({ ...s, providers: [{ ...s.providers[0], timeouts: { connectMs: 0, firstByteMs: 1, idleMs: 1 } }] }),
    ],
    ['no JSON', () => '{"format":1,'],
    ['a list', () => []],
    ['50 MB', () => `"${'x'.repeat(50 * 1024 * 1024)}"`],
  ])('is refused with %s, for a reason that quotes no value', (_what, change) => {
    const reason = rejectionOf(change(good()));
    expect(reason).not.toBeNull();
    expect(reason).not.toContain('sk-canary');
    expect((reason ?? '').length).toBeLessThan(500);
  });

  it('damaged anywhere is either refused or harmless, never a crash', () => {
    const text = JSON.stringify(good());
    const holder = new SnapshotHolder(master, new Upstreams());
    const junk = fc.constantFrom('null', '""', '-1', '1e309', '[]', '{}', 'true', '"\\u0000"', '99999999999999999999');
    let refused = 0;
    fc.assert(
      fc.property(fc.nat(text.length - 1), junk, fc.boolean(), (at, value, isByte) => {
        const damaged = isByte
          ? text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1)
          : text.slice(0, at).replace(/[^:,[]*$/, '') + value + text.slice(at).replace(/^[^,\]}]*/, '');
        try {
          holder.apply(parseSnapshot(damaged), 0);
        } catch (error) {
          expect((error as { code?: string }).code).toBe('SNAPSHOT_REJECTED');
          refused++;
        }
      }),
      { numRuns: 3_000 },
    );
    expect(refused).toBeGreaterThan(1_000);
  });
});

describe('the snapshot in force', () => {
  it('is the one of the highest version, whatever order they come in', () => {
    const holder = new SnapshotHolder(master, new Upstreams());
    const snapshots = Array.from({ length: 50 }, good);
    const highest = Math.max(...snapshots.map(({ version }) => version));
    for (const snapshot of snapshots.sort(() => Math.random() - 0.5)) holder.apply(snapshot, Date.now());
    expect(holder.version).toBe(highest);
  });

  it('serves for 24 hours after the control plane was last heard of, and no longer', () => {
    const holder = new SnapshotHolder(master, new Upstreams());
    expect(() => holder.current(0)).toThrow(/no configuration yet/);
    const hour = 3_600_000;
    holder.apply(good(), 1_000 * hour);
    expect(holder.current(1_023 * hour).version).toBe(holder.version);
    expect(() => holder.current(1_024.1 * hour)).toThrow(/24 hours/);
    holder.confirm(1_010 * hour);
    expect(holder.current(1_024.1 * hour).version).toBe(holder.version);
  });
});
