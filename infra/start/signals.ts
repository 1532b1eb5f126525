/**
 * npm passes a Ctrl-C on although the terminal has delivered it already, so signals this close together are one.
 * A person who presses Ctrl-C twice takes longer.
 */
const SAME_SIGNAL_WITHIN_MS = 750;

/** Calls `stop` on the first signal (or when the parent process dies) and `kill` on the second. */
export function stopOnSignals(stop: () => void, kill: () => void): void {
  let firstAt: number | undefined;
  const onSignal = () => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      stop();
    } else if (now - firstAt > SAME_SIGNAL_WITHIN_MS) {
      kill();
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  // The channel to the process that started this one closes with it, whatever ended it.
  process.on('disconnect', onSignal);
}
