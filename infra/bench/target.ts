/** One way from the generator to the upstream. */
export interface Target {
  /**
   * `recorded` is Weir with a provider whose requests and answers are recorded, `traced` a proxy of it that tells a
   * collector of its calls.
   */
  readonly name: 'direct' | 'relay' | 'weir' | 'recorded' | 'traced';
  /** Root of the process tree whose cost is measured; null where there is nothing in between. */
  readonly pid: number | null;
  readonly origin: string;
  /** Of a chat completion. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}
