import 'reflect-metadata';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { migrate } from '@weir/clickhouse';
import { mintToken } from '@weir/contracts';
import type { Role } from '@weir/prisma';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiTokensService } from '../src/api-tokens/api-tokens.service.js';
import { ROOMS } from '../src/app.module.js';
import { loadConfig } from '../src/platform/config.js';
import { PERMISSIONS, PERMISSIONS_OF, type Permission, permissionsOf } from '../src/platform/policy.js';
import type { Viewer } from '../src/platform/viewer.js';
import { fieldsOf, findResolvers, unlabelled } from '../src/schema/resolvers.js';
import { CASES, type Case } from './authorization/cases.js';
import { type RootField, rootFields } from './authorization/document.js';
import {
  makePerson,
  makeThings,
  makeThingsOfEach,
  malformedNames,
  type Names,
  randomNames,
  type Surroundings,
} from './authorization/world.js';
import type { Answer, Caller } from './caller.js';
import { type ClickHouse, startClickHouse } from './clickhouse.js';
import { type System, startSystem } from './system.js';

const ROLES: readonly Role[] = ['admin', 'finance', 'engineer', 'viewer'];
const HIDDEN = 'hidden-victim';
const isAllowed = (role: Role, permission: Permission) => permissionsOf({ role }).includes(permission);

let upstream: Server;
let clickhouse: ClickHouse;
let system: System;
let surroundings: Surroundings;
let fields: RootField[];
let projectId: string;
let otherProjectId: string;
let victimProjectId: string;
let victim: Viewer;
let victimNames: Names;
let victimIds: ReadonlySet<string>;
let checks = 0;

beforeAll(async () => {
  upstream = createServer((_request, response) => response.end('{"data":[]}')).listen(0, '127.0.0.1');
  await once(upstream, 'listening');
  const address = `127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  clickhouse = await startClickHouse();
  await migrate(clickhouse.url);
  system = await startSystem({
    CLICKHOUSE_URL: clickhouse.url,
    WEIR_ALLOWED_HOSTS: address,
    WEIR_ADMIN_EMAIL: 'root@localhost',
    WEIR_ADMIN_PASSWORD: 'the password of root',
  });
  surroundings = { system, clickhouseUrl: clickhouse.url, upstream: `http://${address}` };
  fields = rootFields(system.control.app.get(GraphQLSchemaHost).schema);
  [projectId, otherProjectId, victimProjectId] = await Promise.all([
    system.makeProject(),
    system.makeProject(),
    system.makeProject(),
  ]);
  victim = (await makePerson(surroundings, victimProjectId, 'admin', HIDDEN)).viewer;
  victimNames = await makeThings(surroundings, victim, HIDDEN);
  victimIds = new Set((await victimRows()).match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g));
}, 120_000);

afterAll(async () => {
  await system?.stop();
  await clickhouse?.stop();
  upstream?.close();
});

/** All that belongs to the victim, as text: compared before and after, and read for ids that must not get out. */
async function victimRows(): Promise<string> {
  const where = { projectId: victimProjectId };
  const { prisma } = system;
  const mine = { account: { members: { some: where } } };
  return JSON.stringify(
    [
      await prisma.project.findUnique({ where: { id: victimProjectId }, include: { environments: true } }),
      await prisma.member.findMany({ where, orderBy: { id: 'asc' }, include: { account: true } }),
      await prisma.session.findMany({ where: mine, orderBy: { id: 'asc' } }),
      await prisma.invitation.findMany({ where: mine, orderBy: { id: 'asc' } }),
      await prisma.secret.findMany({ where, orderBy: { id: 'asc' } }),
      await prisma.provider.findMany({ where, orderBy: { id: 'asc' } }),
      await prisma.priceOverride.findMany({ where, orderBy: { id: 'asc' } }),
      await prisma.app.findMany({ where, orderBy: { id: 'asc' }, include: { tokens: true } }),
      await prisma.restatement.findMany({ where, orderBy: { id: 'asc' }, omit: { done: true, total: true } }),
      await prisma.accountingMonth.findMany({ where, orderBy: { month: 'asc' }, omit: { callsAtClose: true } }),
      await prisma.usageReport.findMany({ where, orderBy: { id: 'asc' }, omit: { rows: true, bytes: true } }),
      await prisma.savedView.findMany({ where, orderBy: { id: 'asc' } }),
      await prisma.apiToken.findMany({ where, orderBy: { id: 'asc' } }),
      await prisma.auditEntry.findMany({ where, orderBy: { id: 'asc' } }),
    ],
    null,
    1,
  );
}

