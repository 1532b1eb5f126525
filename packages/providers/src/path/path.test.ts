import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callRoute } from './call-route.js';
import { upstreamPath } from './upstream-path.js';

describe('upstreamPath', () => {
  it.each([
    ['/v1', 'v1/chat/completions', '/v1/chat/completions'],
    ['/v1', 'chat/completions', '/v1/chat/completions'],
    ['/v1/', 'v1/models?limit=2', '/v1/models?limit=2'],
    ['/v1', 'v1', '/v1'],
    ['/v1', 'v1?x=v1/', '/v1?x=v1/'],
    ['/v1', '', '/v1/'],
    ['', 'v1/messages?beta=true', '/v1/messages?beta=true'],
    ['/', '/v1/messages', '/v1/messages'],
    ['/v1', 'v1/v1/x', '/v1/v1/x'],
    ['/v1', 'v1beta/models', '/v1/v1beta/models'],
    ['/v1beta', 'v1beta/models', '/v1beta/models'],
    ['/api/v1', 'v1/chat/completions', '/api/v1/chat/completions'],
    ['/openai', 'openai/chat', '/openai/openai/chat'],
    ['/v1', 'files/a%2Fb%20c', '/v1/files/a%2Fb%20c'],
  ])('%s + %s = %s', (base, call, joined) => {
    expect(upstreamPath(base, call)).toBe(joined);
  });

  it('never leaves the base path', () => {
    const segment = fc.stringMatching(/^[a-z0-9]{1,5}$/);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1 }), fc.webPath(), (base, call) => {
        const basePath = `/${base.join('/')}`;
        expect(upstreamPath(basePath, call).startsWith(basePath)).toBe(true);
      }),
    );
  });
});

describe('callRoute', () => {
  it.each([
    ['v1/chat/completions', 'v1/chat/completions'],
    ['/V1//ch%61t/Completions/?a=b#c', 'v1/chat/completions'],
    ['v1/%zz', null],
    ['', ''],
  ])('%s is %s', (path, route) => {
    expect(callRoute(path)).toBe(route);
  });
});
