import { Readable } from 'node:stream';
import type { Outbound } from '../outbound.js';

/** What the AWS clients put into a request, as far as it matters on the wire. */
interface AwsRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Makes the AWS clients' own requests (STS, SSO) go through the outbound door. */
export function requestHandler(outbound: Outbound) {
  return {
    async handle(request: AwsRequest) {
      const { method, headers, body } = request;
      if (body !== undefined && body !== null && typeof body !== 'string' && !(body instanceof Uint8Array)) {
        throw new TypeError('only whole bodies can be sent');
      }
      // Made from the address again by who sends it; a length is too.
      const { host: _host, 'content-length': _length, ...rest } = headers;
      const answer = await outbound({ method, url: urlOf(request), headers: rest, body: body || null });
      return {
        response: { statusCode: answer.status, headers: { ...answer.headers }, body: Readable.from([answer.body]) },
      };
    },
  };
}

function urlOf({ protocol, hostname, port, path, query = {} }: AwsRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? []].flat().map((each) => `${encodeURIComponent(name)}=${encodeURIComponent(each)}`),
  );
  const search = pairs.length > 0 ? `?${pairs.join('&')}` : '';
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${search}`;
}
