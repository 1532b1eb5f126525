import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../src/platform/config.js';
import { startControlPlane } from '../src/server.js';
import { type System, startSystem } from './system.js';

const SET_UP = `mutation ($input: SetUpInput!) { setUp(input: $input) { email role project { name } permissions } }`;
const STATE = '{ installation { setUpOpen signedIn version } }';
const person = { email: 'Ada@Example.test ', displayName: 'Ada', password: 'a long enough password' };

describe('first run', () => {
  let system: System;
  beforeAll(async () => {
    system = await startSystem();
  });
  afterAll(() => system?.stop());

  it('leaves the link to its operator alone', async () => {
    expect((await stat(system.setupLinkFile)).mode & 0o777).toBe(0o600);
    const { setupDigest } = await system.prisma.installation.findUniqueOrThrow({ where: { id: 1 } });
    expect(setupDigest).not.toContain(await system.setUpToken());
  });

  it('answers nothing but whether set-up is open', async () => {
    const caller = system.caller();
    expect((await caller.ask(STATE)).data).toMatchObject({ installation: { setUpOpen: true, signedIn: false } });
    expect((await caller.ask('{ members { id } }')).codes).toEqual(['UNAUTHENTICATED']);
  });

  it('refuses a wrong token and a short password, and stays open', async () => {
    const caller = system.caller();
    const wrong = await caller.ask(SET_UP, { input: { ...person, token: 'x'.repeat(43) } });
    expect(wrong.codes).toEqual(['SETUP_LINK_INVALID']);
    const short = await caller.ask(SET_UP, {
      input: { ...person, password: 'elevenchars', token: await system.setUpToken() },
    });
    expect(short.errors[0]).toMatchObject({
      message: 'Password must have at least 12 characters.',
      extensions: { code: 'INPUT_INVALID', field: 'password' },
    });
    expect((await caller.ask(STATE)).data).toMatchObject({ installation: { setUpOpen: true } });
  });

  it('makes one admin of two who use the link at the same moment, signs them in, and closes', async () => {
    const token = await system.setUpToken();
    const callers = [system.caller(), system.caller()];
    const answers = await Promise.all(
      callers.map((caller, index) =>
        caller.ask(SET_UP, { input: { ...person, email: `${index}${person.email}`, token } }),
      ),
    );
    const won = answers.findIndex((answer) => answer.errors.length === 0);
    expect(answers[won]?.data).toMatchObject({
      setUp: { email: `${won}ada@example.test`, role: 'admin', project: { name: 'default' } },
    });
    expect(answers[1 - won]?.codes).toEqual(['SETUP_LINK_INVALID']);
    expect(await system.prisma.account.count()).toBe(1);

    const state = await callers[won]?.ask('{ installation { setUpOpen signedIn } environments { name } }');
    expect(state?.data).toEqual({
      installation: { setUpOpen: false, signedIn: true },
      environments: [{ name: 'production' }, { name: 'staging' }, { name: 'development' }],
    });
    await expect(stat(system.setupLinkFile)).rejects.toThrow('ENOENT');
    const again = await system.caller().ask(SET_UP, { input: { ...person, email: 'eve@example.test', token } });
    expect(again.codes).toEqual(['SETUP_LINK_INVALID']);
  });

  it('refuses to start under another master key, with the reason, and under the right one starts again', async () => {
    const other = { ...system.env, WEIR_MASTER_KEY: randomBytes(32).toString('base64') };
    await expect(startControlPlane(loadConfig(other))).rejects.toMatchObject({ code: 'MASTER_KEY_MISMATCH' });
    const second = await startControlPlane(loadConfig(system.env));
    await second.stop();
    expect(await system.prisma.project.count()).toBe(1);
    expect(await system.prisma.environment.count()).toBe(3);
  });
});

describe('a link that was not used', () => {
  it('is void after a day, and after the next start', async () => {
    const system = await startSystem();
    try {
      const first = await system.setUpToken();
      const second = await startControlPlane(loadConfig(system.env));
      const token = await system.setUpToken();
      expect(token).not.toBe(first);
      await second.stop();
      const ask = (given: string) => system.caller().ask(SET_UP, { input: { ...person, token: given } });
      expect((await ask(first)).codes).toEqual(['SETUP_LINK_INVALID']);
      await system.prisma.installation.update({ where: { id: 1 }, data: { setupExpires: new Date(Date.now() - 1) } });
      expect((await ask(token)).codes).toEqual(['SETUP_LINK_INVALID']);
    } finally {
      await system.stop();
    }
  });
});

describe('an admin named in the environment', () => {
  it('is made once, and no link is written', async () => {
    const named = { WEIR_ADMIN_EMAIL: 'Root@localhost', WEIR_ADMIN_PASSWORD: 'a long enough password' };
    const system = await startSystem(named);
    try {
      await expect(stat(system.setupLinkFile)).rejects.toThrow('ENOENT');
      const caller = system.caller();
      expect((await caller.ask(STATE)).data).toMatchObject({ installation: { setUpOpen: false } });
      await caller.signIn('root@LOCALHOST', 'a long enough password');
      const again = { ...system.env, WEIR_ADMIN_EMAIL: 'second@localhost' };
      await (await startControlPlane(loadConfig(again))).stop();
      expect(await system.prisma.account.count()).toBe(1);
    } finally {
      await system.stop();
    }
  });
});
