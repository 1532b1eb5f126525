import type { Alteration } from '@weir/contracts';
import type { RawHeaders, StreamFilter } from '@weir/providers';
import type { Dispatcher } from 'undici';
import { Refusal } from '../errors.js';
import { type CredentialMask, maskFor } from '../metering/credential-mask.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import type { ReadBody } from './body.js';
import { ownCredentials, type RequestHead } from './head.js';

export interface Outgoing {
  readonly options: Dispatcher.DispatchOptions;
  /** Takes out of the answer what was only asked for by us. */
  readonly filter: StreamFilter | null;
  readonly alterations: Alteration[];
  /** Knows the credential that goes upstream with the call. */
  readonly mask: CredentialMask;
}

/**
 * Answers at once unless the credential has to be asked for or must sign.
 * @throws Refusal `credential_unavailable`, `upstream_unreachable` (or rejects with one)
 */
export function outgoing(
  provider: ServedProvider,
  method: string,
  callPath: string,
  head: RequestHead,
  body: ReadBody,
  stream: () => AsyncIterable<Buffer>,
): Outgoing | Promise<Outgoing> {
  const { config, dialect, basePath, fault, credential } = provider;
  if (fault !== null) {
    const text = `Provider “${config.name}” cannot be called: ${fault}; an administrator should correct it.`;
    throw new Refusal('upstream_unreachable', text);
  }
  const replacement = body?.kind === 'whole' ? body.inspection.replacement : null;
  const headers = head.forward;
  if (replacement !== null) askForPlainBytes(headers);
  if (body?.kind === 'stream' && head.contentLength !== null) {
    headers.push('content-length', String(head.contentLength));
  }
  const path = dialect.upstreamPath(basePath, callPath, config.settings);
  const whole = body?.kind === 'whole' ? (replacement ?? body.bytes) : null;
  const presented = config.passthrough
    ? ownCredentials(head, dialect.passthroughHeaders)
    : credential.present(method, path, headers, whole);
  const options = { method: method as Dispatcher.HttpMethod, path, headers, body: whole };
  const upload = body?.kind === 'stream' ? stream : null;
  const changes: Changes = { asksForUsage: replacement !== null, isTraceReplaced: head.isTraceReplaced };
  // A key is at hand: nothing is waited for, and nothing made to wait with.
  if (!(presented instanceof Promise)) return complete(provider, options, upload, changes, presented);
  return presented.then((pairs) => complete(provider, options, upload, changes, pairs));
}

interface Changes {
  readonly asksForUsage: boolean;
  readonly isTraceReplaced: boolean;
}

function complete(
  { config, dialect, credential }: ServedProvider,
  options: Omit<Dispatcher.DispatchOptions, 'headers'> & { headers: RawHeaders },
  upload: (() => AsyncIterable<Buffer>) | null,
  { asksForUsage, isTraceReplaced }: Changes,
  presented: Readonly<RawHeaders>,
): Outgoing {
  const alterations: Alteration[] = [];
  if (!config.passthrough && presented.length > 0) alterations.push('credential_replaced');
  if (asksForUsage) alterations.push('usage_requested');
  if (isTraceReplaced) alterations.push('trace_context_replaced');
  // Last, so that nothing a caller sent can come after it.
  options.headers.push(...presented);
  if (upload !== null) options.body = upload() as never;
  return {
    options,
    filter: asksForUsage ? dialect.streamFilter() : null,
    alterations,
    mask: config.passthrough ? maskFor(presented as RawHeaders) : credential.mask(),
  };
}

/** What is taken out of a stream again cannot be taken out of a compressed one. */
function askForPlainBytes(headers: RawHeaders): void {
  const at = headers.indexOf('accept-encoding');
  if (at >= 0 && at % 2 === 0) headers[at + 1] = 'identity';
  else headers.push('accept-encoding', 'identity');
}
