export interface ToastRequest {
  readonly title: string;
  readonly description?: string | undefined;
  readonly type: 'done' | 'failed';
  /** 0 = stays until dismissed. */
  readonly timeout?: number;
  readonly priority?: 'high';
}

type Deliver = (request: ToastRequest) => void;

const waiting: ToastRequest[] = [];
const watchers = new Set<() => void>();
let deliver: Deliver | null = null;
let wasAsked = false;

/** Shows it, as soon as there is something that shows it. */
export function enqueue(request: ToastRequest): void {
  if (deliver) {
    deliver(request);
    return;
  }
  waiting.push(request);
  wasAsked = true;
  for (const notify of watchers) notify();
}

/** Hands over what waits and all that comes. @returns the way to stop */
export function deliverTo(next: Deliver): () => void {
  deliver = next;
  for (const request of waiting.splice(0)) next(request);
  return () => {
    if (deliver === next) deliver = null;
  };
}

export function watchAsked(notify: () => void): () => void {
  watchers.add(notify);
  return () => watchers.delete(notify);
}

export const wasEverAsked = () => wasAsked;
