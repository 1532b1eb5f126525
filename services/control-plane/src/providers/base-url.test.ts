import { describe, expect, test } from 'vitest';
import { checkAddress, checkUpstream, isListed, normaliseHostPort, parseBaseUrl } from './base-url.js';
import { checkReachable, type Resolve } from './resolve.js';

const save = (text: string, allowed: string[] = [], resolve: Resolve = async () => []) =>
  checkReachable(parseBaseUrl(text), allowed, resolve);
const refusal = (work: Promise<void> | (() => unknown)) =>
  expect(typeof work === 'function' ? (async () => work())() : work).rejects;

describe('parsing', () => {
  test.each([
    ['https://api.openai.com/v1', 'https://api.openai.com/v1', 'https://api.openai.com'],
    ['https://api.openai.com/v1///', 'https://api.openai.com/v1', 'https://api.openai.com'],
    ['  HTTPS://API.OpenAI.com:443/v1/ ', 'https://api.openai.com/v1', 'https://api.openai.com'],
    ['https://host.example:8443', 'https://host.example:8443', 'https://host.example:8443'],
    ['https://host.example/v1\n', 'https://host.example/v1', 'https://host.example'],
    ['https://host.example/', 'https://host.example', 'https://host.example'],
    ['http://127.0.0.1:9000/base', 'http://127.0.0.1:9000/base', 'http://127.0.0.1:9000'],
    ['http://[::1]:9000', 'http://[::1]:9000', 'http://[::1]:9000'],
    ['https://host.example/a%20b', 'https://host.example/a%20b', 'https://host.example'],
  ])('%s becomes %s', (text, href, origin) => {
    expect(parseBaseUrl(text)).toMatchObject({ href, origin });
  });

  test.each([
    '',
    '   ',
    'api.openai.com/v1',
    'ftp://api.openai.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'https:/api.openai.com',
    'https:api.openai.com',
    'https:///api.openai.com',
    'https://',
    '//api.openai.com/v1',
    'https://user@api.openai.com',
    'https://user:pass@api.openai.com',
    'https://@api.openai.com',
    'https://api.openai.com@evil.example',
    'https://api.openai.com?key=1',
    'https://api.openai.com/v1?',
    'https://api.openai.com/v1#',
    'https://api.openai.com#@evil.example',
    'https://api.openai.com\\@evil.example',
    'https:\\\\api.openai.com',
    'https://api.open\tai.com/v1',
    'https://api.openai.com/v1\r\nx-injected: 1',
    'https://api.openai.com/v 1',
    'https://api.openai.com/../v1',
    'https://api.openai.com/v1/./x',
    'https://api.openai.com/%2e%2e/v1',
    'https://api.openai.com/v1%2fx',
    'https://api.openai.com//v1',
    'https://api.openai.com./v1',
    'https://api.openai.com:0/v1',
    'https://api.openai.com:99999/v1',
    'https://exämple.com',
    'https://ⓛocalhost',
    `https://api.openai.com/${'a'.repeat(2048)}`,
  ])('%j is refused on the field baseUrl', (text) => {
    expect(() => parseBaseUrl(text)).toThrow(
      expect.objectContaining({ code: 'BASE_URL_INVALID', detail: { field: 'baseUrl' } }),
    );
  });
});

test.each([
  'https://localhost',
  'https://localhost:8443/v1',
  'https://LOCALHOST',
  'https://foo.localhost',
  'https://localhost.localdomain',
  'https://printer.local',
  'https://metadata.google.internal',
  'https://metadata',
  'https://kubernetes',
  'https://kubernetes.default.svc.cluster.local',
  'https://router.lan',
  'https://nas.home.arpa',
  'https://intranet',
  'https://127.0.0.1',
  'https://127.1',
  'https://127.0.1',
  'https://0x7f.1',
  'https://0x7f000001',
  'https://0177.0.0.1',
  'https://2130706433',
  'https://017700000001',
  'https://0',
  'https://0.0.0.0',
  'https://10.0.0.1',
  'https://10.1',
  'https://0xa.0.0.1',
  'https://172.16.0.1',
  'https://172.31.255.255',
  'https://192.168.1.1',
  'https://192.168.257',
  'https://3232235777',
  'https://169.254.169.254',
  'https://169.254.43518',
  'https://2852039166',
  'https://0xa9fea9fe',
  'https://0251.0376.0251.0376',
  'https://168.63.129.16',
  'https://100.64.0.1',
  'https://100.100.100.200',
  'https://192.0.0.192',
  'https://198.18.0.1',
  'https://203.0.113.7',
  'https://224.0.0.1',
  'https://255.255.255.255',
  'https://[::]',
  'https://[::1]',
  'https://[0:0:0:0:0:0:0:1]',
  'https://[::127.0.0.1]',
  'https://[::ffff:127.0.0.1]',
  'https://[::ffff:7f00:1]',
  'https://[::ffff:a9fe:a9fe]',
  'https://[0:0:0:0:0:ffff:10.0.0.1]',
  'https://[64:ff9b::7f00:1]',
  'https://[64:ff9b::127.0.0.1]',
  'https://[64:ff9b:1::10.0.0.1]',
  'https://[2002:7f00:1::]',
  'https://[2002:a9fe:a9fe::1]',
  'https://[2001:0:7f00:1::]',
  'https://[2001:db8::1]',
  'https://[100::1]',
  'https://[fc00::1]',
  'https://[fd00:ec2::254]',
  'https://[fe80::1]',
  'https://[fec0::1]',
  'https://[ff02::1]',
])('%s is refused as private', async (text) => {
  await refusal(save(text)).toMatchObject({ code: 'BASE_URL_PRIVATE', detail: { field: 'baseUrl' } });
});

