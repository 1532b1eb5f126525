import type { ModelNames } from '@weir/providers';
import { checkModel } from '../access/authorize.js';
import { Refusal } from '../errors.js';
import type { ServedProvider } from '../snapshot/snapshot.js';

/** Holds the messages of an app to the models its provider exposes. */
export class ModelGuard {
  constructor(
    private readonly names: ModelNames,
    private readonly provider: () => ServedProvider,
  ) {}

  push(bytes: Buffer): void {
    this.names.push(bytes);
  }

  /** The message is whole. Returns why it must not go on, or null. */
  end(): Refusal | null {
    const { models, isUnreadable, isDue } = this.names.end();
    const provider = this.provider();
    if (provider.models === null) return null;
    if (isUnreadable)
      return new Refusal('request_invalid', 'A message of the session names its model in no readable way.');
    if (models.length === 0 && !isDue) return null;
    try {
      checkModel(provider, null, models, false);
      return null;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }
}
