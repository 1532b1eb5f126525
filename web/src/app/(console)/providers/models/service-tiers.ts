/** What an override can be for; null = every tier. In the words of the providers. */
export const SERVICE_TIERS = ['default', 'flex', 'priority', 'batch', 'scale'] as const;

const LABELS: Readonly<Record<string, string>> = {
  default: 'Default tier',
  flex: 'Flex',
  priority: 'Priority',
  batch: 'Batch',
  scale: 'Scale',
};

export function tierLabel(tier: string | null): string {
  return tier === null ? 'Every tier' : (LABELS[tier] ?? tier);
}
