import { createHash, createHmac } from 'node:crypto';

export interface Received {
  readonly method: string;
  /** As on the request line. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string | Buffer;
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * Checks a signature as AWS documents it, from nothing but what arrived. Returns why it does not hold, else null.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signatureFault(received: Received, secretAccessKey: string, service: string): string | null {
  const { method, target, headers, body } = received;
  const authorization = String(headers.authorization);
  const match =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (!match) return `not a signature: ${authorization.slice(0, 20)}`;
  const [, , day = '', region = '', named = '', signed = '', signature] = match;
  if (named !== service) return `signed for ${named}`;
  const date = String(headers['x-amz-date']);
  if (!date.startsWith(day)) return 'another day';
  const names = signed.split(';');
  if (!names.includes('host')) return 'host is not signed';
  const unsigned = Object.keys(headers).filter((name) => name.startsWith('x-amz-') && !names.includes(name));
  if (unsigned.length > 0) return `${unsigned} is not signed`;
  const payload = sha256(body);
  if (String(headers['x-amz-content-sha256'] ?? payload) !== payload) return 'another body';
  const [path = '', query = ''] = target.split('?', 2);
  const canonical = [
    method,
    path.split('/').map(encode).join('/'),
    query
      .split('&')
      .filter(Boolean)
      .map((pair) => [...pair.split('=', 2), ''].slice(0, 2).map((part) => encode(decodeURIComponent(part))))
      .map(([name, value]) => `${name}=${value}`)
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${[headers[name]].flat().join(',').trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    payload,
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, text).toString('hex') === signature ? null : 'the signature differs';
}
