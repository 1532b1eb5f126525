import { ConsoleLogger } from '@nestjs/common';

/** Nest's own account of how it wires itself up; nobody operates by it. */
const WIRING: ReadonlySet<unknown> = new Set(['NestFactory', 'InstanceLoader', 'GraphQLModule', 'NestApplication']);

/** Nest logs whatever a resolver throws, refusals and drivers' messages included; `error-mask.ts` logs what matters. */
const THROWN = 'ExceptionsHandler';

/** One JSON object a line, so that control characters in a value cannot forge another line. */
export class ServiceLogger extends ConsoleLogger {
  constructor() {
    super({ json: true, colors: false, logLevels: ['fatal', 'error', 'warn', 'log'] });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (!WIRING.has(rest.at(-1))) super.log(message, ...rest);
  }

  override error(message: unknown, ...rest: unknown[]): void {
    if (rest.at(-1) !== THROWN) super.error(message, ...rest);
  }
}
