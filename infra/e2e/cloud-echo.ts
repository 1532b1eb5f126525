import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const random = () => randomBytes(24).toString('base64url');

/** A cloud in which every issuer and every model repeats what it was sent. */
export interface CloudEcho {
  readonly url: string;
  readonly port: number;
  /** What its issuers hand out. */
  readonly minted: {
    readonly 'role secret': string;
    readonly 'role session token': string;
    readonly 'Google token': string;
    readonly 'Entra token': string;
  };
  /** All that calls of models came with, header by header. */
  readonly presented: string;
  /** Issuers turn down everything from now on, in the words of the request. */
  refuse(): void;
  close(): Promise<void>;
}

export async function startCloudEcho(): Promise<CloudEcho> {
  const minted = {
    ...{ 'role secret': random(), 'role session token': random() },
    ...{ 'Google token': random(), 'Entra token': random() },
  };
  let presented = '';
  let isRefusing = false;
  const server = createServer(async (asked, answer) => {
    let body = '';
    for await (const chunk of asked) body += String(chunk);
    const issue = issuerOf(asked, body, minted);
    if (issue === null) {
      presented += `${asked.rawHeaders.join('\n')}\n`;
      echo(asked, answer, body);
    } else if (isRefusing) {
      const words = decodeURIComponent(body.replaceAll('+', ' '));
      answer.writeHead(403, { 'content-type': 'application/json' });
      answer.end(JSON.stringify({ error: words, error_description: words, Error: { Code: words, Message: words } }));
    } else {
      answer.writeHead(200, { 'content-type': issue.startsWith('<') ? 'text/xml' : 'application/json' });
      answer.end(issue);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ port, url: `http://127.0.0.1:${port}`, minted },
    get presented() {
      return presented;
    },
    refuse() {
      isRefusing = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What AWS STS, Google's or Entra's token endpoint answers; null for every other request. */
function issuerOf({ url = '' }: IncomingMessage, body: string, minted: CloudEcho['minted']): string | null {
  const token = { token_type: 'Bearer', expires_in: 3_599 };
  if (url.endsWith('/oauth2/v2.0/token')) return JSON.stringify({ ...token, access_token: minted['Entra token'] });
  if (url === '/token') return JSON.stringify({ ...token, access_token: minted['Google token'] });
  if (!body.includes('Action=AssumeRole')) return null;
  const until = new Date(Date.now() + 3_600_000).toISOString();
  return `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>
    <Credentials><AccessKeyId>ASIAMINTED0000000001</AccessKeyId><SecretAccessKey>${minted['role secret']}</SecretAccessKey>
    <SessionToken>${minted['role session token']}</SessionToken><Expiration>${until}</Expiration></Credentials>
    </AssumeRoleResult></AssumeRoleResponse>`;
}

/** The credential wherever these APIs have room for it; a path that holds `fail` fails. */
function echo({ url = '', headers }: IncomingMessage, answer: ServerResponse, body: string): void {
  const own = headers['x-amz-security-token'] ?? headers['api-key'] ?? headers['x-goog-api-key'];
  const said = String(own ?? headers.authorization).replace(/^Bearer /, '');
  for (const name of ['x-amzn-requestid', 'x-request-id', 'apim-request-id', 'x-goog-request-id', 'x-amzn-errortype']) {
    answer.setHeader(name, said);
  }
  answer.writeHead(url.includes('fail') ? 403 : 200, { 'content-type': 'application/json' });
  const error = { code: said, status: said, type: said, message: `${said} ${body}` };
  const usage = { inputTokens: 3, outputTokens: 2, prompt_tokens: 3, completion_tokens: 2, echo: said };
  const usageMetadata = { promptTokenCount: 3, candidatesTokenCount: 2, echo: said };
  const stated = { id: said, model: said, modelVersion: said, responseId: said, service_tier: said };
  const text = url.includes('fail')
    ? { error, __type: said, message: said }
    : { ...stated, usage, usageMetadata, serviceTier: { type: said }, choices: [], candidates: [] };
  answer.end(JSON.stringify(text));
}
