/** A request to somebody who issues tokens. */
export interface IssuerRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
}

export interface IssuerAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * The process's one outbound door. It checks scheme and address (https to a public address, or a listed `host:port`),
 * follows no redirect, and holds time and size within limits. Rejects when there is no whole answer.
 */
export type Outbound = (request: IssuerRequest) => Promise<IssuerAnswer>;
