import { expect, test } from 'vitest';
import { tokenNotices } from './token-notices';

const NOW = new Date('2026-11-21T12:00:00Z');
const token = (id: string, expiresAt: string | null, revokedAt: string | null = null) => ({
  ...{ id, name: id, expiresAt, revokedAt },
});
const app = (...tokens: ReturnType<typeof token>[]) => ({ id: 'a', name: 'checkout', tokens });

test('what ends within two weeks is named with the day, the first to end first', () => {
  const notices = tokenNotices(
    {
      apps: [
        app(token('server', '2026-12-01T00:00:00Z'), token('later', '2027-12-01T00:00:00Z'), token('never', null)),
      ],
      apiTokens: [token('report', '2026-11-23T00:00:00Z')],
    },
    NOW,
  );
  expect(notices.map(({ text, href }) => [text, href])).toEqual([
    ['API token report stops working on 23 Nov 2026', '/settings?tab=api-tokens'],
    ['Token server of checkout stops working on 1 Dec 2026', '/apps/a'],
  ]);
});

test('what is over or revoked is no news, and many are three lines and a number', () => {
  const over = [token('old', '2026-11-20T00:00:00Z'), token('gone', '2026-11-23T00:00:00Z', '2026-11-20T00:00:00Z')];
  expect(tokenNotices({ apps: [app(...over)], apiTokens: undefined }, NOW)).toEqual([]);
  const many = Array.from({ length: 5 }, (_, index) => token(`t${index}`, `2026-11-2${index + 2}T00:00:00Z`));
  const notices = tokenNotices({ apps: [app(...many)], apiTokens: undefined }, NOW);
  expect(notices).toHaveLength(4);
  expect(notices.at(-1)?.text).toBe('2 more tokens stop working within two weeks');
});
