import { expect, it } from 'vitest';
import { baseRate, rateLine } from './rates';

const model = {
  id: 'm',
  displayName: null,
  contextTokens: null,
  rates: [
    { bucket: 'input', usdPerMillion: '2.5', aboveTokens: 200_000, serviceTier: 'default' },
    { bucket: 'input', usdPerMillion: '1.25', aboveTokens: 0, serviceTier: 'default' },
    { bucket: 'output', usdPerMillion: '10', aboveTokens: 0, serviceTier: 'default' },
  ],
};

it('shows the base tier, whatever order the tiers come in', () => {
  expect(baseRate(model, 'input')).toBe('1.25');
  expect(rateLine(model)).toBe('$1.25 in, $10.00 out per 1M');
});

it('an unknown rate is said to be unknown, a free one is a rate', () => {
  expect(baseRate(model, 'cached_input')).toBeNull();
  expect(baseRate(undefined, 'input')).toBeNull();
  expect(rateLine({ ...model, rates: [] })).toBe('no published rate');
  expect(
    rateLine({ ...model, rates: [{ bucket: 'input', usdPerMillion: '0', aboveTokens: 0, serviceTier: 'default' }] }),
  ).toBe('$0.00 in per 1M');
});
