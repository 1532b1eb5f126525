import { MemberPaths, MemberScanner } from '../json/member-scanner.js';

const PATHS = new MemberPaths(['type']);

/** Answers that an app asked for by `response.create` and the upstream has neither begun nor turned down. */
export class AskedAnswers {
  count = 0;
  private readonly members = new MemberScanner(PATHS);

  /** The next bytes of a message of the app. */
  push(bytes: Buffer): void {
    this.members.push(bytes);
  }

  /** That message is whole. */
  end(): void {
    if (this.members.value('type') === 'response.create') this.count++;
    this.members.reset();
  }

  /** One of them has begun, or was turned down; an upstream may also begin what nobody asked for. */
  settle(): void {
    this.count = Math.max(0, this.count - 1);
  }
}
