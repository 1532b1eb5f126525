export const CODE_GUIDES = [
  'curl',
  'python',
  'typescript',
  'go',
  'java',
  'langchain-python',
  'langchain-typescript',
  'ai-sdk',
] as const;
export const CLIENT_GUIDES = ['claude-code', 'codex', 'gemini-cli', 'opencode', 'editor'] as const;
export type GuideId = (typeof CODE_GUIDES)[number] | (typeof CLIENT_GUIDES)[number];

export type Language = 'sh' | 'python' | 'typescript' | 'go' | 'java' | 'json' | 'toml' | 'yaml' | 'text';

/** One thing to type, paste or save. */
export interface Step {
  /** What to do with it, as a short heading: `Install`, `Run`, or the file it goes into. */
  readonly title: string;
  /** Where it is saved; `~` is the person's home. null: it is pasted into a terminal or a settings page. */
  readonly file: string | null;
  readonly language: Language;
  readonly code: string;
}

/** How to reach a provider with one client, ready to be copied. */
export interface Guide {
  readonly id: GuideId;
  readonly label: string;
  /** Shell line that installs what it needs; null when nothing is needed. */
  readonly install: string | null;
  /** In the order they are done. The token is read from `WEIR_TOKEN` everywhere. */
  readonly steps: readonly Step[];
  /** For clients that are set up in a form instead of a file. */
  readonly values: readonly SettingValue[];
  /** What a person should know before they start; null = nothing. */
  readonly note: string | null;
}

/** One field of a settings page, by its own label there. */
export interface SettingValue {
  readonly label: string;
  readonly value: string;
}

export interface CodeSample {
  readonly install: string | null;
  /** Lines for the shell before the program runs; null = none. */
  readonly environment?: string | null;
  readonly file: string | null;
  readonly language: Language;
  readonly code: string;
  readonly run: string | null;
}

export function codeGuide(id: GuideId, label: string, sample: CodeSample): Guide {
  const { install, environment = null, file, language, code, run } = sample;
  return {
    id,
    label,
    install,
    steps: [
      ...(environment === null ? [] : [shellStep('Environment', environment)]),
      { title: file ?? 'Run', file, language, code },
      ...(run === null ? [] : [shellStep('Run', run)]),
    ],
    values: [],
    note: null,
  };
}

export function shellStep(title: string, code: string): Step {
  return { title, file: null, language: 'sh', code };
}

export function fileStep(file: string, language: Language, code: string): Step {
  return { title: file, file, language, code };
}
