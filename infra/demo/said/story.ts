/** A tool that the agent of a story may call. */
export interface Tool {
  readonly name: string;
  readonly does: string;
  readonly parameters: readonly string[];
}

/** What a model says, or how its upstream fails. */
export interface Answer {
  readonly thinks?: string;
  readonly says?: string;
  readonly calls?: readonly ToolCall[];
  readonly fails?: { readonly status: number; readonly type: string; readonly message: string };
}

export interface ToolCall {
  readonly name: string;
  readonly input: Readonly<Record<string, string | number>>;
  readonly result: string;
  readonly isError?: boolean;
  /** How long the tool takes, ms. */
  readonly takesMs?: number;
  /** An agent that does its work, in a session of its own. */
  readonly agent?: { readonly id: string; readonly system: string; readonly turns: readonly Turn[] };
}

/** One question and its answer. A turn without a question brings what the tools of the one before it answered. */
export interface Turn {
  readonly asks?: string;
  readonly answer: Answer;
  /** Since the end of the turn before, ms. */
  readonly afterMs?: number;
  /** The same request once more, after a failure. */
  readonly isRepeat?: boolean;
  /** Leaves the story at the end of this many turns. */
  readonly goesOnFrom?: number;
}

/** A conversation as an app has it with one model. */
export interface Story {
  readonly app: string;
  readonly user: string;
  readonly agent: string | null;
  readonly provider: string;
  readonly model: string;
  readonly streamed: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** What the app calls it by, or the session of a coding client; null = it is told by its words alone. */
  readonly named: { readonly header: string; readonly id: string } | null;
  readonly system: string;
  readonly tools: readonly Tool[];
  readonly beginsAt: number;
  readonly turns: readonly Turn[];
}