const caseOf = (field: RootField): Case => {
  const known = CASES[field.key];
  if (!known) throw new Error(`no case for ${field.key}`);
  return known;
};

/** Asks, and holds every answer against what must hold whoever asks for whatever. */
async function check(caller: Caller, field: RootField, variables: Record<string, unknown>): Promise<Answer> {
  const answer = await caller.ask(field.document, variables);
  checks++;
  const sent = JSON.stringify(variables);
  expect(answer.codes, `${field.key} ${answer.text}`).not.toContain('INTERNAL');
  expect(answer.codes, `${field.key} ${answer.text}`).not.toContain('GRAPHQL_VALIDATION_FAILED');
  expect(answer.text, field.key).not.toContain(HIDDEN);
  for (const id of answer.text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []) {
    if (!sent.includes(id)) expect(victimIds.has(id), `${field.key} shows ${id}`).toBe(false);
  }
  return answer;
}

const outcomeOf = (answer: Answer) =>
  answer.codes.find((code) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') ?? 'answered';

describe('the table of cases', () => {
  it('has every field of the schema and no other', () => {
    expect(Object.keys(CASES).sort()).toEqual(fields.map((field) => field.key).sort());
  });

  it('says of every resolver what its policy says', () => {
    const found = findResolvers(ROOMS).flatMap(fieldsOf);
    expect(unlabelled(findResolvers(ROOMS))).toEqual([]);
    const declared = found
      .filter((field) => field.kind !== 'field')
      .map(({ kind, field, policy }) => [
        `${kind}.${field}`,
        policy?.kind === 'permission' ? policy.permission : (policy?.kind ?? null),
      ]);
    expect(Object.fromEntries(declared)).toEqual(
      Object.fromEntries(Object.entries(CASES).map(([key, { needs }]) => [key, needs])),
    );
  });

  it('lets only admins write, but engineers their apps, finance the ledger, and both API tokens', () => {
    expect(PERMISSIONS_OF.admin).toEqual(PERMISSIONS);
    for (const role of ['finance', 'engineer', 'viewer'] as const) {
      const writes = PERMISSIONS_OF[role].filter((permission) => permission.endsWith('.write'));
      expect(writes).toEqual(
        { engineer: ['app.write', 'api_token.write'], finance: ['ledger.write', 'api_token.write'], viewer: [] }[role],
      );
      expect(isAllowed(role, 'transcript.delete')).toBe(false);
      expect(isAllowed(role, 'transcript.read')).toBe(true);
      expect(isAllowed(role, 'transcript_body.read'), role).toBe(role === 'engineer');
      expect(isAllowed(role, 'member.read') || isAllowed(role, 'audit.read')).toBe(false);
    }
  });
});

describe('without a session', () => {
  const strangers: [string, () => Promise<Caller>][] = [
    ['nobody', async () => system.caller()],
    [
      'a session that was revoked',
      async () => {
        const { caller, viewer } = await makePerson(surroundings, projectId, 'admin');
        await system.prisma.session.update({ where: { id: viewer.sessionId }, data: { revokedAt: new Date() } });
        return caller;
      },
    ],
    [
      'a session whose member was removed',
      async () => {
        const { caller, memberId } = await makePerson(surroundings, projectId, 'admin');
        await system.prisma.member.delete({ where: { id: memberId } });
        return caller;
      },
    ],
    [
      'a made-up session',
      async () => {
        const caller = system.caller();
        caller.cookie = `__Host-weir_session=${'x'.repeat(43)}`;
        return caller;
      },
    ],
    [
      'the digest of a session instead of its token',
      async () => {
        const session = await system.prisma.session.findFirstOrThrow({ where: { revokedAt: null } });
        const caller = system.caller();
        caller.cookie = `__Host-weir_session=${session.digest}`;
        return caller;
      },
    ],
    [
      'the door token',
      async () => system.caller({ authorization: `Bearer ${loadConfig(system.env).masterKey.doorToken}` }),
    ],
    [
      'a gateway token',
      async () => system.caller({ authorization: `Bearer ${mintToken(loadConfig(system.env).masterKey).token}` }),
    ],
  ];

  it.each(strangers)(
    '%s gets nothing but what is public',
    async (_, make) => {
      for (const field of fields) {
        const { needs, variables } = caseOf(field);
        if (needs === 'public' && field.isMutation) continue;
        const answer = await check(await make(), field, variables(victimNames));
        expect(outcomeOf(answer), `${field.key} ${answer.text}`).toBe(
          needs === 'public' ? 'answered' : 'UNAUTHENTICATED',
        );
        if (needs !== 'public') expect(answer.data?.[field.name] ?? null).toBeNull();
      }
    },
    120_000,
  );
});

interface Asker {
  readonly field: RootField;
  readonly caller: Caller;
  /** What is in the project: for what may change it, things that nobody else uses. */
  readonly own: Names;
}

/** A person of their own for each field. Fields that change nothing share one set of things in the project. */
async function askers(
  asked: readonly RootField[],
  role: Role,
  project: string,
  mayChange = (field: RootField) => field.isMutation,
): Promise<Asker[]> {
  const people = [];
  for (const field of asked) people.push({ field, ...(await makePerson(surroundings, project, role)) });
  const { viewer } = await makePerson(surroundings, project, 'admin');
  const changing = people.filter(({ field }) => mayChange(field));
  const owners = [viewer, ...changing.map((person): Viewer => ({ ...person.viewer, role: 'admin' }))];
  const [shared, ...apart] = await makeThingsOfEach(surroundings, owners, 'own');
  const ownOf = new Map(changing.map(({ field }, index) => [field, apart[index]]));
  return people.map(({ field, caller }) => ({ field, caller, own: ownOf.get(field) ?? (shared as Names) }));
}

const ask = ({ field, caller }: Asker, names: Names) => check(caller, field, caseOf(field).variables(names));
/** Of those who name what is not theirs, none may change anything. */
const nobody = () => false;

describe.each(ROLES)('as %s', (role) => {
  it('does what the role allows, and is refused the rest', async () => {
    for (const asker of await askers(fields, role, projectId)) {
      const { field, own } = asker;
      const { needs, refusedTo } = caseOf(field);
      const answer = await ask(asker, own);
      const allowed = needs === 'public' || isAllowed(role, needs);
      expect(outcomeOf(answer), `${field.key} ${answer.text}`).toBe(allowed ? 'answered' : 'FORBIDDEN');
      if (!allowed) expect(answer.data?.[field.name] ?? null, field.key).toBeNull();
      else if (!refusedTo) expect(answer.codes, `${field.key} ${answer.text}`).toEqual([]);
    }
  }, 300_000);

  it.each([
    ['another project’s', () => victimNames],
    ['made-up', randomNames],
    // An admin may ask for everything, so gets furthest.
    ...(role === 'admin' ? [['malformed', malformedNames] as const] : []),
  ] as const)(
    'gets nowhere by %s names',
    async (_, names) => {
      const before = createHash('sha256')
        .update(await victimRows())
        .digest('hex');
      const naming = fields.filter((each) => caseOf(each).names);
      for (const asker of await askers(naming, role, projectId, nobody)) {
        const { field } = asker;
        const { needs } = caseOf(field);
        const answer = await ask(asker, names());
        const allowed = needs === 'public' || isAllowed(role, needs);
        expect(outcomeOf(answer), `${field.key} ${answer.text}`).toBe(allowed ? 'answered' : 'FORBIDDEN');
        expect(answer.data?.[field.name] ?? null, `${field.key} ${answer.text}`).toBeNull();
        if (field.isMutation) expect(answer.codes, field.key).not.toEqual([]);
      }
      expect(
        createHash('sha256')
          .update(await victimRows())
          .digest('hex'),
      ).toBe(before);
    },
    300_000,
  );
});

describe('with an API token', () => {
  const READ = ['usage.read', 'call.read', 'ledger.read', 'provider.read'];

  it.each(['admin', 'engineer', 'finance'] as const)(
    'of %s reads usage, calls, the ledger and providers, and nothing else',
    async (role) => {
      const { viewer } = await makePerson(surroundings, projectId, role);
      const names = await makeThings(surroundings, { ...viewer, role: 'admin' }, 'own');
      const { secret } = await system.control.app
        .get(ApiTokensService)
        .create(viewer, { name: 'script', expiresInDays: 1 });
      const script = system.caller({ authorization: `Bearer ${secret}` });
      for (const field of fields) {
        const { needs, refusedTo, variables } = caseOf(field);
        const answer = await check(script, field, variables(names));
        const allowed = !field.isMutation && (needs === 'public' || READ.includes(needs));
        expect(outcomeOf(answer), `${field.key} ${answer.text}`).toBe(allowed ? 'answered' : 'FORBIDDEN');
        if (!allowed) expect(answer.data?.[field.name] ?? null, field.key).toBeNull();
        else if (!refusedTo) expect(answer.codes, `${field.key} ${answer.text}`).toEqual([]);
        if (field.isMutation || !caseOf(field).names) continue;
        const foreign = await check(script, field, variables(victimNames));
        expect(foreign.data?.[field.name] ?? null, `${field.key} ${foreign.text}`).toBeNull();
      }
      const answer = await script.ask('query ($name: String!) { provider(name: $name) { secret { secretId } } }', {
        name: names.provider,
      });
      expect(answer.data).toEqual({ provider: { secret: null } });
    },
    120_000,
  );
});

describe('as the admin of another project', () => {
  it('has all of their own and none of anybody else’s', async () => {
    const before = await victimRows();
    for (const asker of await askers(fields, 'admin', otherProjectId)) {
      const { field } = asker;
      const { refusedTo } = caseOf(field);
      const own = await ask(asker, asker.own);
      if (!refusedTo) expect(own.codes, `${field.key} ${own.text}`).toEqual([]);
    }
    const asking = fields.filter((field) => caseOf(field).needs !== 'public' || !field.isMutation);
    for (const asker of await askers(asking, 'admin', otherProjectId, nobody)) {
      const { field } = asker;
      const { names } = caseOf(field);
      const foreign = await ask(asker, victimNames);
      if (names) expect(foreign.data?.[field.name] ?? null, `${field.key} ${foreign.text}`).toBeNull();
    }
    expect(await victimRows()).toBe(before);
  }, 300_000);
});

describe('what hangs off an object', () => {
  it.each(ROLES)('is shown to %s only as the role may read it by itself', async (role) => {
    const { caller, viewer } = await makePerson(surroundings, projectId, role);
    const { provider, secretId } = await makeThings(surroundings, { ...viewer, role: 'admin' }, 'own');
    const answer = await caller.ask('query ($name: String!) { provider(name: $name) { name secret { secretId } } }', {
      name: provider,
    });
    checks++;
    const secret = isAllowed(role, 'secret.read') ? { secretId } : null;
    expect(answer.data).toEqual({ provider: { name: provider, secret } });
  });
});

describe('inputs', () => {
  it('take no field that is not theirs, and no object where a text belongs', async () => {
    const { caller, viewer } = await makePerson(surroundings, projectId, 'admin');
    const names = await makeThings(surroundings, viewer, 'own');
    const refused = async (field: RootField, variables: Record<string, unknown>) => {
      const answer = await caller.ask(field.document, variables);
      checks++;
      expect([...new Set(answer.codes)], `${field.key} ${JSON.stringify(variables)}`).toEqual(['BAD_USER_INPUT']);
    };
    for (const field of fields) {
      const variables = structuredClone(caseOf(field).variables(names));
      for (const name of field.objects) {
        for (const extra of ['projectId', 'accountId', 'createdAt', 'isAdmin', '__proto__x', 'sealed', 'digest']) {
          const bent = structuredClone(variables);
          bent[name] = { ...(bent[name] as object), [extra]: victimProjectId };
          await refused(field, bent);
        }
      }
      for (const path of field.textPaths) {
        for (const value of [{ not: '' }, { startsWith: '' }]) await refused(field, withValue(variables, path, value));
      }
    }
  }, 120_000);
});

function withValue(variables: Record<string, unknown>, path: readonly string[], value: unknown) {
  const bent = structuredClone(variables);
  let at: Record<string, unknown> = bent;
  for (const step of path.slice(0, -1)) {
    at[step] = { ...(at[step] as object) };
    at = at[step] as Record<string, unknown>;
  }
  at[path.at(-1) ?? ''] = value;
  return bent;
}

afterAll(() => {
  process.stdout.write(`authorization: ${checks} checks over ${fields?.length ?? 0} fields\n`);
});
