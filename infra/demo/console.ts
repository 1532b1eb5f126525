import { request } from 'undici';

interface Answer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { readonly message: string }[];
}

/** Speaks GraphQL to the control plane as the console does, with a session. */
export class Console {
  readonly #url: string;
  readonly #origin: string;
  #cookie = '';

  constructor(controlUrl: string, consoleUrl: string) {
    this.#url = `${controlUrl}/graphql`;
    this.#origin = new URL(consoleUrl).origin;
  }

  /** @throws with the control plane's words when it refuses */
  async ask<T>(query: string, variables: Readonly<Record<string, unknown>> = {}): Promise<T> {
    const { headers, body } = await request(this.#url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.#origin, cookie: this.#cookie },
      body: JSON.stringify({ query, variables }),
    });
    const cookies = [headers['set-cookie'] ?? []].flat().map((line) => line.split(';', 1)[0]);
    if (cookies.length > 0) this.#cookie = cookies.join('; ');
    const { data, errors } = (await body.json()) as Answer<T>;
    if (errors || !data) throw new Error(errors?.map(({ message }) => message).join('; ') ?? 'no answer');
    return data;
  }

  async signIn(email: string, password: string): Promise<void> {
    await this.ask('mutation ($input: SignInInput!) { signIn(input: $input) { id } }', { input: { email, password } });
  }
}
