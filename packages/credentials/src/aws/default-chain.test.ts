import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startIssuer } from '../../test/support/issuer.js';
import { Clock, partsOf, presented } from '../../test/support/parts.js';
import { openCredential } from '../open.js';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'weir-aws-'));
  for (const name of Object.keys(process.env).filter((each) => each.startsWith('AWS_'))) vi.stubEnv(name, undefined);
  vi.stubEnv('HOME', home);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

function open(clock = new Clock(Date.now())) {
  return openCredential({ kind: 'aws_default_chain', secrets: {}, settings: { region: 'us-east-1' } }, partsOf(clock));
}

describe('the AWS default chain', () => {
  it('takes keys from the environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDENVIRONMENT');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'planted-environment-secret');
    const credential = open();
    expect(await presented(credential)).toContain('Credential=AKIDENVIRONMENT/');
    expect(credential.confidential).toContain('planted-environment-secret');
  });

  it('notices that the shared file has changed', async () => {
    const file = join(home, 'credentials');
    const write = (id: string) =>
      writeFileSync(file, `[default]\naws_access_key_id = ${id}\naws_secret_access_key = s\n`);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', file);
    const clock = new Clock(Date.now());
    const credential = open(clock);
    write('AKIDONE');
    expect(await presented(credential)).toContain('Credential=AKIDONE/');
    write('AKIDTWO');
    clock.advance(15 * 60_000);
    await presented(credential);
    await expect.poll(() => presented(credential)).toContain('Credential=AKIDTWO/');
  });

  it('asks the metadata endpoint of a container, and again before what it gave ends', async () => {
    const clock = new Clock(Date.now());
    const container = await startIssuer(() => ({
      status: 200,
      body: JSON.stringify({
        AccessKeyId: `ASIA${container.asked.length}`,
        SecretAccessKey: 'planted-container-secret',
        Token: 'planted-container-token',
        Expiration: new Date(clock.nowMs + 3_600_000).toISOString(),
      }),
    }));
    try {
      vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', `${container.origin}/role`);
      const credential = open(clock);
      expect(await presented(credential)).toContain('Credential=ASIA1/');
      expect(await presented(credential, 'x-amz-security-token')).toBe('planted-container-token');
      clock.advance(3_600_000);
      expect(await presented(credential)).toContain('Credential=ASIA2/');
    } finally {
      await container.close();
    }
  });

  it('that finds nothing says what to do', async () => {
    await expect(presented(open())).rejects.toMatchObject({
      code: 'CREDENTIAL_NOT_FOUND',
      message: expect.stringContaining('static keys'),
    });
  });
});
