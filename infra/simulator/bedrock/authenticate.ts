import { type Received, signatureOf, valuesOf } from './canonical.js';
import { AwsFailure } from './failure.js';
import type { AccessKey, KeyRing } from './keys.js';

const SKEW_MS = 5 * 60_000;
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/** Where a request must have been signed for. */
export interface Signed {
  readonly region: string;
  readonly service: 'bedrock' | 'sts';
}

/**
 * Checks a signature as AWS does and says whose it is.
 * @throws AwsFailure in AWS's own words
 */
export function authenticate(request: Received, keys: KeyRing, expected: Signed, nowMs: number): AccessKey {
  const [authorization, ...more] = valuesOf(request.rawHeaders, 'authorization');
  if (authorization === undefined) {
    throw new AwsFailure(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const match = more.length === 0 ? AUTHORIZATION.exec(authorization) : null;
  if (match === null) {
    throw new AwsFailure(403, 'IncompleteSignatureException', `Authorization header is malformed: '${more.length}'.`);
  }
  const [, accessKeyId = '', date = '', region = '', service = '', signed = '', signature = ''] = match;
  const names = signed.split(';');
  const amzDate = valuesOf(request.rawHeaders, 'x-amz-date')[0] ?? '';
  checkScope({ date, region, service }, expected, amzDate);
  checkTime(amzDate, nowMs);
  checkSigned(names, request.rawHeaders);
  const key = keys.find(accessKeyId);
  const token = valuesOf(request.rawHeaders, 'x-amz-security-token')[0];
  if (key === undefined || token !== key.sessionToken) {
    throw new AwsFailure(403, unrecognized(expected), 'The security token included in the request is invalid.');
  }
  if (key.expiresAt !== undefined && key.expiresAt <= nowMs) {
    const name = expected.service === 'sts' ? 'ExpiredToken' : 'ExpiredTokenException';
    throw new AwsFailure(403, name, 'The security token included in the request is expired');
  }
  if (signatureOf(request, names, amzDate, { date, region, service }, key.secretAccessKey) !== signature) {
    throw invalid(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
      expected,
    );
  }
  return key;
}

function unrecognized({ service }: Signed): string {
  return service === 'sts' ? 'InvalidClientTokenId' : 'UnrecognizedClientException';
}

function invalid(message: string, { service }: Signed): AwsFailure {
  return new AwsFailure(403, service === 'sts' ? 'SignatureDoesNotMatch' : 'InvalidSignatureException', message);
}

function checkScope(scope: { date: string; region: string; service: string }, expected: Signed, amzDate: string): void {
  if (scope.service !== expected.service) {
    throw invalid(`Credential should be scoped to correct service: '${expected.service}'. `, expected);
  }
  if (scope.region !== expected.region) {
    throw invalid(`Credential should be scoped to a valid region. `, expected);
  }
  if (!/^\d{8}T\d{6}Z$/.test(amzDate) || amzDate.slice(0, 8) !== scope.date) {
    const text = `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scope.date}' != '${amzDate.slice(0, 8)}', from '${amzDate}'.`;
    throw invalid(text, expected);
  }
}

function checkTime(amzDate: string, nowMs: number): void {
  const text = amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const signedMs = Date.parse(text);
  const now = stamp(nowMs);
  if (signedMs < nowMs - SKEW_MS) {
    const message = `Signature expired: ${amzDate} is now earlier than ${stamp(nowMs - SKEW_MS)} (${now} - 5 min.)`;
    throw new AwsFailure(403, 'InvalidSignatureException', message);
  }
  if (signedMs > nowMs + SKEW_MS) {
    const message = `Signature not yet current: ${amzDate} is still later than ${stamp(nowMs + SKEW_MS)} (${now} + 5 min.)`;
    throw new AwsFailure(403, 'InvalidSignatureException', message);
  }
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** `host`, and every `x-amz-` header that came, must be covered. */
function checkSigned(names: readonly string[], rawHeaders: readonly string[]): void {
  const due = ['host', ...rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase())].filter(
    (name) => name === 'host' || /^x-amz-(?:date|security-token|content-sha256|target)$/.test(name),
  );
  const missing = due.find((name) => !names.includes(name));
  if (missing !== undefined) {
    const message = `'${missing}' must be a 'SignedHeader' in the AWS Authorization.`;
    throw new AwsFailure(403, 'InvalidSignatureException', message);
  }
}
