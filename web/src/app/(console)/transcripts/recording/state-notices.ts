import { bytes, duration, minuteTime, plural } from '../../../../format';
import type { Notice } from '../../notices/notice';

export interface RecordingState {
  readonly asOf: string;
  readonly proxies: readonly {
    readonly isReporting: boolean;
    readonly tellsDrops: boolean;
    readonly spoolBytes: number;
    readonly spoolMaxBytes: number | null;
    readonly waitsSince: string | null;
    readonly seenAt: string;
  }[];
  readonly dropped: readonly {
    readonly reason: string;
    readonly calls: number;
    readonly firstAt: string;
    readonly lastAt: string;
  }[];
}

/** A call is stored within seconds of its end; what waits for longer waits for somebody. */
const BEHIND_AFTER_MS = 60_000;

/** Why calls were dropped, and what keeps further ones from it. */
const DROPS: Readonly<Record<string, readonly [why: string, remedy: string]>> = {
  spool_full: [
    'the spool of a proxy was full',
    'Check that the usage worker runs and reaches ClickHouse; WEIR_TRANSCRIPT_SPOOL_MB says how much may wait.',
  ],
  disk: [
    'the disk of a proxy had no room, or failed',
    'Free space where WEIR_HOME is: the last 256 MiB are left to usage.',
  ],
  memory: [
    'more was to be recorded at once than a proxy has memory for',
    'Lower the largest body or the share of calls in the providers’ settings, or run more proxies.',
  ],
  queue: [
    'calls ended faster than they could be cleared and compressed',
    'Use fewer rules, lower the share of calls in the providers’ settings, or run more proxies.',
  ],
  thread: ['the thread that records them failed', 'The log of the proxy says when, and with which code.'],
  damaged: ['they were damaged on the disk of a proxy', 'Check that disk: what was written there reads differently.'],
};

const LINK = { href: '/transcripts', linkText: 'Open Transcripts' } as const;
const isOne = (calls: number) => calls === 1;

/** What is wrong with recording, worst first; nothing where it keeps up. */
export function stateNotices({ asOf, proxies, dropped }: RecordingState): Notice[] {
  const notices: Notice[] = dropped.map(({ reason, calls, firstAt, lastAt }) => {
    const [why, remedy] = DROPS[reason] ?? [`the proxy says “${reason}”`, 'The log of the proxy says more.'];
    const [from, to] = [minuteTime(firstAt), minuteTime(lastAt)];
    return {
      ...{ id: `recording/${reason}`, severity: 'attention', ...LINK },
      text: `${plural(calls, 'call')} of the last day ${isOne(calls) ? 'was' : 'were'} not recorded: ${why}`,
      detail: `${from === to ? `At ${from}` : `From ${from} to ${to}`}. Usage and cost are recorded all the same. ${remedy}`,
    };
  });
  const now = Date.parse(asOf);
  const waiting = proxies.filter(
    ({ isReporting, waitsSince }) =>
      isReporting && waitsSince !== null && now - Date.parse(waitsSince) >= BEHIND_AFTER_MS,
  );
  if (waiting.length > 0) {
    const behindMs = Math.max(...waiting.map(({ waitsSince }) => now - Date.parse(waitsSince ?? asOf)));
    const size = waiting.reduce((sum, { spoolBytes }) => sum + spoolBytes, 0);
    const most = leastKnown(waiting.map(({ spoolMaxBytes }) => spoolMaxBytes));
    notices.push({
      ...{ id: 'recording/behind', severity: 'attention', ...LINK },
      text: `Recording is ${duration(behindMs)} behind: ${bytes(size)} ${
        waiting.length === 1 ? 'waits on the disk of a proxy' : `wait on the disks of ${waiting.length} proxies`
      }`,
      detail: `Nothing is lost yet${
        most === null ? '' : `; beyond ${bytes(most)} on a proxy, calls are not recorded`
      }. Check that the usage worker runs, and reaches the queue and ClickHouse.`,
    });
  }
  for (const { isReporting, spoolBytes, seenAt } of proxies) {
    if (isReporting || spoolBytes === 0) continue;
    notices.push({
      ...{ id: `recording/silent/${seenAt}`, severity: 'attention', ...LINK },
      text: `${bytes(spoolBytes)} of recorded calls wait on a proxy that is silent`,
      detail: `It reported last at ${minuteTime(seenAt)}. Started again with the same WEIR_HOME, it brings them.`,
    });
  }
  return notices;
}

/** Whether somebody reports what is dropped; without, no silence is an all-clear. */
export const isRecordingKnown = ({ proxies }: RecordingState): boolean => {
  const reporting = proxies.filter(({ isReporting }) => isReporting);
  return reporting.length > 0 && reporting.every(({ tellsDrops }) => tellsDrops);
};

function leastKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : Math.min(...known);
}
