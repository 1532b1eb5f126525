import { subtle } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { RawHeaders } from '@weir/providers';
import type { OutgoingRequest } from '../credential.js';
import type { AwsIdentity } from './identity.js';
import { Sha256 } from './sha256.js';

const SERVICE = 'bedrock';
/** Larger bodies are hashed off the event loop; below it that costs more than it saves. */
const HASHED_ASIDE_FROM_BYTES = 256 * 1024;

/**
 * Signature Version 4 over the request as it will be sent: method, path, query, host, content type, every `x-amz-*`
 * header and the body. Other headers stay unsigned, so that a hop that rewrites one does not break the call.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
 */
export async function sign(
  request: OutgoingRequest,
  identity: AwsIdentity,
  region: string,
  nowMs: number,
): Promise<RawHeaders> {
  const { protocol, hostname, host } = new URL(request.origin);
  const question = request.path.indexOf('?');
  const path = question < 0 ? request.path : request.path.slice(0, question);
  const headers: Record<string, string> = { host, ...signable(request.headers) };
  const body = request.body ?? undefined;
  if (body !== undefined && body.length >= HASHED_ASIDE_FROM_BYTES) {
    const digest = await subtle.digest('SHA-256', body as Uint8Array<ArrayBuffer>);
    headers['x-amz-content-sha256'] = Buffer.from(digest).toString('hex');
  }
  const signer = new SignatureV4({ service: SERVICE, region, credentials: identity, sha256: Sha256 });
  const signed = await signer.sign(
    {
      method: request.method,
      protocol,
      hostname,
      path,
      query: question < 0 ? {} : queryOf(request.path.slice(question + 1)),
      headers,
      body,
    },
    { signingDate: new Date(nowMs) },
  );
  const out: RawHeaders = [];
  for (const name of ['x-amz-date', 'x-amz-security-token', 'x-amz-content-sha256', 'authorization']) {
    const value = signed.headers[name];
    if (value !== undefined) out.push(name, value);
  }
  return out;
}

/** Several lines of one name are signed as one, joined by a comma. */
function signable(pairs: Readonly<RawHeaders>): Record<string, string> {
  const out: Record<string, string> = {};
  for (let at = 0; at < pairs.length; at += 2) {
    const name = (pairs[at] as string).toLowerCase();
    if (name !== 'content-type' && !name.startsWith('x-amz-')) continue;
    const value = (pairs[at + 1] as string).trim();
    out[name] = out[name] === undefined ? value : `${out[name]},${value}`;
  }
  return out;
}

/** Names and values as the signer encodes them again. A `+` is no space here. */
function queryOf(query: string): Record<string, string[]> {
  const out: Record<string, string[]> = Object.create(null);
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    const values = out[name] ?? [];
    values.push(equals < 0 ? '' : decoded(pair.slice(equals + 1)));
    out[name] = values;
  }
  return out;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
