import type { UsageReport } from '@weir/prisma';

export interface DownloadRefusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const WHY: Readonly<Record<UsageReport['state'], DownloadRefusal | null>> = {
  ready: null,
  waiting: { status: 409, code: 'REPORT_NOT_READY', message: 'The report is not ready yet.' },
  running: { status: 409, code: 'REPORT_NOT_READY', message: 'The report is not ready yet.' },
  failed: { status: 410, code: 'REPORT_FAILED', message: 'The report could not be made. Its page says why.' },
  cancelled: { status: 410, code: 'REPORT_CANCELLED', message: 'The report was cancelled. Order it again.' },
  expired: { status: 410, code: 'REPORT_EXPIRED', message: 'The file is past its time. Order the report again.' },
};

/** Why a report in this state has no file; null = it has one. */
export function refusalFor(state: UsageReport['state']): DownloadRefusal | null {
  return WHY[state];
}

/** Also of another project: nobody learns what there is elsewhere. */
export const NO_REPORT: DownloadRefusal = { status: 404, code: 'NOT_FOUND', message: 'There is no such report.' };
export const NOBODY: DownloadRefusal = { status: 401, code: 'UNAUTHENTICATED', message: 'Sign in first.' };
export const NOT_ALLOWED: DownloadRefusal = {
  status: 403,
  code: 'FORBIDDEN',
  message: 'Your role does not allow this.',
};
