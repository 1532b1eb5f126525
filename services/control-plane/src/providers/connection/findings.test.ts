import { describe, expect, test } from 'vitest';
import type { Exchange } from './exchange.js';
import { findingsOf } from './findings.js';

const SCOPE = { type: 'openai', models: [], credentialKind: 'api_key', passthrough: false } as const;
const made = (input: Partial<Exchange>): Exchange => ({
  ...{ endpoint: 'models', ok: true, summary: 'Connected.', status: 200, latencyMs: 12.5 },
  ...{ upstreamError: null, code: null, models: [], isDecisive: false },
  ...input,
});

describe('what calls say about endpoints', () => {
  test('an answer makes its endpoint ready, and says nothing of the others', () => {
    expect(findingsOf(SCOPE, [made({})])).toEqual([
      { endpoint: 'models', state: 'READY', reason: null, latencyMs: 12.5 },
    ]);
  });

  test('a refused credential fails every endpoint, whatever had answered before', () => {
    const refused = made({ endpoint: 'chat.completions', ok: false, status: 401, summary: 'No.', isDecisive: true });
    const findings = findingsOf(SCOPE, [made({}), refused]);
    expect(findings.map(({ endpoint }) => endpoint)).toEqual(
      expect.arrayContaining(['models', 'chat.completions', 'responses', 'embeddings']),
    );
    expect(new Set(findings.map(({ state, reason }) => `${state} ${reason}`))).toEqual(new Set(['FAILING No.']));
    expect(findings.filter(({ latencyMs }) => latencyMs !== null)).toMatchObject([{ endpoint: 'chat.completions' }]);
  });

  test('a missing list where calls are served is no fault; alone it is', () => {
    const missing = made({ ok: false, status: 404, summary: 'Nothing there.' });
    const served = made({ endpoint: 'chat.completions' });
    expect(findingsOf(SCOPE, [served, missing])).toMatchObject([
      { state: 'READY' },
      { state: 'UNSUPPORTED', reason: expect.stringContaining('by hand') },
    ]);
    expect(findingsOf(SCOPE, [missing])).toMatchObject([{ state: 'FAILING', reason: 'Nothing there.' }]);
  });

  test('one that fails by itself leaves the others as they are', () => {
    const embeddings = made({ endpoint: 'embeddings', ok: false, status: 404, summary: 'Unknown model.' });
    expect(findingsOf(SCOPE, [made({}), embeddings])).toMatchObject([
      { endpoint: 'models', state: 'READY' },
      { endpoint: 'embeddings', state: 'FAILING', reason: 'Unknown model.' },
    ]);
  });

  test('with passthrough a refused call leaves the endpoint untested, and says why', () => {
    const refused = made({ ok: true, status: 401, summary: 'Each app brings its own.' });
    expect(findingsOf({ ...SCOPE, passthrough: true, credentialKind: 'none' }, [refused])).toMatchObject([
      { endpoint: 'models', state: 'UNTESTED', reason: 'Each app brings its own.' },
    ]);
  });
});
