import { execFile } from 'node:child_process';

/** Runs what a page shows, letter by letter, as if it had been pasted into a terminal. @returns what it printed */
export function paste(lines: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('/bin/sh', ['-ec', lines], { timeout: 30_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${error.message}\n${stderr}`));
      else resolve(stdout);
    });
  });
}
