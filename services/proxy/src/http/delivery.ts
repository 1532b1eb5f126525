import type { UsageReading } from '@weir/providers';

/** What a client has of a streamed answer by the time it leaves. */
export class Delivery {
  /** Writes that the client's connection has not taken. What waited when it was closed is told of in no other way. */
  private untaken = 0;
  private isWhole = false;
  /** What was counted when the client left; null: nothing more can come. */
  private counted: string | null = null;

  /** For each write. */
  readonly onTaken = (error?: Error | null): void => {
    if (!error) this.untaken--;
  };

  /** One more write, which calls `onTaken`. */
  begin(): (error?: Error | null) => void {
    this.untaken++;
    return this.onTaken;
  }

  /**
   * The client has left.
   * @param reading of what had come by then
   * @param hasBegun something of it was generated: of an answer that has not, or that is no stream, no end is known
   * @param isEnded the upstream had ended it
   */
  leave(reading: UsageReading | null, hasBegun: boolean, isEnded: boolean): void {
    if (reading === null || this.untaken > 0) return;
    this.isWhole = isEnded || reading.errorCode !== null || (reading.finished && hasBegun);
    this.counted = isEnded ? null : countedIn(reading);
  }

  /**
   * Whether the client had all of it when it left. An upstream that counts more afterwards had not said its last word:
   * some mark the end of each of several answers.
   */
  isAllOf(reading: UsageReading | null): boolean {
    return this.isWhole && reading !== null && (this.counted === null || this.counted === countedIn(reading));
  }
}

const countedIn = ({ meters, otherMeters }: UsageReading): string => JSON.stringify([meters, otherMeters]);
