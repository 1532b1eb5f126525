import { bytes, plural } from '../../../../format';

export interface BodyFacts {
  readonly state: string;
  readonly reason: string | null;
  readonly contentType: string;
  readonly bytes: number | null;
  readonly keptBytes: number;
  readonly redactions: readonly { readonly rule: string; readonly count: number }[];
}

const REASONS: Readonly<Record<string, string>> = {
  not_text: 'it is no text that rules could look into',
  in_pieces: 'it came in pieces that rules could not look into',
  unreadable: 'it could not be read',
  failed: 'a rule failed',
  too_large: 'it is too large for the rules',
  truncated: 'it was cut, so that rules could not see all of it',
  session_unread: 'the session was of a protocol that cannot be recorded',
};

/** What is kept of a body, in a sentence. */
export function bodyText(facts: BodyFacts): string {
  const size = facts.bytes === null ? 'an unknown size' : bytes(facts.bytes);
  switch (facts.state) {
    case 'whole':
      return `Byte for byte, ${size}.`;
    case 'truncated':
      return `Cut at the limit: the first ${bytes(facts.keptBytes)} of ${size}.`;
    case 'redacted':
      return `Whole, ${size}, with what rules found replaced: ${foundText(facts.redactions)}.`;
    case 'assembled':
      return `Put together from a stream and cleared: ${foundText(facts.redactions)}. The stream itself was not kept.`;
    case 'withheld':
      return `Nothing is kept: ${REASONS[facts.reason ?? ''] ?? facts.reason ?? 'it could not be cleared'}.`;
    case 'off':
      return 'Not recorded: recording this side was off.';
    case 'none':
      return 'There was none.';
    default:
      return facts.state;
  }
}

const foundText = (found: BodyFacts['redactions']) =>
  found.length === 0 ? 'nothing' : found.map(({ rule, count }) => `${rule} ${plural(count, 'time')}`).join(', ');

/** Whether there is anything of it to show. */
export const isKept = ({ state }: Pick<BodyFacts, 'state'>) => !['withheld', 'off', 'none'].includes(state);
