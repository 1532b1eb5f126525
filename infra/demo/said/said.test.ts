import { decodeFrame, usageEvent } from '@weir/contracts';
import { readReply, readRequest } from '@weir/transcripts';
import { expect, test } from 'vitest';
import { APPS, PROVIDERS } from '../plan.js';
import { Random } from '../random.js';
import type { Scene } from '../scene.js';
import { demoRedactor, frameOf } from './frames.js';
import { said } from './index.js';

const NOW = new Date(2026, 10, 20, 15, 34).getTime();
const random = new Random(1);
const id = () => random.id(NOW);
const scene: Scene = {
  projectId: id(),
  providerIds: Object.fromEntries(PROVIDERS.map(({ name }) => [name, id()])),
  apps: Object.fromEntries(APPS.map(({ name }) => [name, { id: id(), tokenId: id(), token: 't' }])),
};
const calls = said(scene, NOW);
const redactor = demoRedactor();
const frames = calls.map((call) => decodeFrame(frameOf(call, redactor)));

test('every call is one that a proxy could have written, of an app that may make it, and none is in the future', () => {
  for (const { event } of calls) {
    usageEvent.parse(event);
    expect(APPS.find(({ name }) => name === event.app)?.providers).toContain(event.provider);
    expect(PROVIDERS.find(({ name }) => name === event.provider)?.isRecorded).toBe(true);
    expect(event.startedAt + (event.durationMs ?? 0)).toBeLessThan(NOW);
  }
  expect(new Set(calls.map(({ event }) => event.eventId)).size).toBe(calls.length);
  expect(said(scene, NOW)).toEqual(calls);
});

test('what a call used is what its answer states, and is known of every answer that came', () => {
  for (const { event, bodies } of calls) {
    if (event.outcome === 'completed') {
      expect(event.usageSource).toBe('reported');
      expect(bodies.response).toContain(event.rawUsage?.startsWith('[') ? '"output_tokens"' : event.rawUsage);
      expect(event.meters.output).toBeGreaterThan(0);
    } else expect(event).toMatchObject({ errorCode: 'overloaded_error', usageSource: 'none', meters: {} });
  }
});

test('what was said can be read from every record, and what a customer should not have told is in none', () => {
  for (const [at, { head, request, response }] of frames.entries()) {
    expect(head.eventId).toBe(calls[at]?.event.eventId);
    expect(head.request.compressedBytes).toBe(request.length);
    expect(head.response.compressedBytes).toBe(response.length);
  }
  for (const { bodies, event } of calls) {
    const cleared = redactor.requestBytes(Buffer.from(bodies.request));
    expect(cleared.isKept && cleared.value.toString()).not.toMatch(/4111 1111|posteo|901820/);
    expect(readRequest(event.endpoint, Buffer.from(bodies.request))).toMatchObject({ unreadable: null });
    const reply = readReply(Buffer.from(bodies.response));
    expect(reply.outputMessages.length + reply.errors.length).toBe(1);
  }
  expect(frames.filter(({ head }) => head.request.state === 'redacted').length).toBeGreaterThan(3);
});

test('an agent failed around noon, by the clock of whoever looks', () => {
  const failed = calls.filter(({ event }) => event.outcome === 'upstream_error');
  expect(failed.map(({ event }) => event.attempt)).toEqual([1, 2, 3]);
  for (const { event } of failed) expect(new Date(event.startedAt).getHours()).toBe(12);
});
