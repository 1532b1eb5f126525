/** Why a figure is not what the upstream stated; null when it is. */
export function estimateReason(usageSource: string): string | null {
  if (usageSource === 'estimated') return 'the upstream stated no usage; counted from what was sent and received';
  if (usageSource === 'partial') return 'the call ended before the upstream had stated all of its usage';
  return null;
}

/** Why a call rated free was not billed at all; null when it is free by its rates. */
export function notBilledReason({ outcome, usageSource }: { outcome: string; usageSource: string }): string | null {
  if (outcome === 'refused') return 'Refused before anything was sent to the upstream';
  if (usageSource !== 'none') return null;
  return outcome === 'completed'
    ? 'The upstream bills nothing for this endpoint'
    : 'The upstream bills nothing for a call that ended like this';
}

const USAGE_SOURCES: Record<string, string> = {
  reported: 'stated by the upstream',
  partial: 'stated in part',
  estimated: 'estimated',
  none: 'not stated',
};
export const usageSourceText = (source: string): string => USAGE_SOURCES[source] ?? source;

const ALTERATIONS: Record<string, string> = {
  credential_replaced: 'The app’s token was replaced by the upstream key',
  usage_requested: 'The stream was asked to report its usage',
  usage_chunk_removed: 'The usage chunk the app had not asked for was taken out again',
  compression_declined: 'The session was opened without compression of its messages, so that its usage can be read',
  trace_context_replaced: 'The upstream was told of the gateway’s own span in place of the app’s',
};
export const alterationText = (alteration: string): string => ALTERATIONS[alteration] ?? alteration;
