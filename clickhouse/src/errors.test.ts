import { ClickHouseError } from '@clickhouse/client';
import { expect, test } from 'vitest';
import { toWeirError } from './errors.js';

const answered = (code: string) => new ClickHouseError({ message: "SELECT 'secret'", code, type: 'SOME_TYPE' });

test.each(['159', '202', '241', '242', '243', '252', '319'])('code %s may be tried again by a writer', (code) => {
  expect(toWeirError('insert-1', answered(code), 'writer')).toMatchObject({ retryable: true });
});

test('a wrong statement is not tried again, and no message repeats the statement', () => {
  const error = toWeirError('insert-1', answered('62'), 'writer');
  expect(error).toMatchObject({ code: 'CLICKHOUSE_REJECTED', retryable: false });
  expect(JSON.stringify([error.message, error.cause])).not.toContain('secret');
});

test.each(['158', '159', '241', '307', '396'])('code %s tells a reader that the question is too big', (code) => {
  expect(toWeirError('usage-1', answered(code), 'reader')).toMatchObject({ code: 'QUERY_LIMIT', retryable: false });
});

test.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE'])('%s leaves the outcome open and may be tried again', (code) => {
  const cause = Object.assign(new Error('socket'), { code });
  expect(toWeirError('insert-1', cause, 'writer')).toMatchObject({ code: 'CLICKHOUSE_UNREACHABLE', retryable: true });
});
