import { expect, it } from 'vitest';
import { narrow } from './narrow';

const rows = [
  { secretId: 'OPENAI_API_KEY', orphan: false, usedBy: ['openai', 'openai-eu'] },
  { secretId: 'OLD_KEY', orphan: true, usedBy: [] },
];
const ids = (...args: [string, 'all' | 'used' | 'unused']) => narrow(rows, ...args).map(({ secretId }) => secretId);

it('secrets are found by their id and by who uses them', () => {
  expect(ids('', 'all')).toHaveLength(2);
  expect(ids(' old', 'all')).toEqual(['OLD_KEY']);
  expect(ids('eu', 'all')).toEqual(['OPENAI_API_KEY']);
});

it('those nothing uses can be looked at alone', () => {
  expect(ids('', 'unused')).toEqual(['OLD_KEY']);
  expect(ids('', 'used')).toEqual(['OPENAI_API_KEY']);
  expect(ids('openai', 'unused')).toEqual([]);
});
