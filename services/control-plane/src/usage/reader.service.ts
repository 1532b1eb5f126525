import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { reader } from '@weir/clickhouse';
import { WeirError } from '@weir/contracts';
import { CONFIG, type Config } from '../platform/config.js';
import { InputError, Refusal } from '../platform/errors.js';

/** The figures cannot be had right now; they are not zero. */
class UsageUnavailable extends Refusal {
  constructor(cause: unknown) {
    const message = 'Usage figures cannot be read right now. Calls go on being served and recorded; try again shortly.';
    super('USAGE_UNAVAILABLE', message, {}, { cause });
  }
}

/** The one connection to ClickHouse: read-only, bounded in time and memory. */
@Injectable()
export class UsageReader implements OnModuleDestroy {
  private readonly log = new Logger(UsageReader.name);
  private readonly connection: ReturnType<typeof reader>;

  constructor(@Inject(CONFIG) config: Config) {
    this.connection = reader(config.clickhouseUrl);
  }

  /** Asks one question. @throws InputError where the question is at fault, UsageUnavailable where the store is */
  async ask<T>(question: (connection: ReturnType<typeof reader>) => Promise<T>): Promise<T> {
    try {
      return await question(this.connection);
    } catch (error) {
      throw this.explain(error);
    }
  }

  async onModuleDestroy(): Promise<void> {
    await this.connection.close();
  }

  private explain(error: unknown): unknown {
    if (!(error instanceof WeirError)) return error;
    switch (error.code) {
      case 'RANGE_INVALID':
      case 'RANGE_TOO_LONG':
        return new InputError(error.code, error.message, 'range');
      case 'QUERY_TOO_COSTLY':
        // Its message says what would make it cheap.
        return new InputError(error.code, error.message, 'range');
      case 'TIME_ZONE_UNKNOWN':
        return new InputError(error.code, 'There is no such time zone. Use a name such as Europe/Berlin.', 'timeZone');
      case 'FILTER_INVALID':
        return new InputError(error.code, error.message, 'filter');
      case 'TAG_KEY_MISSING':
        return new InputError(error.code, error.message, 'tagKey');
      case 'CURSOR_INVALID':
        return new InputError(error.code, error.message, 'after');
      case 'QUERY_LIMIT':
        return new InputError(
          error.code,
          'This takes longer than allowed. Choose a shorter range or a filter.',
          'range',
        );
      default:
        this.log.error(error.message);
        return new UsageUnavailable(error);
    }
  }
}
