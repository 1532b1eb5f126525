import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Child, describeExit, type ProcessSpec } from './child.js';
import { Guard } from './guard.js';
import type { Home } from './home.js';
import { LogFile } from './log-file.js';
import { type ProcessId, processId } from './process-id.js';

const READY_POLL_MS = 50;
const BACKOFF_FIRST_MS = 500;
const BACKOFF_MAX_MS = 30_000;
/** A process that served this long starts again at the shortest wait. */
const HEALTHY_AFTER_MS = 60_000;

export class ProcessFailed extends Error {
  readonly code = 'PROCESS_FAILED';
}

interface Member {
  readonly spec: ProcessSpec;
  readonly log: LogFile;
  child: Child;
  startedAtMs: number;
  restarts: number;
}

/** Runs processes in order, starts a crashed one again, and stops them in the reverse order. */
export class Supervisor {
  readonly #home: Home;
  readonly #say: (line: string) => void;
  readonly #backoffMaxMs: number;
  readonly #guard = new Guard();
  readonly #members: Member[] = [];
  readonly #stopping = new AbortController();
  #stopped: Promise<void> | undefined;

  /** @param backoffMaxMs longest wait before a crashed process is started again */
  constructor(home: Home, say: (line: string) => void, backoffMaxMs = BACKOFF_MAX_MS) {
    this.#home = home;
    this.#say = say;
    this.#backoffMaxMs = backoffMaxMs;
  }

  /** Resolves when the process serves. @throws ProcessFailed with the end of its log when it does not within its time. */
  async start(spec: ProcessSpec): Promise<void> {
    if (this.#stopping.signal.aborted) throw new ProcessFailed(`${spec.name}: start was interrupted`);
    const log = new LogFile(this.#home.logs, spec.name);
    await spec.prepare?.();
    const child = this.#spawn(spec, log);
    const member: Member = { spec, log, child, startedAtMs: Date.now(), restarts: 0 };
    this.#members.push(member);
    this.#record();
    await this.#untilReady(member);
    void this.#keep(member);
  }

  /** Process ids by name, for tests that kill one. */
  pidOf(name: string): number {
    const member = this.#members.find(({ spec }) => spec.name === name);
    if (!member) throw new ProcessFailed(`${name} was never started`);
    return member.child.pid;
  }

  /** Resolves when the named process serves (again). */
  async ready(name: string): Promise<void> {
    const member = this.#members.find(({ spec }) => spec.name === name);
    if (!member) throw new ProcessFailed(`${name} was never started`);
    const deadline = Date.now() + member.spec.readyTimeoutMs;
    while (!(await member.spec.isReady())) {
      if (Date.now() > deadline) throw new ProcessFailed(`${name} did not come back`);
      await delay(READY_POLL_MS);
    }
  }

  /** Stops the named process for good and takes it off the list. */
  async stop(name: string): Promise<void> {
    const index = this.#members.findIndex(({ spec }) => spec.name === name);
    const [member] = index < 0 ? [] : this.#members.splice(index, 1);
    if (member) await this.#end(member);
  }

  /** Safe to call again. */
  stopAll(): Promise<void> {
    this.#stopped ??= this.#stopInOrder();
    return this.#stopped;
  }

  async #stopInOrder(): Promise<void> {
    this.#stopping.abort();
    for (const member of this.#members.toReversed()) await this.#end(member);
    this.#guard.close();
    rmSync(this.#recordFile, { force: true });
  }

  /** Kills everything at once; for the second Ctrl-C. */
  killAll(): void {
    this.#stopping.abort();
    for (const { child } of this.#members) child.signal('SIGKILL');
  }

  get #recordFile(): string {
    return join(this.#home.root, 'run.json');
  }

  #spawn(spec: ProcessSpec, log: LogFile): Child {
    const child = new Child(spec, log);
    this.#guard.watch(child.pid, spec.stopSignal);
    return child;
  }

  async #untilReady(member: Member): Promise<void> {
    const { spec, child, log } = member;
    const deadline = Date.now() + spec.readyTimeoutMs;
    while (!(await spec.isReady())) {
      if (this.#stopping.signal.aborted) throw new ProcessFailed(`${spec.name}: start was interrupted`);
      if (!child.running || Date.now() > deadline) {
        const reason = child.running
          ? `not ready after ${Math.round(spec.readyTimeoutMs / 1000)} s`
          : describeExit(await child.exited);
        if (!child.running) await this.#drain(child);
        throw new ProcessFailed(`${spec.name} did not start (${reason}). ${tailOf(log)}`);
      }
      await delay(READY_POLL_MS);
    }
  }

  async #keep(member: Member): Promise<void> {
    const { spec, log } = member;
    for (;;) {
      const exit = await member.child.exited;
      this.#guard.forget(member.child.pid);
      if (this.#stopping.signal.aborted || !this.#members.includes(member)) return;
      if (Date.now() - member.startedAtMs > HEALTHY_AFTER_MS) member.restarts = 0;
      const waitMs = Math.min(BACKOFF_FIRST_MS * 2 ** member.restarts, this.#backoffMaxMs);
      member.restarts += 1;
      await this.#drain(member.child);
      this.#say(
        `${spec.name} stopped (${describeExit(exit)}); starting it again in ${waitMs / 1000} s. ${tailOf(log, 3)}`,
      );
      await delay(waitMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#stopping.signal.aborted || !this.#members.includes(member)) return;
      await spec.prepare?.();
      member.child = this.#spawn(spec, log);
      member.startedAtMs = Date.now();
      this.#record();
    }
  }

  /** Ends what an ended process left of its group, which also closes its output. */
  async #drain(child: Child): Promise<void> {
    child.sweep();
    await child.drained;
  }

  async #end(member: Member): Promise<void> {
    const { spec, child, log } = member;
    const exit = await child.stop();
    await this.#drain(child);
    this.#guard.forget(child.pid);
    if (exit.signal === 'SIGKILL' && spec.stopSignal !== 'SIGKILL') {
      this.#say(`${spec.name} did not stop within ${spec.stopGraceMs / 1000} s and was killed`);
    }
    log.close();
  }

  /** Lets the next start find what this one left behind, should even the guardian be killed. */
  #record(): void {
    const processes: Record<string, ProcessId> = {};
    for (const { spec, child } of this.#members) processes[spec.name] = processId(child.pid);
    writeFileSync(this.#recordFile, `${JSON.stringify({ processes }, null, 2)}\n`, { mode: 0o600 });
  }
}

function tailOf(log: LogFile, lines = 20): string {
  const tail = log.tail().slice(-lines);
  return `Its log (${log.path}) ends with:\n${tail.map((line) => `    ${line}`).join('\n') || '    (nothing)'}`;
}
