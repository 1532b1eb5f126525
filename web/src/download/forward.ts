const REQUEST_HEADERS = [
  'authorization',
  'cookie',
  'if-none-match',
  'if-range',
  'range',
  'sec-fetch-site',
  'user-agent',
  'x-forwarded-for',
];
const RESPONSE_HEADERS = [
  'accept-ranges',
  'cache-control',
  'content-disposition',
  'content-length',
  'content-range',
  'content-type',
  'etag',
  'last-modified',
  'vary',
  'x-weir-request-id',
];
const SAFE = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
const HEADERS_TIMEOUT_MS = 60_000;

/**
 * Carries a file, or the part of it that was asked for, from the control plane to the browser, no faster than the browser
 * takes it. The control plane alone decides who gets it. Never rejects.
 */
export async function forwardDownload(request: Request, controlUrl: string): Promise<Response> {
  const headers = new Headers({ 'accept-encoding': 'identity' });
  for (const name of REQUEST_HEADERS) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const silence = new AbortController();
  // A slow download is none of ours to end; a control plane that does not begin is.
  const timer = setTimeout(() => silence.abort(), HEADERS_TIMEOUT_MS);
  let answer: Response;
  try {
    const { pathname, search } = new URL(request.url);
    answer = await fetch(new URL(`${pathname}${search}`, controlUrl), {
      method: request.method,
      headers,
      redirect: 'manual',
      cache: 'no-store',
      signal: AbortSignal.any([request.signal, silence.signal]),
    });
  } catch {
    return Response.json(
      { errors: [{ message: 'The control plane did not answer.', extensions: { code: 'UNREACHABLE' } }] },
      { status: 502, headers: SAFE },
    );
  } finally {
    clearTimeout(timer);
  }
  const answered = new Headers(SAFE);
  for (const name of RESPONSE_HEADERS) {
    const value = answer.headers.get(name);
    if (value !== null) answered.set(name, value);
  }
  return new Response(answer.body, { status: answer.status, headers: answered });
}
