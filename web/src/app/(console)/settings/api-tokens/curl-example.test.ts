import { expect, test } from 'vitest';
import { curlExample } from './curl-example';

test('asks for the running month by the address of the console, in one shell command', () => {
  const text = curlExample('https://weir.example.com', new Date('2026-12-21T12:00:00Z'));
  expect(text.split('\n')[0]).toBe('curl -sS https://weir.example.com/graphql \\');
  const body = /-d '([^']+)'$/.exec(text)?.[1] ?? '';
  expect(JSON.parse(body).variables.range).toEqual({
    from: '2026-12-01T00:00:00.000Z',
    to: '2027-01-01T00:00:00.000Z',
  });
});
