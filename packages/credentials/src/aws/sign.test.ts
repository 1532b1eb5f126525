import { type IncomingMessage, request as send } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startIssuer, type TestIssuer } from '../../test/support/issuer.js';
import { Clock, partsOf } from '../../test/support/parts.js';
import { signatureFault } from '../../test/support/signature.js';
import { openCredential } from '../open.js';

const SECRET = 'wJalrXUtnFEMI/K7MDENG+planted/example/key';
let upstream: TestIssuer;

beforeAll(async () => {
  upstream = await startIssuer((asked) => {
    const fault = signatureFault({ ...asked, headers: asked.lines, target: asked.url }, SECRET, 'bedrock');
    return { status: fault === null ? 200 : 403, body: JSON.stringify({ fault }) };
  });
});
afterAll(() => upstream.close());

function open(secrets: Record<string, string> = {}) {
  return openCredential(
    {
      kind: 'aws_static_keys',
      secrets: { access_key_id: 'AKIDEXAMPLE', secret_access_key: SECRET, ...secrets },
      settings: { region: 'eu-west-1' },
    },
    partsOf(new Clock()),
  );
}

/** Signs a request, sends it over a socket and returns the verdict of the other end. */
async function verdict(path: string, headers: string[], body: Buffer | null, method = 'POST'): Promise<unknown> {
  const credential = open({ session_token: 'planted-session-token' });
  const pairs = await credential.present({ method, origin: upstream.origin, path, headers, body });
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const req = send(upstream.origin + path, { method, agent: false }, resolve);
    for (let at = 0; at < headers.length; at += 2) req.appendHeader(headers[at] ?? '', headers[at + 1] ?? '');
    for (let at = 0; at < pairs.length; at += 2) req.setHeader(pairs[at] ?? '', pairs[at + 1] ?? '');
    req.on('error', reject);
    req.end(body ?? undefined);
  });
  let text = '';
  for await (const chunk of answer) text += chunk;
  return JSON.parse(text).fault;
}

describe('an AWS signature', () => {
  const json = ['content-type', 'application/json'];
  it.each([
    ['/model/anthropic.claude-3-haiku-20240307-v1%3A0/converse', json],
    ['/model/anthropic.claude-3-haiku-20240307-v1:0/converse', json],
    ['/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A1%3Ainference-profile%2Fx/invoke', json],
    ['/a/b?list-type=2&empty&b=%2F%20%2B&a=1', json],
    ['/a(b)!*~', [...json, 'x-amz-user-agent', '  many   spaces ', 'accept', '*/*']],
    ['/twice', [...json, 'x-amz-meta', 'one', 'x-amz-meta', 'two']],
  ])('holds at the other end for %s', async (path, headers) => {
    expect(await verdict(path, headers, Buffer.from('{"a":"ü"}'))).toBeNull();
  });

  it('holds for a request without a body, and for a large one', async () => {
    expect(await verdict('/model/x', [], null, 'GET')).toBeNull();
    expect(await verdict('/model/x/invoke', json, Buffer.alloc(1024 * 1024, 'x'))).toBeNull();
  });

  it('covers the session token', async () => {
    await verdict('/x', json, Buffer.from('{}'));
    expect(upstream.asked.at(-1)?.headers['x-amz-security-token']).toBe('planted-session-token');
    expect(String(upstream.asked.at(-1)?.headers.authorization)).toContain('x-amz-security-token');
  });

  it('is made for the region and service it says', async () => {
    const pairs = await open().present({ method: 'GET', origin: upstream.origin, path: '/', headers: [], body: null });
    expect(pairs.at(-1)).toContain('Credential=AKIDEXAMPLE/20300101/eu-west-1/bedrock/aws4_request');
  });

  it('names what is missing', () => {
    expect(() => open({ secret_access_key: ' ' })).toThrow(
      expect.objectContaining({ code: 'CREDENTIAL_INCOMPLETE', message: expect.stringContaining('secret access key') }),
    );
  });
});
