import { request } from 'node:http';

export interface Fault {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly [name: string]: unknown };
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly data: Record<string, unknown> | null | undefined;
  readonly errors: readonly Fault[];
  /** Codes of the errors, in order. */
  readonly codes: readonly string[];
}

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

/** A browser: it keeps the session cookie, and what it sends can be bent at will. */
export class Caller {
  cookie: string | null = null;

  constructor(
    private readonly url: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    return this.send({ body: JSON.stringify({ query, variables }) });
  }

  async send({ method = 'POST', path = '/graphql', headers = {}, body = '' }: RawRequest): Promise<Answer> {
    const sent = {
      'content-type': 'application/json',
      'x-requested-by': 'test',
      ...(this.cookie === null ? {} : { cookie: this.cookie }),
      ...this.headers,
      ...headers,
      'content-length': String(Buffer.byteLength(body)),
    };
    const answer = await exchange(new URL(path, this.url), method, sent, body);
    const set = answer.headers['set-cookie'];
    const cookie = Array.isArray(set) ? set.at(-1) : set;
    if (cookie !== undefined) this.cookie = /Max-Age=0/.test(cookie) ? null : (cookie.split(';')[0] ?? null);
    return answer;
  }

  /** @throws when the sign-in is refused */
  async signIn(email: string, password: string): Promise<void> {
    const answer = await this.ask(SIGN_IN, { input: { email, password } });
    if (answer.errors.length > 0) throw new Error(`sign-in refused: ${answer.text}`);
  }

  /** The same cookie from another place. */
  copy(): Caller {
    const other = new Caller(this.url, this.headers);
    other.cookie = this.cookie;
    return other;
  }
}

export const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { id email role permissions } }';

function exchange(url: URL, method: string, headers: Record<string, string | string[]>, body: string | Buffer) {
  return new Promise<Answer>((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const parsed = parse(text);
        const errors = parsed.errors ?? [];
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          text,
          data: parsed.data,
          errors,
          codes: errors.map((error) => error.extensions.code),
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function parse(text: string): { data?: Record<string, unknown> | null; errors?: Fault[] } {
  try {
    return JSON.parse(text) as ReturnType<typeof parse>;
  } catch {
    return {};
  }
}
