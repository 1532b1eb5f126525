import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const service = z.object({
  image: z.string().optional(),
  build: z.object({ context: z.string(), dockerfile: z.string(), target: z.string() }).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  command: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  user: z.string().optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()),
});
const compose = z
  .object({
    services: z.record(z.string(), service),
    networks: z.record(z.string(), z.unknown()),
    volumes: z.record(z.string(), z.unknown()),
  })
  .parse(parse(read('docker-compose.yml'), { merge: true }));

const all = Object.entries(compose.services);
const ours = all.filter(([, { build }]) => build);
const theirs = all.filter(([, { image }]) => image);
const dockerfile = read('infra/docker/Dockerfile');
const OUR_PROCESSES = ['control-plane', 'migrate', 'proxy', 'usage-worker', 'web'];

test('every process of ours and every server it needs is there', () => {
  expect(ours.map(([name]) => name).sort()).toEqual(OUR_PROCESSES);
  expect(theirs.map(([name]) => name).sort()).toEqual(['clickhouse', 'postgres', 'redis']);
});

test('every image is pinned to a version', () => {
  const images = [...theirs.map(([, { image = '' }]) => image), /NODE_IMAGE=(\S+)/.exec(dockerfile)?.[1] ?? ''];
  for (const image of images) expect(image).toMatch(/^[a-z/-]+:\d+\.\d+\.\d+|^[a-z/-]+:\d+\.\d+(-|$)/);
  for (const [, base] of dockerfile.matchAll(/^FROM (\S+)/gm)) {
    expect(['$' + '{NODE_IMAGE}', 'dependencies', 'runtime']).toContain(base);
  }
});

test.each(ours)('%s is built from a target and from paths that exist', (_, { build }) => {
  expect(existsSync(join(root, build?.context ?? '', build?.dockerfile ?? ''))).toBe(true);
  expect(dockerfile).toContain(` AS ${build?.target}\n`);
});

test('the build copies only what is in the checkout, or what an earlier stage made', () => {
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, from = '']) => from.split(' '));
  expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  const built = [...dockerfile.matchAll(/^COPY --from=build \/app\/(\S+)/gm)].map(([, path = '']) => path);
  const sources = built.map((path) => path.replace(/\/(dist|\.next\/standalone)$/, ''));
  expect(sources.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('the entry of each image is the compiled file of a source that exists', () => {
  const entries = [...dockerfile.matchAll(/^CMD .*"([^"]+)"\]$/gm)].map(([, path = '']) => path);
  expect(entries).toHaveLength(OUR_PROCESSES.length);
  const source = (path: string) =>
    path === 'web/server.js'
      ? 'web/next.config.ts'
      : path
          .replace(/\.js$/, '.ts')
          .replace(/^services\/([^/]+)\/dist/, 'services/$1/src')
          .replace(/^infra\/dist/, 'infra');
  expect(entries.map(source).filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test.each(ours)('%s is given only variables that the architecture documents', (_, { environment }) => {
  const documented = read('docs/architecture.md');
  expect(Object.keys(environment).filter((name) => !documented.includes(`\`${name}\``))).toEqual([]);
});

test('no credential has a default: a missing one stops the start', () => {
  for (const [name, { environment, command }] of all) {
    const values = [...Object.entries(environment).map(([key, value]) => `${key}=${value}`), ...command];
    for (const value of values.filter((text) => /PASSWORD|TOKEN|_KEY|:\/\/|AUTH/.test(text))) {
      const wanted = [...value.matchAll(/\$\{(\w*(?:PASSWORD|TOKEN|KEY))([^}]*)\}/g)];
      // The first admin's account may be left out; then the set-up link makes it.
      const optional = wanted.filter(([, variable]) => variable !== 'WEIR_ADMIN_PASSWORD');
      for (const [, variable, rest = ''] of optional)
        expect([name, variable, rest]).toEqual([name, variable, expect.stringMatching(/^:\?/)]);
      const plain = value.replace(/\$\{[^}]*\}/g, '');
      expect([name, plain]).not.toEqual([name, expect.stringMatching(/:\/\/[^/]*:[^/@]+@|(PASSWORD|TOKEN|_KEY)=.+/)]);
    }
  }
});

test.each(ours)('%s runs as an ordinary user on a read-only file system with no privileges', (_, spec) => {
  expect(spec).toMatchObject({
    user: 'node',
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
  });
});

test.each(all.filter(([name]) => name !== 'migrate'))('%s says whether it serves', (_, { healthcheck }) => {
  expect(healthcheck?.test.length).toBeGreaterThan(1);
});

test('nothing starts before what it needs serves, and only after the migrations', () => {
  for (const [name, { depends_on }] of all) {
    for (const [needed, { condition }] of Object.entries(depends_on)) {
      expect(compose.services[needed], `${name} needs ${needed}`).toBeDefined();
      expect(condition).toBe(needed === 'migrate' ? 'service_completed_successfully' : 'service_healthy');
    }
  }
  expect(compose.services['control-plane']?.depends_on).toHaveProperty('migrate');
});

test('the proxy and the console can reach no database, and only they are published, to this machine', () => {
  const networksOf = (name: string) => compose.services[name]?.networks ?? [];
  const stores = [...networksOf('postgres'), ...networksOf('clickhouse')];
  expect(networksOf('proxy').filter((network) => stores.includes(network))).toEqual([]);
  expect(networksOf('web').filter((network) => [...stores, ...networksOf('redis')].includes(network))).toEqual([]);
  const published = all.filter(([, { ports }]) => ports.length > 0);
  expect(published.map(([name, { ports }]) => [name, ports])).toEqual([
    ['proxy', ['127.0.0.1:8080:8080']],
    ['web', ['127.0.0.1:3000:3000']],
  ]);
  for (const [, { networks }] of all) for (const network of networks) expect(compose.networks).toHaveProperty(network);
});

test('what must survive a container is on a volume', () => {
  const mounts = Object.fromEntries(all.map(([name, { volumes }]) => [name, volumes]));
  expect(mounts).toMatchObject({
    proxy: ['proxy:/var/lib/weir'],
    'usage-worker': ['worker:/var/lib/weir'],
    postgres: ['postgres:/var/lib/postgresql'],
    redis: ['redis:/data'],
  });
  const named = all.flatMap(([, { volumes }]) => volumes).filter((volume) => !volume.startsWith('.'));
  for (const volume of named) expect(compose.volumes).toHaveProperty(volume.split(':')[0] as string);
  const files = all.flatMap(([, { volumes }]) => volumes).filter((volume) => volume.startsWith('.'));
  for (const file of files) expect(existsSync(join(root, file.split(':')[0] as string))).toBe(true);
});
