import 'reflect-metadata';
import type { Role } from '@weir/prisma';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from './caller.js';
import { type System, startSystem } from './system.js';

let system: System;
let projectId: string;
let people: Record<Role, Caller>;

beforeAll(async () => {
  system = await startSystem();
  projectId = await system.makeProject();
  const signIn = (role: Role) => system.signedIn(projectId, role);
  people = {
    ...{ admin: await signIn('admin'), finance: await signIn('finance') },
    ...{ engineer: await signIn('engineer'), viewer: await signIn('viewer') },
  };
}, 60_000);
afterAll(() => system?.stop());

const VIEW = '{ id name query shared mine ownerName createdAt updatedAt }';
const CREATE = `mutation ($input: SavedViewInput!) { createSavedView(input: $input) ${VIEW} }`;
const UPDATE = `mutation ($id: ID!, $input: SavedViewInput!) { updateSavedView(id: $id, input: $input) ${VIEW} }`;
const DELETE = 'mutation ($id: ID!) { deleteSavedView(id: $id) }';

interface View {
  readonly id: string;
  readonly name: string;
  readonly mine: boolean;
}

let number = 0;
async function create(caller: Caller, shared = false, name = `view ${++number}`): Promise<View> {
  const answer = await caller.ask(CREATE, { input: { name, query: 'groupBy=app&range=30d', shared } });
  expect(answer.codes, answer.text).toEqual([]);
  return answer.data?.createSavedView as View;
}

async function seen(caller: Caller): Promise<View[]> {
  return (await caller.ask(`{ savedViews ${VIEW} }`)).data?.savedViews as View[];
}

const sees = async (caller: Caller, { id }: View) => (await seen(caller)).some((view) => view.id === id);

describe('a saved view', () => {
  it.each(['admin', 'finance', 'engineer', 'viewer'] as const)('is kept by %s for themselves', async (role) => {
    const view = await create(people[role]);
    expect(view).toMatchObject({ mine: true, ownerName: role, query: 'groupBy=app&range=30d', shared: false });
    expect(await sees(people[role], view)).toBe(true);
    const input = { name: `${view.name} b`, query: 'groupBy=model', shared: false };
    const changed = await people[role].ask(UPDATE, { id: view.id, input });
    expect(changed.data?.updateSavedView).toMatchObject({ ...input, id: view.id });
    expect((await people[role].ask(DELETE, { id: view.id })).data).toEqual({ deleteSavedView: true });
    expect(await sees(people[role], view)).toBe(false);
  });

  it('is seen by nobody else, not even an admin, until it is shared', async () => {
    const view = await create(people.finance);
    for (const role of ['admin', 'engineer', 'viewer'] as const) {
      expect(await sees(people[role], view)).toBe(false);
      const input = { name: 'x', query: '', shared: true };
      expect((await people[role].ask(UPDATE, { id: view.id, input })).codes).toEqual(['NOT_FOUND']);
      expect((await people[role].ask(DELETE, { id: view.id })).codes).toEqual(['NOT_FOUND']);
    }
    expect(await sees(people.finance, view)).toBe(true);
  });

  it('is seen by the whole project once shared, and changed only by its owner or an admin', async () => {
    const view = await create(people.finance, true);
    const input = { name: `${view.name} c`, query: 'x=1', shared: true };
    for (const role of ['engineer', 'viewer'] as const) {
      const found = (await seen(people[role])).find(({ id }) => id === view.id);
      expect(found).toMatchObject({ mine: false, ownerName: 'finance' });
      expect((await people[role].ask(UPDATE, { id: view.id, input })).codes).toEqual(['FORBIDDEN']);
      expect((await people[role].ask(DELETE, { id: view.id })).codes).toEqual(['FORBIDDEN']);
    }
    const changed = await people.admin.ask(UPDATE, { id: view.id, input });
    expect(changed.data?.updateSavedView).toMatchObject({ ...input, mine: false, ownerName: 'finance' });
    expect((await people.admin.ask(DELETE, { id: view.id })).codes).toEqual([]);
    expect(await sees(people.finance, view)).toBe(false);
  });

  it('is not shared by a viewer, neither at first nor later', async () => {
    const own = await create(people.viewer);
    const input = { name: `${own.name} d`, query: '', shared: true };
    expect((await people.viewer.ask(CREATE, { input })).codes).toEqual(['FORBIDDEN']);
    expect((await people.viewer.ask(UPDATE, { id: own.id, input })).codes).toEqual(['FORBIDDEN']);
  });

  it('is unknown in another project, shared or not', async () => {
    const view = await create(people.admin, true);
    const stranger = await system.signedIn(await system.makeProject(), 'admin');
    expect(await seen(stranger)).toEqual([]);
    const input = { name: 'x', query: '', shared: false };
    expect((await stranger.ask(UPDATE, { id: view.id, input })).codes).toEqual(['NOT_FOUND']);
    expect((await stranger.ask(DELETE, { id: view.id })).codes).toEqual(['NOT_FOUND']);
    expect(await sees(people.admin, view)).toBe(true);
  });

  it('has a name of its own among those of its owner, also when saved twice at once', async () => {
    const input = { name: 'twice', query: '', shared: false };
    const answers = await Promise.all(Array.from({ length: 5 }, () => people.engineer.ask(CREATE, { input })));
    expect(answers.filter(({ codes }) => codes.length === 0)).toHaveLength(1);
    expect(answers.flatMap(({ codes }) => codes)).toEqual(Array(4).fill('NAME_TAKEN'));
    expect((await people.finance.ask(CREATE, { input })).codes).toEqual([]);
    const other = await create(people.engineer);
    expect((await people.engineer.ask(UPDATE, { id: other.id, input })).codes).toEqual(['NAME_TAKEN']);
  });

  it.each([
    ['NAME_INVALID', 'input.name', { name: '  ', query: '' }],
    ['NAME_INVALID', 'input.name', { name: 'x'.repeat(101), query: '' }],
    ['NAME_INVALID', 'input.name', { name: 'two\nlines', query: '' }],
    ['QUERY_TOO_LONG', 'input.query', { name: 'long', query: 'x'.repeat(4_097) }],
    ['QUERY_INVALID', 'input.query', { name: 'mark', query: '?a=b' }],
    ['QUERY_INVALID', 'input.query', { name: 'fragment', query: 'a=b#c' }],
    ['QUERY_INVALID', 'input.query', { name: 'tag', query: 'a=<script>' }],
    ['QUERY_INVALID', 'input.query', { name: 'space', query: 'a=b c' }],
    ['QUERY_INVALID', 'input.query', { name: 'text', query: 'a=ü' }],
    ['QUERY_INVALID', 'input.query', { name: 'broken', query: 'a=%E0%A4%A' }],
  ])('is refused with %s on %s', async (code, field, input) => {
    const answer = await people.admin.ask(CREATE, { input: { ...input, shared: false } });
    expect(answer.codes).toEqual([code]);
    expect(answer.errors[0]?.extensions.field).toBe(field);
  });

  it('keeps what an address may hold', async () => {
    const query = "groupBy=model&models=gpt-4o,o3|mini&tags=team:%C3%BC%20x&range=[a]&x=y?z;~!$'()*+@/";
    const answer = await people.admin.ask(CREATE, { input: { name: 'all', query, shared: false } });
    expect(answer.data?.createSavedView).toMatchObject({ query });
  });
});
