import { plural } from '../../../format';

interface Known {
  /** What somebody should look at; undefined = not known yet. */
  readonly notices: readonly { readonly severity: 'failed' | 'attention' }[] | undefined;
  /** No call was ever made: there is nothing to be well. */
  readonly isFresh: boolean;
  /** Something that health is judged by could not be asked for. */
  readonly isUnknown: boolean;
}

export interface Health {
  readonly state: 'completed' | 'attention' | 'failed' | 'untested';
  readonly label: string;
}

/** The state of the whole, in one word; null = not known yet. Without everything it is judged by there is no all-clear. */
export function healthOf({ notices, isFresh, isUnknown }: Known): Health | null {
  const failed = notices?.filter(({ severity }) => severity === 'failed').length ?? 0;
  if (failed > 0) return { state: 'failed', label: `${plural(failed, 'provider')} failing` };
  if (isUnknown) return { state: 'attention', label: 'Health is not known' };
  if (notices === undefined) return null;
  if (isFresh) return { state: 'untested', label: 'No call yet' };
  if (notices.length > 0) {
    return { state: 'attention', label: `${plural(notices.length, 'thing')} to look at` };
  }
  return { state: 'completed', label: 'All is well' };
}
