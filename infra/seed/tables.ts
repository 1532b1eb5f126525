import type { PriceBook } from '@weir/contracts';
import type { SeedModel } from './plan.js';
import { type BookFacts, BUCKETS, bookFacts, priceChanges, type RateCard, rateCards } from './rate-cards.js';
import type { Route } from './routes.js';
import { SLOTS } from './routes.js';
import type { SeedServer } from './server.js';

/** Ids that the control plane gave what is called; the console finds its names by them. */
export interface SeedScene {
  readonly projectId: string;
  /** By name. */
  readonly providerIds: Readonly<Record<string, string>>;
  readonly apps: Readonly<Record<string, { readonly id: string; readonly tokenId: string }>>;
}

const ROUTE_COLUMNS = `slot UInt32, app LowCardinality(String), app_no UInt16, app_id UUID, token_id UUID,
  environment LowCardinality(String), provider LowCardinality(String), provider_no UInt16, provider_id UUID,
  provider_type LowCardinality(String), model LowCardinality(String), kind LowCardinality(String), endpoint LowCardinality(String),
  path String, team String, cost_center String, features Array(String), agents Array(String), user_first UInt32,
  user_offset UInt32, user_count UInt32,
  input_median Float64, output_median Float64, cache_share UInt16, stream_share UInt16, first_byte_ms Float64,
  ms_per_token Float64, searches Bool`;

/** What calls may be of, by slot: read by the server while it makes events. */
export async function putRoutes(
  server: SeedServer,
  table: string,
  slots: readonly (readonly Route[])[],
  scene: SeedScene,
): Promise<void> {
  await server.command(`CREATE OR REPLACE TABLE ${table} (${ROUTE_COLUMNS}) ENGINE = Memory`);
  await server.insert(
    table,
    slots.flatMap((routes, era) =>
      routes.map((route, slot) => ({ slot: era * SLOTS + slot, ...routeRow(route, scene) })),
    ),
  );
}

function routeRow(
  { app, appNo, provider, providerNo, model, userOffset }: Route,
  scene: SeedScene,
): Record<string, unknown> {
  const known = scene.apps[app.name];
  return {
    ...{ app: app.name, app_no: appNo, app_id: known?.id, token_id: known?.tokenId, environment: app.environment },
    ...{ provider: provider.name, provider_no: providerNo, provider_id: scene.providerIds[provider.name] },
    ...{ provider_type: provider.type, model: model.name, kind: model.kind, ...ADDRESS[model.kind] },
    ...{ team: app.team, cost_center: app.costCenter, features: app.features, agents: app.agents },
    ...{ user_first: app.users.first, user_count: app.users.count, user_offset: userOffset },
    ...{ input_median: model.inputTokens, output_median: model.outputTokens },
    cache_share: { chat: 320, reasoning: 420, messages: 560, gemini: 240, embedding: 0 }[model.kind],
    stream_share: { chat: 60, reasoning: 55, messages: 75, gemini: 45, embedding: 0 }[model.kind],
    first_byte_ms: { chat: 310, reasoning: 940, messages: 620, gemini: 420, embedding: 85 }[model.kind],
    ms_per_token: provider.type === 'groq' ? 2 : 4 + (model.outputTokens % 9),
    searches: (provider.type === 'openai' && model.kind === 'reasoning') || model.kind === 'messages',
  };
}

const CHAT = { endpoint: 'chat.completions', path: '/v1/chat/completions' };
const ADDRESS: Readonly<Record<SeedModel['kind'], { readonly endpoint: string; readonly path: string }>> = {
  chat: CHAT,
  reasoning: CHAT,
  messages: { endpoint: 'messages', path: '/v1/messages' },
  gemini: { endpoint: 'generate_content', path: '/v1beta/models/generateContent' },
  embedding: { endpoint: 'embeddings', path: '/v1/embeddings' },
};

const CARD_COLUMNS = [
  'card_provider LowCardinality(String), card_model LowCardinality(String), is_priced Bool',
  ...BUCKETS.map(({ name }) => `${name}_usd Nullable(Decimal(38, 12)), ${name}_head String, ${name}_tail String`),
].join(', ');

/** Where the rate cards of a stretch of time lie, and what else its ratings have in common. */
export interface Prices {
  readonly table: string;
  readonly from: number;
  readonly to: number;
  readonly facts: BookFacts;
}

/** Rate cards for the whole of a range, one table between two changes of prices. Times are UTC epoch ms. */
export async function putPrices(
  server: SeedServer,
  name: string,
  book: PriceBook,
  projectId: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Prices[]> {
  const times = [from, ...priceChanges(book, from, to), to];
  const prices: Prices[] = [];
  for (const [index, start] of times.slice(0, -1).entries()) {
    const table = `${name}_${index}`;
    const end = times[index + 1] as number;
    await putCards(server, table, rateCards(book, projectId, start, end));
    prices.push({ table, from: start, to: end, facts: bookFacts(book, projectId, start) });
  }
  return prices;
}

async function putCards(server: SeedServer, table: string, cards: readonly RateCard[]): Promise<void> {
  await server.command(`CREATE OR REPLACE TABLE ${table} (${CARD_COLUMNS}) ENGINE = Memory`);
  await server.insert(
    table,
    cards.map(({ provider, model, isPriced, buckets }) => ({
      ...{ card_provider: provider, card_model: model, is_priced: isPriced },
      ...Object.fromEntries(
        BUCKETS.flatMap(({ name }) => [
          [`${name}_usd`, buckets[name].usdPerUnit],
          [`${name}_head`, buckets[name].head],
          [`${name}_tail`, buckets[name].tail],
        ]),
      ),
    })),
  );
}
