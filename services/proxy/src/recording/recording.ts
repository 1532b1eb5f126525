import type { RecordingSettings } from '@weir/contracts';
import type { MemoryRoom } from '../memory-room.js';
import { Capture } from './capture.js';
import type { FinishedBody } from './finished-call.js';

/** One call that is being recorded, from its request on until it is over. */
export class Recording {
  /** null: this side is not recorded. */
  readonly request: Capture | null;
  readonly response: Capture | null;
  private hasNoRoom = false;

  constructor(
    readonly settings: RecordingSettings,
    sides: { readonly inputs: boolean; readonly outputs: boolean },
    room: MemoryRoom,
  ) {
    const capture = (): Capture => new Capture(settings.maxBodyBytes, room, () => this.loseRoom());
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
    return { request: this.request?.take() ?? 'off', response: this.response?.take() ?? 'off' };
  }

  /** Lets go of everything. */
  drop(): void {
    this.request?.drop();
    this.response?.drop();
  }

  private loseRoom(): void {
    this.hasNoRoom = true;
    this.drop();
  }
}
