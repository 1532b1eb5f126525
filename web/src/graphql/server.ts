import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';
import { cookies, headers } from 'next/headers';
import { config } from '../config';
import { ControlPlaneError, problemOfFault, UNREACHABLE } from './problem';

const TIMEOUT_MS = 10_000;

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
}

/** Asks the control plane as the visitor whose request is being rendered. @throws ControlPlaneError */
export async function ask<Result, Variables>(
  document: TadaDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await post(JSON.stringify({ query: print(document), variables }));
  const requestId = response.headers.get('x-weir-request-id') ?? response.headers.get('x-request-id');
  const answer = (await response.json().catch(() => null)) as Answer<Result> | null;
  const fault = answer?.errors?.[0];
  if (fault) throw new ControlPlaneError(problemOfFault(fault, requestId));
  if (!answer?.data) throw new ControlPlaneError({ ...UNREACHABLE, code: `HTTP_${response.status}`, requestId });
  return answer.data;
}

async function post(body: string): Promise<Response> {
  const [jar, incoming] = await Promise.all([cookies(), headers()]);
  try {
    return await fetch(new URL('/graphql', config.controlUrl), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-requested-by': 'weir-console',
        'x-forwarded-for': incoming.get('x-forwarded-for') ?? '',
        cookie: jar.toString(),
      },
      body,
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch (cause) {
    throw Object.assign(new ControlPlaneError(UNREACHABLE), { cause });
  }
}
