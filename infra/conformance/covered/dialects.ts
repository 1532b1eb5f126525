/** What a call speaks, for the table of coverage. */
export const COVERED_DIALECTS = [
  'chat',
  'responses',
  'messages',
  'gemini',
  'converse',
  'invoke',
  'vertex',
  'azure',
  'compatible',
  'presets',
] as const;
export type CoveredDialect = (typeof COVERED_DIALECTS)[number];

/** null = an endpoint beside those dialects, such as images, files or embeddings. */
export function dialectOf(providerType: string, path: string): CoveredDialect | null {
  if (providerType === 'vertex') return 'vertex';
  if (providerType.startsWith('azure')) return 'azure';
  if (providerType === 'bedrock') return path.includes('/converse') ? 'converse' : 'invoke';
  if (providerType === 'google') return 'gemini';
  if (providerType === 'anthropic') return path.startsWith('v1/messages') ? 'messages' : null;
  if (providerType === 'openai_compatible') return 'compatible';
  if (providerType !== 'openai') return 'presets';
  if (path.endsWith('chat/completions')) return 'chat';
  return path.endsWith('responses') ? 'responses' : null;
}
