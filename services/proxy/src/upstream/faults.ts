import type { Outcome } from '@weir/contracts';
import { Refusal } from '../errors.js';

/** How a failed attempt is told to the caller and written down. */
export interface UpstreamFault {
  readonly refusal: Refusal;
  readonly outcome: Extract<Outcome, 'upstream_error' | 'upstream_timeout'>;
}

const RESET_CODES = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_INFO',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);
const NAME_CODES = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'ENODATA', 'ESERVFAIL', 'ETIMEOUT']);

export function timeoutFault(provider: string, waitedFor: string, timeoutMs: number): UpstreamFault {
  return {
    outcome: 'upstream_timeout',
    refusal: new Refusal(
      'upstream_timeout',
      `The upstream of provider “${provider}” ${waitedFor} within ${timeoutMs} ms; try again, or raise its time limit.`,
    ),
  };
}

/** Sorts what the connection or its HTTP parser reports. Texts name our own findings only, never upstream bytes. */
export function upstreamFault(provider: string, error: unknown): UpstreamFault {
  const { code = '', message = '', name = '' } = error as { code?: string; message?: string; name?: string };
  const upstream = `The upstream of provider “${provider}”`;
  const fault = (refusal: Refusal): UpstreamFault => ({ outcome: 'upstream_error', refusal });
  if (code === 'CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    const text = `${upstream} accepted no connection in time; check its base URL and that it is running.`;
    return { outcome: 'upstream_timeout', refusal: new Refusal('upstream_timeout', text, error) };
  }
  if (code === 'ADDRESS_REFUSED') {
    return fault(
      new Refusal(
        'upstream_unreachable',
        `${upstream} has a private address; an operator can list its host and port in WEIR_ALLOWED_HOSTS.`,
        error,
      ),
    );
  }
  if (NAME_CODES.has(code)) {
    const text = `${upstream} has a host name that does not resolve; check its base URL.`;
    return fault(new Refusal('upstream_unreachable', text, error));
  }
  if (
    name === 'HTTPParserError' ||
    code.startsWith('HPE_') ||
    code === 'UND_ERR_HEADERS_OVERFLOW' ||
    message === 'bad response'
  ) {
    const text = `${upstream} sent something that is not valid HTTP/1.1; check its base URL.`;
    return fault(new Refusal('upstream_reset', text, error));
  }
  if (RESET_CODES.has(code)) {
    return fault(
      new Refusal('upstream_reset', `${upstream} closed the connection before answering; try again.`, error),
    );
  }
  const text = `${upstream} cannot be reached (${/^[A-Z0-9_]{1,64}$/.test(code) ? code : 'connection failed'}); check its base URL and that it is running.`;
  return fault(new Refusal('upstream_unreachable', text, error));
}
