import type { Booked, BookedSums, RatingRow } from '@weir/clickhouse';
import {
  DIFFERENCE_KEYS,
  type DifferenceLine,
  formatUsd,
  type PicoUsd,
  parseUsd,
  type RestatementDifference,
} from '@weir/contracts';
import { z } from 'zod';

type Charged = Pick<RatingRow, 'provider' | 'model' | 'total' | 'lines'>;

const lines = z.array(z.looseObject({ bucket: z.string(), amount: z.string().nullable() }));

interface Sum {
  events: number;
  before: PicoUsd;
  after: PicoUsd;
}

/** Sums by key: the first `DIFFERENCE_KEYS` by name, the rest together, so that memory stays bounded. */
class Split {
  private readonly named = new Map<string, Sum>();
  private readonly rest: Sum = { events: 0, before: 0n, after: 0n };

  constructor(from: readonly DifferenceLine[]) {
    for (const { key, other, events, before, after } of from) {
      Object.assign(other ? this.rest : this.of(key), { events, before: parseUsd(before), after: parseUsd(after) });
    }
  }

  /** Amounts of one event by key. */
  add(before: ReadonlyMap<string, PicoUsd>, after: ReadonlyMap<string, PicoUsd>): void {
    const touched = new Set<Sum>();
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const sum = this.of(key);
      sum.before += before.get(key) ?? 0n;
      sum.after += after.get(key) ?? 0n;
      touched.add(sum);
    }
    for (const sum of touched) sum.events++;
  }

  /** Largest difference first, the rest last. */
  get lines(): DifferenceLine[] {
    const named = bySize([...this.named].map(([key, sum]) => lineOf(key, sum, false)));
    return this.rest.events > 0 ? [...named, lineOf('', this.rest, true)] : named;
  }

  private of(name: string): Sum {
    const key = storable(name);
    const known = this.named.get(key);
    if (known) return known;
    if (this.named.size >= DIFFERENCE_KEYS) return this.rest;
    const sum: Sum = { events: 0, before: 0n, after: 0n };
    this.named.set(key, sum);
    return sum;
  }
}

/** What has been found so far; goes on from where another worker stopped. */
export class Tally {
  seen: number;
  restatedSince: number;
  private changed: number;
  private newlyPriced: number;
  private newlyUnpriced: number;
  private before: PicoUsd;
  private after: PicoUsd;
  private readonly byProvider: Split;
  private readonly byModel: Split;
  private readonly byBucket: Split;

  constructor(from: RestatementDifference | null) {
    this.seen = from?.eventsSeen ?? 0;
    this.restatedSince = from?.restatedSince ?? 0;
    this.changed = from?.eventsChanged ?? 0;
    this.newlyPriced = from?.newlyPriced ?? 0;
    this.newlyUnpriced = from?.newlyUnpriced ?? 0;
    this.before = parseUsd(from?.before ?? '0');
    this.after = parseUsd(from?.after ?? '0');
    this.byProvider = new Split(from?.byProvider ?? []);
    this.byModel = new Split(from?.byModel ?? []);
    this.byBucket = new Split(from?.byBucket ?? []);
  }

  change(before: Charged, after: Charged): void {
    const [was, is] = [parseUsd(before.total ?? '0'), parseUsd(after.total ?? '0')];
    this.changed++;
    if (before.total === null && after.total !== null) this.newlyPriced++;
    if (before.total !== null && after.total === null) this.newlyUnpriced++;
    this.before += was;
    this.after += is;
    this.byProvider.add(new Map([[before.provider, was]]), new Map([[after.provider, is]]));
    this.byModel.add(new Map([[before.model, was]]), new Map([[after.model, is]]));
    this.byBucket.add(bucketsOf(before), bucketsOf(after));
  }

  get difference(): RestatementDifference {
    return {
      eventsSeen: this.seen,
      eventsChanged: this.changed,
      newlyPriced: this.newlyPriced,
      newlyUnpriced: this.newlyUnpriced,
      restatedSince: this.restatedSince,
      before: formatUsd(this.before),
      after: formatUsd(this.after),
      difference: formatUsd(this.after - this.before),
      byProvider: this.byProvider.lines,
      byModel: this.byModel.lines,
      byBucket: this.byBucket.lines,
    };
  }

  /** The same with changes as they are in the ledger, whoever put them there. */
  asBooked(booked: Booked): RestatementDifference {
    const { before, after, eventsChanged, newlyPriced, newlyUnpriced } = booked;
    const difference = formatUsd(parseUsd(after) - parseUsd(before));
    const all = { events: eventsChanged, before: parseUsd(before), after: parseUsd(after) };
    return {
      ...{ eventsSeen: this.seen, eventsChanged, newlyPriced, newlyUnpriced, restatedSince: this.restatedSince },
      ...{ before, after, difference },
      byProvider: withRest(booked.byProvider, all),
      byModel: withRest(booked.byModel, all),
      byBucket: bySize(booked.byBucket.map((sum) => bookedLine(sum))),
    };
  }
}

function bucketsOf({ total, lines: text }: Charged): Map<string, PicoUsd> {
  const amounts = new Map<string, PicoUsd>();
  // What lines of an unpriced call would cost is charged to nobody.
  if (total === null) return amounts;
  for (const { bucket, amount } of lines.parse(JSON.parse(text))) {
    amounts.set(bucket, (amounts.get(bucket) ?? 0n) + parseUsd(amount ?? '0'));
  }
  return amounts;
}

/** An event has one provider and one model, so what is not named is what is left. */
function withRest(named: readonly BookedSums[], all: Sum): DifferenceLine[] {
  const rest = named.reduce<Sum>(
    (left, { events, before, after }) => ({
      events: left.events - events,
      before: left.before - parseUsd(before),
      after: left.after - parseUsd(after),
    }),
    all,
  );
  const lines = bySize(named.map((sum) => bookedLine(sum)));
  return rest.events > 0 ? [...lines, lineOf('', rest, true)] : lines;
}

function bookedLine({ key, events, before, after }: BookedSums): DifferenceLine {
  return lineOf(storable(key), { events, before: parseUsd(before), after: parseUsd(after) }, false);
}

/** Apps name models as they like; PostgreSQL keeps no text with a zero byte, and would refuse the whole report. */
function storable(key: string): string {
  return key.replaceAll('\0', '\ufffd');
}

function lineOf(key: string, { events, before, after }: Sum, other: boolean): DifferenceLine {
  return {
    ...{ key, other, events, before: formatUsd(before), after: formatUsd(after) },
    difference: formatUsd(after - before),
  };
}

/** Largest difference first, those of one size by name. */
function bySize(lines: readonly DifferenceLine[]): DifferenceLine[] {
  return lines.toSorted((a, b) => compare(magnitude(b), magnitude(a)) || (a.key < b.key ? -1 : 1));
}

function magnitude({ difference }: DifferenceLine): PicoUsd {
  const amount = parseUsd(difference);
  return amount < 0n ? -amount : amount;
}

function compare(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
