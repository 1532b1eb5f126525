import {
  type ChainScope,
  type Joint,
  joinTurn,
  type KnownTurn,
  readReply,
  readRequest,
  turnLinks,
} from '../../src/index.js';

const SCOPE: ChainScope = { projectId: 'p', appId: 'a', user: null };

interface Placed {
  readonly conversationId: string;
  readonly joint: Joint | null;
}

/** Keeps turns as a store would, and puts each into its conversation by what it holds alone. */
export class Threads {
  constructor(
    private readonly scope: ChainScope = SCOPE,
    private readonly turns: KnownTurn[] = [],
  ) {}

  /** The same store, asked about somebody else's calls. */
  within(scope: ChainScope): Threads {
    return new Threads(scope, this.turns);
  }

  /**
   * @param answer null = none came
   * @param isAgent the call says that an agent within its session makes it
   */
  place(endpoint: string, body: unknown, answer: unknown, isAgent = false): Placed {
    return this.placeRaw(
      endpoint,
      Buffer.from(JSON.stringify(body)),
      answer === null ? null : Buffer.from(JSON.stringify(answer)),
      isAgent,
    );
  }

  private placeRaw(endpoint: string, body: Buffer, answer: Buffer | null, isAgent: boolean): Placed {
    const request = readRequest(endpoint, body);
    if (request.unreadable !== null) throw new Error(`cannot read the request: ${request.unreadable}`);
    const reply = answer === null ? null : readReply(answer);
    const links = turnLinks(this.scope, request, reply);
    const asked = [...links.keys, ...links.marks];
    const isFound = (turn: KnownTurn) =>
      [turn.requestKey, turn.afterKey, ...turn.replyKeys].some((key) => key !== null && asked.includes(key)) ||
      turn.spawnKeys.some(({ key }) => key === links.openingKey);
    const joint = joinTurn(links, this.turns.filter(isFound).toReversed(), isAgent);
    const before = this.turns.findIndex(({ turnId }) => turnId === joint?.turnId);
    if (before >= 0 && joint?.relation !== 'spawned') {
      this.turns[before] = { ...(this.turns[before] as KnownTurn), isContinued: true };
    }
    const turnId = `turn-${this.turns.length}`;
    const conversationId = joint?.conversationId ?? `conversation-of-${turnId}`;
    const { requestKey, replyKeys, persona, spawnKeys, callIds, replyCallId } = links;
    const afterKey = joint?.relation === 'spawned' ? null : (joint?.afterKey ?? null);
    const isIncomplete = reply === null || !reply.complete;
    this.turns.push({
      turnId,
      conversationId,
      requestKey,
      replyKeys: [...replyKeys, ...links.replyMarks],
      persona,
      spawnKeys,
      afterKey,
      isContinued: false,
      isIncomplete,
      callId: callIds.at(-1) ?? null,
      replyCallId,
    });
    return { conversationId, joint };
  }
}
