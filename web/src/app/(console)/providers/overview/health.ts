interface Totals {
  /** Every attempt, refused ones included. */
  readonly calls: number;
  readonly failedCalls: number;
  readonly refusedCalls: number;
}

/** How calls went at the upstream: one the gateway refused never got there and says nothing about it. */
export function healthOf({ calls, failedCalls, refusedCalls }: Totals) {
  return { asked: calls - refusedCalls, failed: failedCalls, refused: refusedCalls };
}
