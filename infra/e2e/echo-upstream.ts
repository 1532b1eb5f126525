import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EchoUpstream {
  readonly port: number;
  /** Credentials that came, as they came. */
  readonly credentials: readonly string[];
  close(): Promise<void>;
}

/** An upstream that repeats the caller's credential and prompt wherever HTTP and the APIs have room for them. */
export async function startEchoUpstream(): Promise<EchoUpstream> {
  const credentials: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const credential = request.headers.authorization ?? String(request.headers['x-api-key'] ?? '');
    credentials.push(credential);
    answer(response, { credential, key: credential.replace(/^Bearer /, ''), body });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    credentials,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Echo {
  readonly credential: string;
  readonly key: string;
  readonly body: string;
}

/** The model asked for says how. */
function answer(response: ServerResponse, echo: Echo): void {
  const { credential, key, body } = echo;
  const model = /"model":\s*"([^"]*)"/.exec(body)?.[1] ?? 'list';
  const encoded = Buffer.from(credential).toString('base64');
  for (const name of ['x-request-id', 'request-id', 'x-echo', 'set-cookie', 'server', 'etag', 'openai-processing-ms']) {
    response.setHeader(name, credential);
  }
  response.setHeader('x-echo-encoded', encoded);
  const json = (status: number, value: object) => {
    response.writeHead(status, model === 'status-line' ? key : undefined, { 'content-type': 'application/json' });
    response.end(JSON.stringify(value));
  };
  const usage = {
    prompt_tokens: 3,
    completion_tokens: 2,
    input_tokens: 3,
    output_tokens: 2,
    cost: key,
    echo: credential,
  };
  const stated = { id: key, model: key, service_tier: key, usage };
  const content = `${credential} ${encoded} ${body}`;
  switch (model) {
    case 'list':
      json(200, { data: [{ id: key }, { id: encoded }] });
      return;
    case 'error':
      json(401, { error: { message: content, type: credential, code: key, param: key } });
      return;
    case 'error-encoded':
      json(500, { error: { message: content, type: 'x', code: encoded }, type: 'error' });
      return;
    case 'error-anthropic':
      json(400, { type: 'error', error: { type: key, message: content } });
      return;
    case 'status-line':
      json(418, stated);
      return;
    case 'redirect':
      response.writeHead(307, { location: `http://127.0.0.1:9/${encodeURIComponent(key)}` });
      response.end();
      return;
    case 'garbage':
      // No HTTP: what a parser makes of it ends up in error objects.
      response.socket?.end(`HTTP/1.1 200 OK\r\n${credential} ${body}\r\n\r\n`);
      return;
    case 'encoded':
      json(200, { ...stated, model: encoded, service_tier: encoded, usage: { ...usage, echo: encoded } });
      return;
    case 'stream':
    case 'stream-error':
    case 'stream-cut':
      stream(response, model, stated, content);
      return;
    default:
      json(200, {
        ...stated,
        object: 'chat.completion',
        type: 'message',
        role: 'assistant',
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
        content: [{ type: 'text', text: content }],
      });
  }
}

function stream(response: ServerResponse, model: string, stated: { id: string }, content: string): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', trailer: 'x-end' });
  const delta = { delta: { content }, text: content, finish_reason: null };
  response.write(`: ${stated.id}\nid: ${stated.id}\n\n`);
  response.write(`data: ${JSON.stringify({ ...stated, usage: null, choices: [delta] })}\n\n`);
  if (model === 'stream-cut') {
    response.write(`data: ${JSON.stringify(stated)}\n\n`, () => response.socket?.destroySoon());
    return;
  }
  if (model === 'stream-error') {
    response.write(`data: ${JSON.stringify({ error: { message: content, code: stated.id, type: stated.id } })}\n\n`);
  } else {
    response.write(`data: ${JSON.stringify({ ...stated, choices: [] })}\n\ndata: [DONE]\n\n`);
  }
  response.addTrailers({ 'x-end': stated.id });
  response.end();
}
