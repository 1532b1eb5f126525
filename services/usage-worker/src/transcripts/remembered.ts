/** A bounded map: what was not used for longest is forgotten first. */
export class Remembered {
  private readonly entries = new Map<string, string>();

  constructor(private readonly max: number) {}

  get(key: string): string | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: string, value: string): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.max) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }

  clear(): void {
    this.entries.clear();
  }
}
