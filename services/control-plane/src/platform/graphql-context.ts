import DataLoader from 'dataloader';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Unauthenticated } from './errors.js';
import type { Viewer } from './viewer.js';

/** DataLoaders of one request, made when first asked for. */
export class RequestLoaders {
  readonly #byName = new Map<string, unknown>();

  /** @param name unique for the pair of key and value type; the first caller's `load` serves the whole request. */
  of<Key, Value>(name: string, load: DataLoader.BatchLoadFn<Key, Value>): DataLoader<Key, Value> {
    const known = this.#byName.get(name);
    if (known) return known as DataLoader<Key, Value>;
    const made = new DataLoader<Key, Value>(load, { maxBatchSize: 500 });
    this.#byName.set(name, made);
    return made;
  }
}

export interface GraphqlContext {
  readonly req: FastifyRequest;
  readonly reply: FastifyReply;
  /** null: nobody is signed in. */
  readonly viewer: Viewer | null;
  /** Why the credential that came is worth nothing; null: none came, or it is fine. */
  readonly refusal: Unauthenticated | null;
  readonly loaders: RequestLoaders;
}
