/** One way from the generator to the upstream. */
export interface Target {
  /** `recorded` is Weir with a provider whose requests and answers are recorded. */
  readonly name: 'direct' | 'relay' | 'weir' | 'recorded';
  /** Root of the process tree whose cost is measured; null where there is nothing in between. */
  readonly pid: number | null;
  readonly origin: string;
  /** Of a chat completion. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}
