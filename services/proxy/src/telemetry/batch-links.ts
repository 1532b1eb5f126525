import type { SpanPlace } from '@weir/telemetry';
import type { CallTrace } from './call-trace.js';

/** Remembered at the least; twice as many at the most. */
const REMEMBERED = 2_048;
const MAX_LINKS = 8;
/** Every event begins with its format and its id; inside a text a quote would be escaped. */
const EVENT_ID = '"eventId":"';
const ID_LENGTH = 36;

/** Which spans the first few events of a batch belong to. What is forgotten, or was made before a restart, has no link. */
export class BatchLinks {
  private places = new Map<string, SpanPlace>();
  /** Forgotten as a whole: a map that loses its first entry with each new one walks over all that it lost. */
  private former = new Map<string, SpanPlace>();

  note(eventId: string, { traceId, serverSpanId }: CallTrace): void {
    if (this.places.size >= REMEMBERED) {
      this.former = this.places;
      this.places = new Map();
    }
    this.places.set(eventId, { traceId, spanId: serverSpanId });
  }

  /** @param body events as a JSON array */
  of(body: string): SpanPlace[] {
    const links: SpanPlace[] = [];
    let at = 0;
    for (let looked = 0; looked < MAX_LINKS; looked++) {
      const found = body.indexOf(EVENT_ID, at);
      if (found < 0) break;
      at = found + EVENT_ID.length + ID_LENGTH;
      const eventId = body.slice(found + EVENT_ID.length, at);
      const place = this.places.get(eventId) ?? this.former.get(eventId);
      if (place !== undefined) links.push(place);
    }
    return links;
  }
}