test.each(['http://api.openai.com/v1', 'http://8.8.8.8', 'http://127.0.0.1:9000'])(
  '%s is refused for want of https',
  async (text) => {
    await refusal(save(text)).toMatchObject({ code: 'BASE_URL_NOT_HTTPS' });
  },
);

describe('names are resolved when saved', () => {
  test.each([
    [['127.0.0.1']],
    [['::1']],
    [['10.0.0.7']],
    [['8.8.8.8', '192.168.0.9']],
    [['2606:4700::1', 'fd00::1']],
    [['::ffff:127.0.0.1']],
    [['64:ff9b::a00:1']],
  ])('a name that leads to %j is refused', async (addresses) => {
    const work = save('https://rebind.example.com', [], async () => addresses);
    await refusal(work).toMatchObject({ code: 'BASE_URL_PRIVATE', message: expect.stringContaining('rebind') });
  });

  test('a name with public addresses, or with none yet, passes', async () => {
    await save('https://api.example.com', [], async () => ['8.8.8.8', '2606:4700::1']);
    await save('https://api.example.com', [], async () => []);
  });

  test('a literal public address is not looked up', async () => {
    await save('https://8.8.8.8', [], () => Promise.reject(new Error('looked up')));
  });
});

describe('the operator can list private upstreams', () => {
  test('exactly the listed host and port opens, over http too, and no neighbour', async () => {
    const allowed = ['127.0.0.1:9000', 'ollama.internal:11434', '[::1]:9001'];
    for (const text of [
      'http://127.0.0.1:9000/v1',
      'https://127.0.0.1:9000',
      'http://127.1:9000',
      'http://0x7f.1:9000',
    ]) {
      await save(text, allowed);
    }
    await save('http://Ollama.Internal:11434', allowed, async () => ['10.0.0.5']);
    await save('http://[0:0::1]:9001', allowed);
    for (const text of [
      'http://127.0.0.1:9001',
      'http://127.0.0.2:9000',
      'http://127.0.0.1',
      'http://localhost:9000',
      'http://x.ollama.internal:11434',
      'http://[::1]:9000',
    ]) {
      await refusal(save(text, allowed)).toMatchObject({ code: expect.stringMatching(/^BASE_URL_/) });
    }
  });

  test('an empty list opens nothing', () => {
    expect(isListed(parseBaseUrl('http://127.0.0.1:80'), [])).toBe(false);
    expect(() => checkUpstream(parseBaseUrl('https://127.0.0.1'), [])).toThrow('WEIR_ALLOWED_HOSTS');
  });

  test('default ports count', () => {
    expect(isListed(parseBaseUrl('http://10.0.0.1'), ['10.0.0.1:80'])).toBe(true);
    expect(isListed(parseBaseUrl('https://10.0.0.1'), ['10.0.0.1:443'])).toBe(true);
    expect(isListed(parseBaseUrl('https://10.0.0.1'), ['10.0.0.1:80'])).toBe(false);
  });

  test.each([
    ['LocalHost:80', 'localhost:80'],
    ['127.1:443', '127.0.0.1:443'],
    ['[0::1]:9', '[::1]:9'],
    ['no-port', null],
    ['a/b:80', null],
    ['user@host:80', null],
  ])('%s is read as %s', (entry, expected) => {
    expect(normaliseHostPort(entry)).toBe(expected);
  });
});

test('a refusal names the address a name leads to', () => {
  expect(() => checkAddress(parseBaseUrl('https://a.example.com'), '10.0.0.1')).toThrow(
    /a\.example\.com leads to 10\.0\.0\.1, which is a private address/,
  );
});
