import { expect, it } from 'vitest';
import { currencyOf, currencyProblem, hundredUnits, looksInverted, rateProblem } from './rate-draft';

it('takes a currency as people type it, and says what is wrong with others', () => {
  expect(currencyOf(' eur ')).toBe('EUR');
  expect(currencyProblem('eur')).toBeNull();
  expect(currencyProblem('')).toBeNull();
  expect(currencyProblem('€')).toMatch(/three-letter/);
  expect(currencyProblem('usd')).toMatch(/USD already/);
});

it('says what is wrong with a rate', () => {
  for (const good of ['', '1.0842', '0.0064', '1', '0.000000000001']) expect(rateProblem(good), good).toBeNull();
  expect(rateProblem('1,0842')).toMatch(/after a point/);
  expect(rateProblem('0')).toMatch(/above 0/);
  expect(rateProblem('0.0')).toMatch(/above 0/);
  expect(rateProblem('-1')).toMatch(/Enter a number/);
  expect(rateProblem('1.0000000000001')).toMatch(/12 decimal places/);
});

it('shows what a hundred units are, exactly', () => {
  expect(hundredUnits('1.0842')).toBe('108.42');
  expect(hundredUnits('0.000000000001')).toBe('0.0000000001');
  expect(hundredUnits('one')).toBeNull();
});

it('notices a rate that was typed upside down, and not one that is close to par', () => {
  expect(looksInverted('0.9223', '1.0842')).toBe(true);
  expect(looksInverted('156', '0.0064')).toBe(true);
  expect(looksInverted('1.09', '1.0842')).toBe(false);
  expect(looksInverted('0.99', '1.005')).toBe(false);
  expect(looksInverted('0.92', null)).toBe(false);
});
