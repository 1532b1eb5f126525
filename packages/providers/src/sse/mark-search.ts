/** A byte sequence that an event worth parsing holds. */
export interface Mark {
  readonly bytes: Buffer;
  /** The sequence is a member's name, and only counts where its value is not `null`. */
  readonly isKey: boolean;
}

export const keyMark = (name: string): Mark => ({ bytes: Buffer.from(`"${name}"`), isKey: true });
export const textMark = (text: string): Mark => ({ bytes: Buffer.from(text), isKey: false });

/** Finds marks in the events of a chunk; each byte of the chunk is searched once per mark, however many events it holds. */
export class MarkSearch {
  private readonly nextAt: number[];
  private chunk: Buffer = Buffer.alloc(0);

  constructor(private readonly marks: readonly Mark[]) {
    this.nextAt = marks.map(() => -1);
  }

  begin(chunk: Buffer): void {
    this.chunk = chunk;
    this.nextAt.fill(-1);
  }

  /** Whether the event at `[from, to)` of the chunk holds a mark. Events are asked about in their order. */
  isIn(from: number, to: number): boolean {
    for (let m = 0; m < this.marks.length; m++) {
      const mark = this.marks[m] as Mark;
      let at = this.nextAt[m] as number;
      if (at < from) at = this.search(m, from);
      while (at < to) {
        if (!mark.isKey || hasValue(this.chunk, at + mark.bytes.length, to)) return true;
        at = this.search(m, at + mark.bytes.length);
      }
    }
    return false;
  }

  private search(m: number, from: number): number {
    const at = this.chunk.indexOf((this.marks[m] as Mark).bytes, from);
    const next = at < 0 ? Number.POSITIVE_INFINITY : at;
    this.nextAt[m] = next;
    return next;
  }
}

function hasValue(bytes: Buffer, from: number, to: number): boolean {
  let i = from;
  while (i < to && (bytes[i] as number) <= 0x20) i++;
  if (bytes[i] !== 0x3a) return false;
  i++;
  while (i < to && (bytes[i] as number) <= 0x20) i++;
  return i < to && bytes[i] !== 0x6e;
}
