import { request } from 'undici';

interface GraphqlError {
  readonly message: string;
  readonly extensions?: { readonly code?: string; readonly field?: string };
}

/** The control plane answered, and said no. */
export class GraphqlRefusal extends Error {
  constructor(readonly errors: readonly GraphqlError[]) {
    super(`GraphQL: ${JSON.stringify(errors)}`);
  }

  get codes(): (string | undefined)[] {
    return this.errors.map(({ extensions }) => extensions?.code);
  }
}

/** Speaks GraphQL to the control plane the way the console does, with the session cookie. */
export class ConsoleClient {
  private cookie = '';
  /** Sees every answer as it came. */
  onAnswer: (text: string) => void = () => undefined;

  constructor(
    private readonly controlUrl: string,
    private readonly origin: string,
  ) {}

  /** As a browser would send it along. */
  get sessionCookie(): string {
    return this.cookie;
  }

  async ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const response = await request(`${this.controlUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.origin, cookie: this.cookie },
      body: JSON.stringify({ query, variables }),
    });
    const set = response.headers['set-cookie'];
    const cookie = (Array.isArray(set) ? set : [set ?? '']).map((line) => line.split(';', 1)[0]).filter(Boolean);
    if (cookie.length > 0) this.cookie = cookie.join('; ');
    const text = await response.body.text();
    this.onAnswer(`${JSON.stringify(response.headers)}\n${text}`);
    const answer = JSON.parse(text) as { data?: T; errors?: GraphqlError[] };
    if (answer.errors || !answer.data) throw new GraphqlRefusal(answer.errors ?? [{ message: text }]);
    return answer.data;
  }

  /** First-run set-up with the one-time link's token. */
  async setUp(link: string): Promise<void> {
    const token = new URL(link).searchParams.get('token');
    await this.ask('mutation($input: SetUpInput!) { setUp(input: $input) { id } }', {
      input: { token, email: 'admin@example.com', displayName: 'Admin', password: 'correct horse battery' },
    });
  }

  async signIn(): Promise<void> {
    await this.ask('mutation($input: SignInInput!) { signIn(input: $input) { id } }', {
      input: { email: 'admin@example.com', password: 'correct horse battery' },
    });
  }

  /** @returns the proxy URL. */
  async createProvider(input: Record<string, unknown>): Promise<string> {
    const { createProvider } = await this.ask<{ createProvider: { proxyUrl: string } }>(
      'mutation($input: CreateProviderInput!) { createProvider(input: $input) { proxyUrl } }',
      { input },
    );
    return createProvider.proxyUrl;
  }

  /** @returns a new app's id. */
  async createApp(name: string, environment = 'production'): Promise<string> {
    const { createApp } = await this.ask<{ createApp: { id: string } }>(
      'mutation($input: CreateAppInput!) { createApp(input: $input) { id } }',
      { input: { name, environment } },
    );
    return createApp.id;
  }

  /** @returns the token's value. */
  async createToken(appId: string, scope: Record<string, unknown> = {}): Promise<string> {
    const { createToken } = await this.ask<{ createToken: { value: string } }>(
      'mutation($input: CreateTokenInput!) { createToken(input: $input) { value } }',
      { input: { appId, name: 'test', ...scope } },
    );
    return createToken.value;
  }
}
