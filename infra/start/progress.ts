/** A line per step with the time it took; on a terminal the step under way is shown too. */
export class Progress {
  readonly #isTerminal = process.stdout.isTTY === true;

  constructor() {
    // Whoever read the output may be gone (`npm start | head`); that is no reason to fall over.
    process.stdout.on('error', () => undefined);
  }

  async step<T>(title: string, work: () => Promise<T>): Promise<T> {
    const beganAt = performance.now();
    if (this.#isTerminal) process.stdout.write(`  ${title} ...`);
    try {
      const value = await work();
      this.#finish('✓', title, beganAt);
      return value;
    } catch (error) {
      this.#finish('✗', title, beganAt);
      throw error;
    }
  }

  say(line: string): void {
    process.stdout.write(`${line}\n`);
  }

  #finish(mark: string, title: string, beganAt: number): void {
    const seconds = ((performance.now() - beganAt) / 1000).toFixed(1);
    process.stdout.write(`${this.#isTerminal ? '\r\u001b[K' : ''}${mark} ${title} (${seconds} s)\n`);
  }
}
