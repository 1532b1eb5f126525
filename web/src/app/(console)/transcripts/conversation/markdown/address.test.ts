import { expect, test } from 'vitest';
import { safeAddress } from './address';

test('an address says where it leads as the browser understands it', () => {
  expect(safeAddress('HTTPS://Example.com/a?b')).toEqual({ href: 'https://example.com/a?b', leadsTo: 'example.com' });
  expect(safeAddress('https://аpple.com')?.leadsTo).toBe('xn--pple-43d.com');
  expect(safeAddress('mailto:ada@example.com')?.leadsTo).toBe('ada@example.com');
});

test.each([
  ...['javascript:alert(1)', ' java\tscript:alert(1)', 'JaVaScRiPt:alert(1)', 'vbscript:x', 'data:text/html,x'],
  ...[
    '//evil.example',
    '/signout',
    '#turn',
    '?as=x',
    'blob:https://a/b',
    'file:///etc/passwd',
    'ftp://a',
    'view-source:a',
  ],
  ...['https://console.example@evil.example/', 'https://', '', 'about:blank', 'intent:x', 'filesystem:https://a/b'],
])('%j is not followed', (address) => {
  expect(safeAddress(address)).toBeNull();
});
