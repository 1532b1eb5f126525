import { expect, it } from 'vitest';
import { withStanding } from './in-force';

const rate = (currency: string, validFrom: string, recordedAt = validFrom) => ({ currency, validFrom, recordedAt });
const NOW = new Date('2026-11-21T12:00:00Z');

it('tells the one in force from those before, ahead and replaced, currency by currency', () => {
  const rates = [
    rate('EUR', '2026-10-01T00:00:00Z'),
    rate('EUR', '2026-11-01T00:00:00Z'),
    rate('EUR', '2026-11-01T00:00:00Z', '2026-11-20T00:00:00Z'),
    rate('EUR', '2026-12-01T00:00:00Z', '2026-11-20T00:00:00Z'),
    rate('CHF', '2026-12-01T00:00:00Z', '2026-11-20T00:00:00Z'),
  ];
  expect(withStanding(rates, NOW).map(({ currency, standing }) => `${currency} ${standing}`)).toEqual([
    'CHF ahead',
    'EUR ahead',
    'EUR in_force',
    'EUR replaced',
    'EUR past',
  ]);
});
