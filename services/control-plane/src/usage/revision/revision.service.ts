import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { usageRevision } from '@weir/clickhouse';
import type { Viewer } from '../../platform/viewer.js';
import { UsageReader } from '../reader.service.js';

/** However many pages are open, a project is looked at this often. */
const FRESH_MS = 1_000;
const MAX_PROJECTS = 1_000;

interface Look {
  readonly at: number;
  readonly revision: Promise<string>;
}

@Injectable()
export class RevisionService {
  readonly #looks = new Map<string, Look>();

  constructor(private readonly reader: UsageReader) {}

  /** Another text once events or ratings of the project have been stored. @throws UsageUnavailable */
  of({ projectId }: Viewer): Promise<string> {
    const now = Date.now();
    const known = this.#looks.get(projectId);
    if (known && now - known.at < FRESH_MS) return known.revision;
    const revision = this.reader.ask((reader) => usageRevision(reader, projectId)).then(digest);
    this.#looks.delete(projectId);
    this.#looks.set(projectId, { at: now, revision });
    const [oldest] = this.#looks.keys();
    if (this.#looks.size > MAX_PROJECTS && oldest !== undefined) this.#looks.delete(oldest);
    return revision;
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);
