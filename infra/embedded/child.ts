import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { LogFile } from './log-file.js';
import { signalGroup } from './process-id.js';

/** One process to run: how it is started, how one sees that it serves, how it is stopped. */
export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment; nothing is inherited. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Open files that the process gets as descriptors 3, 4, ... */
  readonly descriptors?: readonly number[];
  /** Run again before each start, also after a crash. */
  readonly prepare?: () => Promise<void> | void;
  readonly isReady: () => Promise<boolean>;
  readonly readyTimeoutMs: number;
  readonly stopSignal: NodeJS.Signals;
  /** Time to end by itself before it is killed. */
  readonly stopGraceMs: number;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export function describeExit({ code, signal }: Exit): string {
  return signal ? `ended by ${signal}` : `exit code ${code ?? 'unknown'}`;
}

/** A started process, leader of its own group, so that a Ctrl-C in the terminal reaches the supervisor alone. */
export class Child {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Everything it and its children printed is in the log. */
  readonly drained: Promise<void>;
  readonly #spec: ProcessSpec;
  #running = true;

  constructor(spec: ProcessSpec, log: LogFile) {
    this.#spec = spec;
    const child: ChildProcess = spawn(spec.command, [...spec.args], {
      env: spec.env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', ...(spec.descriptors ?? [])],
      ...(spec.cwd !== undefined && { cwd: spec.cwd }),
      ...(spec.uid !== undefined && { uid: spec.uid }),
      ...(spec.gid !== undefined && { gid: spec.gid }),
    });
    this.pid = child.pid ?? 0;
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream as Readable }).on('line', (line) => log.line(line));
    }
    this.drained = new Promise((resolve) => {
      child.once('close', () => resolve());
    });
    this.exited = new Promise((resolve) => {
      child.once('error', (error) => {
        log.line(`cannot be started: ${error.message}`);
        this.#running = false;
        resolve({ code: null, signal: null });
      });
      child.once('exit', (code, signal) => {
        this.#running = false;
        resolve({ code, signal });
      });
    });
  }

  get running(): boolean {
    return this.#running;
  }

  signal(signal: NodeJS.Signals): void {
    if (this.#running && this.pid > 0) signalGroup(this.pid, signal);
  }

  /** Kills what is left of the group after its leader ended: a cluster's workers, a database's backends. */
  sweep(): void {
    if (this.pid > 0) signalGroup(this.pid, 'SIGKILL');
  }

  /** Asks the process to end and kills its group when it has not within the grace. */
  async stop(): Promise<Exit> {
    if (!this.#running) return this.exited;
    this.#signalLeader();
    const killer = setTimeout(() => this.signal('SIGKILL'), this.#spec.stopGraceMs);
    const exit = await this.exited;
    clearTimeout(killer);
    return exit;
  }

  /** Only the leader: it knows how to stop its own workers, and drains them first. */
  #signalLeader(): void {
    if (this.pid > 0) {
      try {
        process.kill(this.pid, this.#spec.stopSignal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }
}
