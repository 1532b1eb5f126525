import { execFile } from 'node:child_process';

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  /** The whole environment: nothing of the test's own leaks into what is tested. */
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 120_000;
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

/** Runs lines of a shell with nothing on standard input. Never rejects: how it ended is in `code`, -1 when it was stopped. */
export function shell(lines: string, { cwd, env, timeoutMs = TIMEOUT_MS }: CommandOptions): Promise<Said> {
  return new Promise((resolve) => {
    const options = { cwd, env, timeout: timeoutMs, maxBuffer: MAX_OUTPUT_BYTES };
    const child = execFile('/bin/sh', ['-ec', lines], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ code, stdout, stderr });
    });
    child.stdin?.end();
  });
}
