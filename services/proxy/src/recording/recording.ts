import type { RecordingSettings } from '@weir/contracts';
import type { MemoryRoom } from '../memory-room.js';
import { Capture } from './capture.js';
import type { FinishedBody } from './finished-call.js';

/** One call that is being recorded, from its request on until it is over. */
export class Recording {
  /** null: this side is not recorded. */
  readonly request: Capture | null;
  readonly response: Capture | null;
  /** Of the session it is a turn of, as the upstream names it. */
  sessionId: string | null = null;
  /** What passed could not be read: that it did is all that is told. */
  isUnread = false;
  private hasNoRoom = false;

  constructor(
    readonly settings: RecordingSettings,
    sides: { readonly inputs: boolean; readonly outputs: boolean },
    room: MemoryRoom,
  ) {
    const capture = (): Capture => new Capture(settings.maxBodyBytes, room, () => this.lose());
    this.request = sides.inputs ? capture() : null;
    this.response = sides.outputs ? capture() : null;
  }

  /** There was no memory for all of it; half a call is not recorded. */
  get isLost(): boolean {
    return this.hasNoRoom;
  }

  get heldBytes(): number {
    return (this.request?.held ?? 0) + (this.response?.held ?? 0);
  }

  take(): { readonly request: FinishedBody; readonly response: FinishedBody } {
    const taken = (side: Capture | null): FinishedBody =>
      side === null ? 'off' : this.isUnread ? 'unread' : side.take();
    return { request: taken(this.request), response: taken(this.response) };
  }

  /** Lets go of everything. */
  drop(): void {
    this.request?.drop();
    this.response?.drop();
  }

  /** There is no memory for all of it. */
  lose(): void {
    this.hasNoRoom = true;
    this.drop();
  }
}
