import { createHash, createHmac } from 'node:crypto';

/** One request as it arrived, nothing of it decoded. */
export interface Received {
  readonly method: string;
  /** Path with its query, as on the request line. */
  readonly target: string;
  /** name, value, name, value. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface Scope {
  readonly date: string;
  readonly region: string;
  readonly service: string;
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest();

/** Every octet but RFC 3986's unreserved ones is escaped. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * The signature AWS would work out itself.
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html)
 */
export function signatureOf(
  request: Received,
  signedHeaders: readonly string[],
  amzDate: string,
  scope: Scope,
  secret: string,
): string {
  const [path = '/', query = ''] = split(request.target);
  const canonical = [
    request.method,
    // Every service but S3 escapes the path as it came once more.
    path.split('/').map(escaped).join('/'),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${canonicalValue(request.rawHeaders, name)}`),
    '',
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n');
  const { date, region, service } = scope;
  const toSign = ['AWS4-HMAC-SHA256', amzDate, `${date}/${region}/${service}/aws4_request`, sha256(canonical)].join(
    '\n',
  );
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, toSign).toString('hex');
}

export function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name);
}

function canonicalValue(rawHeaders: readonly string[], name: string): string {
  return valuesOf(rawHeaders, name)
    .map((value) => value.trim().replace(/ +/g, ' '))
    .join(',');
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .sort()
    .join('&');
}

function split(target: string): string[] {
  const at = target.indexOf('?');
  return at < 0 ? [target] : [target.slice(0, at), target.slice(at + 1)];
}
