import { parsePhoneNumberFromString } from 'libphonenumber-js';
import validator from 'validator';
import type { Span } from './finder.js';
import { compiled, matchesOf } from './pattern.js';

const DIGIT_GROUPS = compiled('[0-9](?:[ .-]?[0-9]){11,}');
const CARD_MAX_DIGITS = 19;
const CARD_MIN_DIGITS = 12;

/** Numbers of payment cards, by length, issuer and check digit. They begin and end where a group of digits does. */
export function paymentCards(text: string): Span[] {
  return matchesOf(DIGIT_GROUPS, text).flatMap(({ start, end }) => {
    const run = text.slice(start, end);
    const digits = run.replace(/[^0-9]/g, '');
    const at = [...run.matchAll(/[0-9]/g)].map(({ index }) => index);
    const isBoundary = (n: number) => n === 0 || n === at.length || (at[n] as number) - (at[n - 1] as number) > 1;
    const found: Span[] = [];
    for (let first = 0; first + CARD_MIN_DIGITS <= digits.length; first++) {
      if (!isBoundary(first)) continue;
      for (let count = Math.min(CARD_MAX_DIGITS, digits.length - first); count >= CARD_MIN_DIGITS; count--) {
        if (!isBoundary(first + count) || !isCard(digits.slice(first, first + count))) continue;
        found.push({ start: start + (at[first] as number), end: start + (at[first + count - 1] as number) + 1 });
        break;
      }
    }
    return found;
  });
}

const isCard = (digits: string): boolean => validator.isLuhnNumber(digits) && validator.isCreditCard(digits);

const IBAN_START = compiled('\\b[A-Za-z]{2}[0-9]{2}[ -]?[A-Za-z0-9]');
const IBAN_MIN_LENGTH = 15;
/** 34 letters and digits, and what may stand between groups of them. */
const IBAN_MAX_LENGTH = 50;
const IBAN_PART = /[A-Za-z0-9]/;

/** Bank accounts, by their country's length and the check digits. What follows one may look like more of it. */
export function ibans(text: string): Span[] {
  return matchesOf(IBAN_START, text).flatMap(({ start }) => {
    const near = text.slice(start, start + IBAN_MAX_LENGTH + 1);
    for (let length = Math.min(near.length, IBAN_MAX_LENGTH); length >= IBAN_MIN_LENGTH; length--) {
      const isEnd = IBAN_PART.test(near[length - 1] as string) && !IBAN_PART.test(near[length] ?? '');
      if (isEnd && validator.isIBAN(near.slice(0, length).replace(/[ -]/g, '')))
        return [{ start, end: start + length }];
    }
    return [];
  });
}

const INTERNATIONAL = compiled('(?:\\+|\\b00)[1-9][0-9() ./-]{5,22}[0-9]');
const OF_THE_US = compiled('(?:\\b1[ .-]?)?(?:\\(|\\b)[2-9][0-9]{2}\\)?[ .-]{1,2}[2-9][0-9]{2}[ .-][0-9]{4}\\b');
const PHONE_MIN_LENGTH = 8;

/** Phone numbers that exist: of any country with its code, and of the United States as they are written there. */
export function phones(text: string): Span[] {
  const national = matchesOf(OF_THE_US, text).filter(({ start, end }) => isPhone(text.slice(start, end)));
  const international = matchesOf(INTERNATIONAL, text).flatMap(({ start, end }) => {
    for (let to = end; to - start >= PHONE_MIN_LENGTH; to--) {
      const isEnd = /[0-9]/.test(text[to - 1] as string) && !/[0-9]/.test(text[to] ?? '');
      if (isEnd && isPhone(text.slice(start, to).replace(/^00/, '+'))) return [{ start, end: to }];
    }
    return [];
  });
  return [...international, ...national];
}

const isPhone = (number: string): boolean => parsePhoneNumberFromString(number, 'US')?.isValid() ?? false;

const SSN = compiled('\\b[0-9]{3}[- ][0-9]{2}[- ][0-9]{4}\\b');
const LABELLED_SSN = compiled(
  '(?i)\\b(?:ssn|social security(?: number| no\\.?)?)[^0-9]{0,12}([0-9]{3}[- ]?[0-9]{2}[- ]?[0-9]{4})\\b',
);

/** US social security numbers as they are written, and nine digits that are said to be one. Ranges never issued are none. */
export function socialSecurityNumbers(text: string): Span[] {
  const written = matchesOf(SSN, text).filter(({ start, end }) => isIssued(text.slice(start, end)));
  return [...written, ...matchesOf(LABELLED_SSN, text, 1)];
}

function isIssued(number: string): boolean {
  const digits = number.replace(/[^0-9]/g, '');
  return !/^(?:000|666|9)/.test(digits) && digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000';
}
