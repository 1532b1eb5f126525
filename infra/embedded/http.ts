import { request } from 'undici';

const ANSWER_WITHIN_MS = 2_000;

/** True when the address answers with a status below 400. */
export async function answersHttp(url: string): Promise<boolean> {
  try {
    const { statusCode, body } = await request(url, {
      headersTimeout: ANSWER_WITHIN_MS,
      bodyTimeout: ANSWER_WITHIN_MS,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    await body.dump();
    return statusCode < 400;
  } catch {
    // Nobody listens yet, or the answer is late: not ready.
    return false;
  }
}

/** @throws with the server's own words when it refuses */
export async function postSql(
  origin: string,
  user: { readonly name: string; readonly password: string },
  sql: string,
): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
  const { statusCode, body } = await request(origin, { method: 'POST', headers: { authorization }, body: sql });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`ClickHouse refused: ${text.slice(0, 500)}`);
}
