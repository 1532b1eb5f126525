import { WeirError } from '@weir/contracts';

/** What a client may learn about a refusal beside its code and message. */
export interface RefusalDetail {
  /** Path of the input the message is about, for example `baseUrl`. */
  readonly field?: string;
  readonly retryAfterSeconds?: number;
}

/** A refusal whose code and message are meant for the caller. Anything else leaves as one generic text. */
export abstract class Refusal extends WeirError {
  readonly detail: RefusalDetail;

  constructor(code: string, message: string, detail: RefusalDetail = {}, options: { cause?: unknown } = {}) {
    super(code, message, options);
    this.name = new.target.name;
    this.detail = detail;
  }
}

/** The input cannot be accepted; `field` names what to correct. */
export class InputError extends Refusal {
  constructor(code: string, message: string, field?: string) {
    super(code, message, field === undefined ? {} : { field });
  }
}

/** The object does not exist, or belongs to another project: both look the same. */
export class NotFound extends Refusal {
  constructor(message = 'There is no such object.') {
    super('NOT_FOUND', message);
  }
}

/** The state does not allow it: a duplicate name, a stale revision, something still in use. */
export class Conflict extends Refusal {
  constructor(code: string, message: string, field?: string) {
    super(code, message, field === undefined ? {} : { field });
  }
}

export class Forbidden extends Refusal {
  constructor(message = 'Your role does not allow this.') {
    super('FORBIDDEN', message);
  }
}

export class Unauthenticated extends Refusal {
  constructor(message = 'Sign in first.') {
    super('UNAUTHENTICATED', message);
  }
}

/** Too many tries; the same try may succeed later. */
export class Throttled extends Refusal {
  constructor(code: string, message: string, retryAfterSeconds: number) {
    super(code, message, { retryAfterSeconds });
  }
}
