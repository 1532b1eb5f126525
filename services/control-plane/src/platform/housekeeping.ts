import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';

type Chore = () => PromiseLike<unknown>;

const EVERY_MS = 3_600_000;

/** Hourly removal of rows that mean nothing any more. Several replicas may do it at once. */
@Injectable()
export class Housekeeping implements OnModuleDestroy {
  readonly #logger = new Logger(Housekeeping.name);
  readonly #chores = new Map<string, Chore>();
  readonly #timer = setInterval(() => void this.run(), EVERY_MS).unref();

  /** `chore` is safe to repeat. */
  add(name: string, chore: Chore): void {
    this.#chores.set(name, chore);
  }

  async run(): Promise<void> {
    for (const [name, chore] of this.#chores) {
      try {
        await chore();
      } catch (error) {
        // The next hour tries again; rows that stay an hour longer do no harm.
        this.#logger.warn(`${name} was not tidied up: ${error instanceof Error ? error.name : 'unknown'}`);
      }
    }
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }
}
