import { checkModel } from '../access/authorize.js';
import { Refusal } from '../errors.js';
import type { ServedProvider } from '../snapshot/snapshot.js';
import type { CallRequest } from './exchange.js';
import type { RequestHead } from './head.js';
import { type Inspection, inspectPath } from './inspect.js';
import type { Inspector } from './inspector.js';
import { queryValues } from './route.js';
import { checkDeclaredLength, readWhole, type UploadWatch } from './upload.js';

/** Methods that run no model, and may therefore go without naming one. */
const READS = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

export interface BodyRequest {
  readonly req: CallRequest;
  readonly method: string;
  readonly head: RequestHead;
  readonly provider: ServedProvider;
  readonly endpoint: string;
  readonly callPath: string;
  readonly maxBytes: number;
  /** Called right before the body is read. */
  readonly onRead: () => void;
}

/** Read for a signature over it, whatever it says. */
const UNINSPECTED: Inspection = { fault: null, facts: null, models: null, replacement: null };

/** `whole`: it was read, for what it says or to be signed; `stream`: it goes through unread; null: there is none. */
export type ReadBody =
  | { readonly kind: 'whole'; readonly bytes: Buffer; readonly inspection: Inspection }
  | { readonly kind: 'stream' }
  | null;

/**
 * Reads what has to be read of a request before it may go on: bodies of endpoints that are metered, and every body a
 * model list applies to. @throws Refusal @throws ClientGone
 */
export async function readBody(
  request: BodyRequest,
  inspector: Inspector,
  uploads: UploadWatch,
  onInspected: (inspection: Inspection) => void,
): Promise<ReadBody> {
  const { req, method, head, provider, endpoint, callPath, maxBytes, onRead } = request;
  const hasBody = head.isChunked || (head.contentLength ?? 0) > 0;
  if (hasBody && (method === 'GET' || method === 'HEAD')) {
    throw new Refusal('request_invalid', `A ${method} request must not have a body; leave it out or use POST.`);
  }
  checkDeclaredLength(head.contentLength, maxBytes);
  const queryModels = provider.models === null ? [] : queryValues(callPath, 'model');
  const isRead = READS.has(method);
  if (!hasBody || !isToBeInspected(request)) {
    const inspection = isRead ? null : inspectPath(provider.dialect, endpoint, callPath);
    if (inspection !== null) onInspected(inspection);
    checkModel(provider, inspection, queryModels, isRead);
    if (!hasBody || !provider.credential.signsBody) return hasBody ? { kind: 'stream' } : null;
    onRead();
    return { kind: 'whole', bytes: await readWhole(req, maxBytes, uploads), inspection: UNINSPECTED };
  }
  onRead();
  const bytes = await readWhole(req, maxBytes, uploads);
  const inspection = await inspector.inspect(provider.dialect, { endpoint, callPath, body: bytes });
  onInspected(inspection);
  checkModel(provider, inspection, queryModels, isRead);
  return { kind: 'whole', bytes, inspection };
}

function isToBeInspected({ head, provider, endpoint }: BodyRequest): boolean {
  if (head.isEncoded || /^multipart\//i.test(head.contentType)) return false;
  if (endpoint !== 'opaque') return true;
  return provider.models !== null && (head.contentType === '' || /json/i.test(head.contentType));
}
