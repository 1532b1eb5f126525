import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { outbound, startIssuer, type TestIssuer } from '../../test/support/issuer.js';
import { Clock, partsOf, presented } from '../../test/support/parts.js';
import { openCredential } from '../open.js';

let issuer: TestIssuer;
let home: string;
const asked: string[] = [];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'weir-adc-'));
  asked.length = 0;
  issuer = await startIssuer(() => ({ status: 200, body: '{"access_token":"ya29.adc","expires_in":3599}' }));
  vi.stubEnv('HOME', home);
  vi.stubEnv('CLOUDSDK_CONFIG', home);
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
  vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await issuer.close();
  rmSync(home, { recursive: true });
});

function open() {
  // Google's library reads the real time.
  const clock = new Clock(Date.now());
  return openCredential(
    { kind: 'google_adc', secrets: {}, settings: {} },
    partsOf(clock, {
      outbound: (request) => {
        asked.push(request.url);
        // Google's own address stands in the library; the test's issuer answers for it.
        return outbound({ ...request, url: `${issuer.origin}${new URL(request.url).pathname}` });
      },
    }),
  );
}

describe('Google application default credentials', () => {
  it('exchange what the file of the gcloud program holds, through the outbound door', async () => {
    const file = join(home, 'user.json');
    const user = {
      type: 'authorized_user',
      client_id: 'c',
      client_secret: 's',
      refresh_token: 'r',
      quota_project_id: 'q',
    };
    writeFileSync(file, JSON.stringify(user));
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', file);
    const credential = open();
    expect(await presented(credential)).toBe('Bearer ya29.adc');
    expect(await presented(credential, 'x-goog-user-project')).toBe('q');
    expect(asked).toEqual(['https://oauth2.googleapis.com/token']);
    expect(issuer.asked[0]?.body).toContain('refresh_token=r');
    expect(credential.confidential).toEqual(['ya29.adc']);
  });

  it('that were withdrawn are refused, and nothing of them is repeated', async () => {
    const file = join(home, 'user.json');
    const user = { type: 'authorized_user', client_id: 'c', client_secret: 's', refresh_token: 'planted-refresh' };
    writeFileSync(file, JSON.stringify(user));
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', file);
    issuer.answer = ({ body }) => ({ status: 400, body: JSON.stringify({ error: 'invalid_grant', echo: body }) });
    const error = await presented(open()).catch((each: Error) => each);
    expect(error).toMatchObject({ code: 'CREDENTIAL_REFUSED', message: expect.stringContaining('invalid_grant') });
    expect((error as Error).message).not.toContain('planted-refresh');
  });

  it('that are not there say what to do', async () => {
    await expect(presented(open())).rejects.toMatchObject({
      code: 'CREDENTIAL_NOT_FOUND',
      message: expect.stringContaining('GOOGLE_APPLICATION_CREDENTIALS'),
    });
  });
});
