import type { BucketRates, CatalogEntry } from '@weir/contracts';
import { z } from 'zod';
import { exactDecimal } from './decimal.js';
import { type Listing, type ListSource, provenanceOf, UNSTATED } from './listing.js';

const usd = z.number();
const card = { input: usd, output: usd, cacheRead: usd, cacheWrite: usd };
const listed = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  type: z.string().nullish(),
  reasoning: z.boolean().nullish(),
  input: z.array(z.string()).nullish(),
  cost: z.object({ ...card, tiers: z.array(z.object({ ...card, inputTokensAbove: z.number().int() })).nullish() }),
  contextWindow: z.number().int().positive().nullish(),
  maxTokens: z.number().int().positive().nullish(),
});
type Listed = z.infer<typeof listed>;
/** API dialect -> key -> model. */
const file = z.record(z.string(), z.record(z.string(), listed));

/**
 * Its name of a vendor -> ours and the vendor's price page. Left out: plans with a flat fee, whose prices are no rates,
 * and images, which it prices by the token of a chat model.
 */
export const PI_AI_VENDORS: Readonly<Record<string, { vendor: string; url: string | null }>> = {
  'amazon-bedrock': { vendor: 'aws', url: 'https://aws.amazon.com/bedrock/pricing/' },
  anthropic: { vendor: 'anthropic', url: 'https://platform.claude.com/docs/en/about-claude/pricing' },
  azure: {
    vendor: 'azure',
    url: 'https://azure.microsoft.com/en-us/pricing/details/cognitive-services/openai-service/',
  },
  baseten: { vendor: 'baseten', url: 'https://www.baseten.co/pricing/' },
  cerebras: { vendor: 'cerebras', url: 'https://www.cerebras.ai/pricing' },
  'cloudflare-ai-gateway': { vendor: 'cloudflare-ai-gateway', url: null },
  'cloudflare-workers-ai': {
    vendor: 'cloudflare',
    url: 'https://developers.cloudflare.com/workers-ai/platform/pricing/',
  },
  deepseek: { vendor: 'deepseek', url: 'https://api-docs.deepseek.com/quick_start/pricing' },
  fireworks: { vendor: 'fireworks', url: 'https://fireworks.ai/pricing' },
  google: { vendor: 'google', url: 'https://ai.google.dev/gemini-api/docs/pricing' },
  groq: { vendor: 'groq', url: 'https://groq.com/pricing' },
  huggingface: { vendor: 'huggingface', url: 'https://huggingface.co/docs/inference-providers/pricing' },
  meta: { vendor: 'meta', url: null },
  minimax: { vendor: 'minimax', url: null },
  mistral: { vendor: 'mistral', url: 'https://mistral.ai/pricing' },
  moonshotai: { vendor: 'moonshotai', url: 'https://platform.moonshot.ai/docs/pricing' },
  openai: { vendor: 'openai', url: 'https://developers.openai.com/api/docs/pricing' },
  opencode: { vendor: 'opencode', url: 'https://opencode.ai/docs/zen/' },
  openrouter: { vendor: 'openrouter', url: 'https://openrouter.ai/models' },
  together: { vendor: 'together', url: 'https://www.together.ai/pricing' },
  'vercel-ai-gateway': { vendor: 'vercel-ai-gateway', url: 'https://vercel.com/ai-gateway/models' },
  xai: { vendor: 'x-ai', url: 'https://docs.x.ai/docs/models' },
  xiaomi: { vendor: 'xiaomi', url: null },
  zai: { vendor: 'zai', url: null },
};

/**
 * The list of @earendil-works/pi-ai, made from models.dev.
 * @param files its data files by its name of the vendor, as parsed JSON
 * @throws ZodError for a file of another shape
 */
export function importPiAi(files: ReadonlyMap<string, unknown>, source: ListSource): Listing {
  const refused: string[] = [];
  const entries = [...files].flatMap(([name, content]) => {
    const known = PI_AI_VENDORS[name];
    if (!known) return [];
    const models = Object.values(file.parse(content)).flatMap((byKey) => Object.values(byKey));
    return models.flatMap((model): CatalogEntry[] => {
      if ((model.type ?? 'chat') !== 'chat') return [];
      try {
        return toEntry(model, known.vendor, provenanceOf(source, known.url));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        refused.push(`${known.vendor} ${model.id}: ${error.message}`);
        return [];
      }
    });
  });
  return { source, entries, refused };
}

function toEntry(model: Listed, vendor: string, provenance: CatalogEntry['provenance']): CatalogEntry[] {
  const { input, output } = model.cost;
  // Its 0 means `free` as well as `not known`, so a model with nothing else is not taken over as free.
  if (input <= 0 || output <= 0) return [];
  return [
    {
      ...UNSTATED,
      vendor,
      model: model.id,
      displayName: model.name ?? null,
      contextTokens: model.contextWindow ?? null,
      maxOutputTokens: model.maxTokens ?? null,
      // It lists chat models that can call tools, and no others.
      capabilities: [
        'chat',
        'tools',
        ...(model.input?.includes('image') ? ['vision'] : []),
        ...(model.reasoning ? ['reasoning'] : []),
      ],
      rates: ratesOf(model.cost),
      provenance,
    },
  ];
}

function ratesOf(cost: Listed['cost']): BucketRates {
  const steps = [{ ...cost, inputTokensAbove: 0 }, ...(cost.tiers ?? [])];
  const of = (key: keyof typeof card) => {
    const priced = steps.filter((step) => step[key] > 0);
    // A bucket that lacks a base rate, or the rate of one tier, is not known as a whole.
    if (priced.length !== steps.length) return null;
    return priced.map((step) => ({ above: step.inputTokensAbove, usdPerMillion: exactDecimal(step[key]) }));
  };
  const [input, output] = [of('input'), of('output')];
  if (!input || !output) throw new RangeError('a tier without a price');
  const [cached, written] = [of('cacheRead'), of('cacheWrite')];
  return {
    input,
    output,
    ...(cached ? { cached_input: cached } : {}),
    ...(written ? { cache_write_5m: written, cache_write_unknown: written } : {}),
  };
}
