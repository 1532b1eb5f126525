import { MemberPaths, MemberScanner } from '../json/member-scanner.js';

/** What one message of an app says about models. */
export interface NamedModels {
  readonly models: readonly string[];
  /** Something stands where a model's name belongs that is none, or is too long to be one. */
  readonly isUnreadable: boolean;
  /** It runs a model, and has to name it. */
  readonly isDue: boolean;
}

const NAME_MAX_BYTES = 1_024;
const NULL = 'null';

/**
 * Reads which models the messages of an app choose, while their bytes pass by. Every occurrence of a key counts, in
 * whatever case, since parsers differ in which one they take.
 */
export class ModelNames {
  private readonly members: MemberScanner;

  /**
   * @param paths where messages of the protocol name a model
   * @param isDue whether a message has to name one; given the values of `type`, as text
   */
  constructor(
    private readonly paths: readonly string[],
    private readonly isDue: (types: readonly unknown[]) => boolean,
  ) {
    this.members = new MemberScanner(new MemberPaths([...paths, 'type'], 'every'), NAME_MAX_BYTES);
  }

  push(bytes: Buffer): void {
    this.members.push(bytes);
  }

  /** The message is whole. */
  end(): NamedModels {
    const texts = this.paths.flatMap((path) => this.members.texts(path)).filter((text) => text !== NULL);
    const values = texts.map((text) => (text === null ? undefined : parsed(text)));
    const models = values.filter((value) => typeof value === 'string');
    const isDue = models.length === 0 && this.isDue(this.members.values('type'));
    this.members.reset();
    return { models, isUnreadable: models.length < values.length, isDue };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No JSON, so no name.
    return undefined;
  }
}
