import { ClickHouseError } from '@clickhouse/client';
import { WeirError } from '@weir/contracts';

/** Server error codes (ErrorCodes.cpp) that pass by themselves or once an operator has acted; the same call may be repeated. */
const RETRYABLE: Readonly<Record<string, string>> = {
  '159': 'CLICKHOUSE_TIMEOUT',
  '160': 'CLICKHOUSE_TIMEOUT',
  '164': 'CLICKHOUSE_READ_ONLY',
  '202': 'CLICKHOUSE_BUSY',
  '203': 'CLICKHOUSE_BUSY',
  '209': 'CLICKHOUSE_UNREACHABLE',
  '210': 'CLICKHOUSE_UNREACHABLE',
  '225': 'CLICKHOUSE_UNREACHABLE',
  '236': 'CLICKHOUSE_UNREACHABLE',
  '241': 'CLICKHOUSE_BUSY',
  '242': 'CLICKHOUSE_READ_ONLY',
  '243': 'CLICKHOUSE_DISK_FULL',
  '252': 'CLICKHOUSE_BUSY',
  '279': 'CLICKHOUSE_UNREACHABLE',
  '285': 'CLICKHOUSE_UNREACHABLE',
  '286': 'CLICKHOUSE_UNREACHABLE',
  '319': 'CLICKHOUSE_OUTCOME_UNKNOWN',
  '473': 'CLICKHOUSE_BUSY',
  '999': 'CLICKHOUSE_UNREACHABLE',
};

/** Codes by which a reader's own limits speak: the question was too big. */
const LIMITS = new Set(['158', '159', '160', '241', '307', '396']);

/**
 * Every failure of a server call as a WeirError. The server's own text is left out, since it quotes SQL and rows; it is
 * in the server's log under the query id that the operation carries.
 * Unreachable, reset and timed-out calls are retryable: whether the server did the work is then unknown.
 */
export function toWeirError(operation: string, cause: unknown, role: 'reader' | 'writer'): WeirError {
  if (cause instanceof WeirError) return cause;
  if (!(cause instanceof ClickHouseError)) {
    return new WeirError('CLICKHOUSE_UNREACHABLE', `${operation}: ClickHouse did not answer (${reasonOf(cause)})`, {
      cause,
      retryable: true,
    });
  }
  const answer = `ClickHouse answered ${cause.code}${cause.type ? ` ${cause.type}` : ''}`;
  if (role === 'reader' && LIMITS.has(cause.code)) {
    const message = `${operation}: the question needs more time or memory than a reader may use (${answer})`;
    return new WeirError('QUERY_LIMIT', message);
  }
  const code = RETRYABLE[cause.code];
  return new WeirError(code ?? 'CLICKHOUSE_REJECTED', `${operation}: ${answer}`, { retryable: code !== undefined });
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  const code = (cause as NodeJS.ErrnoException).code;
  return typeof code === 'string' ? code : cause.message.slice(0, 120);
}
