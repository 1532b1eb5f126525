/** What of a browser's request the control plane needs; nothing else passes. */
const REQUEST_HEADERS = [
  'accept',
  'content-encoding',
  'content-type',
  'cookie',
  'origin',
  'sec-fetch-site',
  'user-agent',
  'x-forwarded-for',
  'x-requested-by',
];
/** How scripts present an API token. Whatever else a browser or a gateway in between authorizes itself by stays outside. */
const API_TOKEN = /^Bearer weirread_[\w-]+$/i;
const RESPONSE_HEADERS = ['content-type', 'retry-after', 'x-weir-request-id'];
const SAFE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
const TIMEOUT_MS = 60_000;

/** Carries a question from the browser to the control plane, which alone decides who may ask it. Never rejects. */
export async function forward(request: Request, controlUrl: string): Promise<Response> {
  const headers = new Headers();
  for (const name of REQUEST_HEADERS) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const authorization = request.headers.get('authorization');
  if (authorization !== null && API_TOKEN.test(authorization)) headers.set('authorization', authorization);
  let answer: Response;
  try {
    answer = await fetch(new URL('/graphql', controlUrl), {
      method: 'POST',
      headers,
      body: request.body,
      duplex: 'half',
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    } as RequestInit);
  } catch {
    // Why it could not be reached is the operator's business: the control plane's own log and health say it.
    return Response.json(
      { errors: [{ message: 'The control plane did not answer.', extensions: { code: 'UNREACHABLE' } }] },
      { status: 502, headers: SAFE },
    );
  }
  const answered = new Headers(SAFE);
  for (const name of RESPONSE_HEADERS) {
    const value = answer.headers.get(name);
    if (value !== null) answered.set(name, value);
  }
  for (const cookie of answer.headers.getSetCookie()) answered.append('set-cookie', cookie);
  return new Response(answer.body, { status: answer.status, headers: answered });
}
