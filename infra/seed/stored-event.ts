import type { LedgerEvent } from '@weir/clickhouse';
import { METERS, type Meters, type UsageEvent, usageEvent } from '@weir/contracts';

/** The event that a stored row was made of, as the contract reads it. @throws ZodError when the row is no event */
export function storedEvent({ startedAt, ...row }: LedgerEvent): UsageEvent {
  const columns = row as Readonly<Record<string, unknown>>;
  const meters: Meters = {};
  for (const meter of METERS) {
    const quantity = columns[`${snake(meter)}_tokens`];
    if (typeof quantity === 'number') meters[meter] = quantity;
  }
  const fields = Object.fromEntries(Object.entries(columns).map(([column, value]) => [camel(column), value]));
  return usageEvent.parse({ v: 1, ...fields, startedAt, meters });
}

function snake(name: string): string {
  return name.replace(/[A-Z]|\d+/g, (found) => `_${found.toLowerCase()}`);
}

function camel(column: string): string {
  return column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
