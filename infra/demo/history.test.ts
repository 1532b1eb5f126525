import { usageEvent } from '@weir/contracts';
import { expect, test } from 'vitest';
import { history } from './history.js';
import { APPS, PROVIDERS } from './plan.js';
import { Random } from './random.js';
import type { Scene } from './scene.js';

const NOON = Date.UTC(2026, 10, 20, 12, 34);
const random = new Random(1);
const id = () => random.id(NOON);
const scene: Scene = {
  projectId: id(),
  providerIds: Object.fromEntries(PROVIDERS.map(({ name }) => [name, id()])),
  apps: Object.fromEntries(APPS.map(({ name }) => [name, { id: id(), tokenId: id(), token: 't' }])),
};
const events = history(scene, NOON);

test('every event is one that a proxy could have written, with an id of its own', () => {
  for (const event of events) usageEvent.parse(event);
  expect(new Set(events.flatMap(({ eventId, callId }) => [eventId, callId])).size).toBe(events.length * 2);
});

test('the same scene and moment give the same events, so that a repeat stores nothing twice', () => {
  expect(history(scene, NOON)).toEqual(events);
});

test('events cover fourteen days, in order and none in the future', () => {
  const times = events.map(({ startedAt }) => startedAt);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(times.at(-1)).toBeLessThan(NOON);
  const days = new Set(times.map((time) => new Date(time).toISOString().slice(0, 10)));
  expect(days.size).toBe(15);
});

test('every screen has something: all providers, apps and outcomes, and calls without a known quantity', () => {
  const all = (pick: (event: (typeof events)[number]) => string) => [...new Set(events.map(pick))].sort();
  expect(all(({ provider }) => provider)).toEqual(
    PROVIDERS.filter(({ kinds }) => kinds.length > 0)
      .map(({ name }) => name)
      .sort(),
  );
  expect(all(({ app }) => app)).toEqual(
    APPS.filter(({ weight }) => weight > 0)
      .map(({ name }) => name)
      .sort(),
  );
  expect(all(({ outcome }) => outcome)).toEqual(['client_closed', 'completed', 'refused', 'upstream_error']);
  expect(events.some(({ outcome, meters }) => outcome === 'client_closed' && meters.output === undefined)).toBe(true);
});

test('no app calls a provider that it has nothing to do with, and parts never exceed their whole', () => {
  for (const { app, provider, meters } of events) {
    expect(APPS.find(({ name }) => name === app)?.providers).toContain(provider);
    expect(meters.reasoning ?? 0).toBeLessThanOrEqual(meters.output ?? 0);
  }
});
