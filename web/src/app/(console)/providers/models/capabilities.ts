const LABELS: Readonly<Record<string, string>> = {
  chat: 'Chat',
  tools: 'Tools',
  reasoning: 'Reasoning',
  vision: 'Vision',
  embeddings: 'Embeddings',
  audio: 'Audio',
  json: 'JSON',
  images: 'Images',
};

export function capabilityLabel(capability: string): string {
  return LABELS[capability] ?? `${capability.charAt(0).toUpperCase()}${capability.slice(1).replaceAll('_', ' ')}`;
}

/** Worth filtering by: what some models of the list can do and others cannot. */
export function tellingCapabilities(models: readonly { readonly capabilities: readonly string[] }[]): string[] {
  const counts = new Map<string, number>();
  for (const { capabilities } of models) {
    for (const capability of capabilities) counts.set(capability, (counts.get(capability) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, times]) => times < models.length)
    .map(([capability]) => capability)
    .sort();
}
