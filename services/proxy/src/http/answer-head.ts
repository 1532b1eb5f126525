import type { ResponseHead } from '@weir/providers';
import type { ResponseHeaders } from './headers.js';

/** AWS event streams, and Google's JSON arrays, which only the endpoint's name tells from a whole answer. */
export function isOtherStream(contentType: string, endpoint: string, status: number): boolean {
  const isStream = /vnd\.amazon\.eventstream|x-ndjson|stream\+json/i.test(contentType);
  return isStream || (status < 300 && endpoint.includes('stream'));
}

export class AnswerHead implements ResponseHead {
  constructor(
    readonly status: number,
    readonly contentType: string,
    private readonly headers: ResponseHeaders,
  ) {}

  header(name: string): string | null {
    const value = this.headers[name];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  }
}
