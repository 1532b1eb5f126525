import type { ProviderType } from '@weir/contracts';
import type { CapabilityRow } from '../capabilities/capability.js';
import type { UsageConvention } from '../openai/usage-convention.js';
import type { ProviderTypeDefinition } from '../provider-type.js';

/** What sets a hosted API that speaks OpenAI's dialect apart from OpenAI itself. */
export interface Preset {
  readonly type: ProviderType;
  readonly label: string;
  readonly summary: string;
  readonly baseUrl: string;
  /** Joins the base URL's own path with a call's. */
  readonly upstreamPath: ProviderTypeDefinition['upstreamPath'];
  readonly suggestedSecretId: string;
  /** Where the person gets the key. */
  readonly keyHelp: string;
  /**
   * Whether a stream states usage only for those who ask with `stream_options.include_usage`. `unasked`: it always
   * does, or the field is refused; such requests are left as they are.
   */
  readonly streamUsage: 'asked' | 'unasked';
  readonly requestIdHeader: string;
  /** Where it counts what; absent = as OpenAI, or told from its own totals. */
  readonly usage?: UsageConvention;
  /** Answers `…/messages` in Anthropic's dialect too. */
  readonly speaksMessages?: boolean;
  /** What it does in a way of its own. */
  readonly own?: Partial<ProviderTypeDefinition>;
  readonly capabilities: CapabilityRow;
}
