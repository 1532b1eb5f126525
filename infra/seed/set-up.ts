import { APPS, PROVIDERS } from './plan.js';
import type { SeedScene } from './tables.js';

/** Speaks GraphQL to the control plane as an admin does. */
export interface Admin {
  ask<T>(query: string, variables?: Record<string, unknown>): Promise<T>;
}

interface Known {
  readonly viewer: { readonly project: { readonly id: string } };
  readonly providers: { readonly nodes: readonly { readonly id: string; readonly name: string }[] };
  readonly apps: readonly {
    readonly id: string;
    readonly name: string;
    readonly tokens: readonly { readonly id: string }[];
  }[];
}

const KNOWN = `{
  viewer { project { id } }
  providers(first: 100) { nodes { id name } }
  apps { id name tokens { id } }
}`;
const SECRET = { secretId: 'USAGE_SEED_KEY', secretValue: 'made-up usage needs no key' };

/** Makes through the console's own door the providers and apps that are not there yet. @returns what they are called */
export async function setUp(admin: Admin): Promise<SeedScene> {
  const known = await admin.ask<Known>(KNOWN);
  const providerIds: Record<string, string> = {};
  for (const { name, displayName, type } of PROVIDERS) {
    const existing = known.providers.nodes.find((provider) => provider.name === name);
    const baseUrl = type === 'openai_compatible' ? { baseUrl: 'https://models.example.com/v1' } : {};
    providerIds[name] =
      existing?.id ??
      (
        await admin.ask<{ createProvider: { id: string } }>(
          'mutation ($input: CreateProviderInput!) { createProvider(input: $input) { id } }',
          { input: { name, displayName, type, ...SECRET, ...baseUrl } },
        )
      ).createProvider.id;
  }
  const apps: Record<string, { id: string; tokenId: string }> = {};
  for (const { name, environment } of APPS) {
    const existing = known.apps.find((app) => app.name === name);
    const id = existing?.id ?? (await createApp(admin, name, environment));
    apps[name] = { id, tokenId: existing?.tokens[0]?.id ?? (await createToken(admin, id)) };
  }
  return { projectId: known.viewer.project.id, providerIds, apps };
}

/** Deletes the providers that are gone by the end of the story; their calls stay. */
export async function deleteGone(admin: Admin): Promise<void> {
  for (const { name } of PROVIDERS.filter(({ isDeleted }) => isDeleted)) {
    await admin.ask('mutation ($name: String!) { deleteProvider(name: $name, confirmName: $name) }', { name });
  }
}

async function createApp(admin: Admin, name: string, environment: string): Promise<string> {
  const { createApp: app } = await admin.ask<{ createApp: { id: string } }>(
    'mutation ($input: CreateAppInput!) { createApp(input: $input) { id } }',
    { input: { name, environment } },
  );
  return app.id;
}

async function createToken(admin: Admin, appId: string): Promise<string> {
  const { createToken: created } = await admin.ask<{ createToken: { token: { id: string } } }>(
    'mutation ($input: CreateTokenInput!) { createToken(input: $input) { token { id } } }',
    { input: { appId, name: 'usage-seed' } },
  );
  return created.token.id;
}
