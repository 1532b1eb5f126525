import { describe, expect, test } from 'vitest';
import { nextLocation } from './next-location';
import { complaintAboutEmail, complaintAboutPassword } from './password';

describe('where to go after sign-in', () => {
  test('a path of this console, with its query', () => {
    expect(nextLocation('/usage?range=7d&by=model')).toBe('/usage?range=7d&by=model');
  });

  test.each([
    null,
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
    '/signin?next=/x',
  ])('%j leads home', (next) => {
    expect(nextLocation(next)).toBe('/');
  });
});

test('complaints name what to change', () => {
  expect(complaintAboutPassword('short')).toContain('12');
  expect(complaintAboutPassword('long enough password')).toBeNull();
  expect(complaintAboutEmail('nobody')).not.toBeNull();
  expect(complaintAboutEmail('a@b.example')).toBeNull();
});
