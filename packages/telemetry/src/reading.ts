export type Env = Readonly<Record<string, string | undefined>>;

/** Reads variables and gathers what is wrong with them; an empty one counts as not set, as the standard has it. */
export class Reading {
  readonly faults: string[] = [];

  constructor(private readonly env: Env) {}

  text(name: string): string | null {
    return this.env[name]?.trim() || null;
  }

  flag(name: string): boolean {
    const text = this.text(name)?.toLowerCase() ?? 'false';
    if (text !== 'true' && text !== 'false') this.faults.push(`${name} must be true or false, not ${shown(text)}`);
    return text === 'true';
  }

  whole(name: string, fallback: number, min: number, max: number): number {
    const text = this.text(name);
    const value = Number(text ?? fallback);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    this.faults.push(`${name} must be a whole number from ${min} to ${max}, not ${shown(text)}`);
    return fallback;
  }

  oneOf<T extends string>(names: readonly string[], allowed: readonly T[], fallback: T, why = ''): T {
    const name = names.find((each) => this.text(each) !== null);
    if (name === undefined) return fallback;
    const text = this.text(name) as string;
    if (allowed.includes(text as T)) return text as T;
    this.faults.push(`${name} must be one of ${allowed.join(', ')}, not ${shown(text)}${why}`);
    return fallback;
  }

  /** `key=value,key=value`, values percent-encoded. A fault tells no value: headers hold credentials. */
  pairs(name: string): Record<string, string> {
    const pairs: Record<string, string> = {};
    for (const entry of (this.text(name) ?? '').split(',')) {
      if (entry.trim() === '') continue;
      const equals = entry.indexOf('=');
      const key = entry.slice(0, Math.max(equals, 0)).trim();
      const value = decoded(entry.slice(equals + 1).trim());
      if (key === '' || value === null) {
        this.faults.push(`${name} must be key=value pairs with commas between them, percent-encoded`);
        return {};
      }
      pairs[key] = value;
    }
    return pairs;
  }
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    // No valid escapes; the caller says which variable has them.
    return null;
  }
}

function shown(text: string | null): string {
  return JSON.stringify((text ?? '').slice(0, 64));
}
