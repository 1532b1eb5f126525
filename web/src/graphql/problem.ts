import type { CombinedError } from '@urql/core';

/** What a screen needs to say about a failure: what to do is derived from `code`. */
export interface Problem {
  /** Stable; `UNREACHABLE` when no answer came at all. */
  readonly code: string;
  readonly message: string;
  readonly requestId: string | null;
  /** The complaint by input field, where the refusal names one. */
  readonly fields: Readonly<Record<string, string>>;
}

export class ControlPlaneError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'ControlPlaneError';
    this.problem = problem;
  }
}

interface GraphQLFault {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

export function problemOfFault(fault: GraphQLFault, requestId: string | null): Problem {
  const extensions = fault.extensions ?? {};
  // A field of an argument `input` is named alike with and without it.
  const field = textOf(extensions.field)?.replace(/^input\./, '') ?? null;
  return {
    code: textOf(extensions.code) ?? 'INTERNAL',
    message: fault.message,
    requestId: textOf(extensions.requestId) ?? requestId,
    fields: field ? { [field]: fault.message } : {},
  };
}

export const UNREACHABLE: Problem = {
  code: 'UNREACHABLE',
  message: 'The control plane did not answer. Check that it runs and that the console can reach it.',
  requestId: null,
  fields: {},
};

export function problemOf(error: CombinedError): Problem {
  const response = error.response as Response | undefined;
  const requestId = response?.headers?.get('x-weir-request-id') ?? response?.headers?.get('x-request-id') ?? null;
  const fault = error.graphQLErrors[0];
  if (fault) return problemOfFault(fault, requestId);
  if (!response) return UNREACHABLE;
  if (response.status === 429) {
    return { code: 'RATE_LIMITED', message: 'Too many requests. Wait a moment and try again.', requestId, fields: {} };
  }
  return { ...UNREACHABLE, code: `HTTP_${response.status}`, requestId };
}

/** There was no answer of the control plane at all, only of what stands before it. */
export function isUnreached({ code }: Problem): boolean {
  return code === 'UNREACHABLE' || code.startsWith('HTTP_');
}

export function isSignedOut(problem: Problem): boolean {
  return problem.code === 'UNAUTHENTICATED';
}
