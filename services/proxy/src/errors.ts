import { type RefusalCode, WeirError } from '@weir/contracts';

/** A call the proxy turns down itself. `message` is for the person who made it: what is wrong, then what to do. */
export class Refusal extends WeirError {
  declare readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string, cause?: unknown) {
    super(code, message, { cause });
    this.name = 'Refusal';
  }
}

/** The process cannot start as configured; `message` names every fault. */
export class ConfigError extends WeirError {
  constructor(faults: readonly string[]) {
    super('CONFIG_INVALID', `the proxy cannot start:\n- ${faults.join('\n- ')}`);
  }
}
