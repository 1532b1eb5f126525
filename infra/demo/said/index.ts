import type { Scene } from '../scene.js';
import { codingAgent, longErrand } from './stories/coding-agent.js';
import { errands } from './stories/errands.js';
import { failedAgent } from './stories/failed-agent.js';
import { lateOrder, secondThoughts, translation } from './stories/support.js';
import { type ToldCall, tell } from './tell.js';

export { sendSaid } from './send.js';

/** What was said in the days up to `untilMs`, in the order in which the calls ended. The same scene and moment give the same. */
export function said(scene: Scene, untilMs: number): ToldCall[] {
  const stories = [
    ...[codingAgent, longErrand, failedAgent, lateOrder, secondThoughts, translation].map((story) => story(untilMs)),
    ...errands(untilMs),
  ];
  const endedAt = ({ event }: ToldCall) => event.startedAt + (event.durationMs ?? 0);
  return stories.flatMap((story, at) => tell(scene, story, at + 1)).sort((a, b) => endedAt(a) - endedAt(b));
}
