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

interface Tested {
  readonly status: string;
  readonly statusReasons: readonly string[];
}

/** Whether the connection works: a test says so, and without one a call of the last hour that came through does. */
export function connectionState(
  { status, statusReasons }: Tested,
  health: ReturnType<typeof healthOf> | null,
): { readonly state: 'ready' | 'failing' | 'untested'; readonly reasons: readonly string[] } {
  if (status === 'FAILING') return { state: 'failing', reasons: statusReasons };
  if (status === 'READY') return { state: 'ready', reasons: statusReasons };
  if (health && health.asked > health.failed) {
    return { state: 'ready', reasons: ['Calls of the last hour came through.'] };
  }
  return { state: 'untested', reasons: statusReasons };
}
