import { request } from 'node:http';
import { expect, vi } from 'vitest';
import type { Answer, Caller } from '../caller.js';

export interface Report {
  readonly id: string;
  readonly state: string;
  readonly progress: number;
  readonly rows: number;
  readonly bytes: number;
  readonly downloadUrl: string | null;
  readonly fileName: string;
  readonly sha256: string | null;
  readonly asOf: string;
  readonly expiresAt: string | null;
  readonly problem: string | null;
}

const FIELDS = 'id state progress rows bytes downloadUrl fileName sha256 asOf expiresAt problem';

export function order(caller: Caller, input: Record<string, unknown>): Promise<Answer> {
  return caller.ask(`mutation ($input: CreateUsageReportInput!) { createUsageReport(input: $input) { ${FIELDS} } }`, {
    input: { interval: 'day', dimensions: ['provider'], format: 'csv', ...input },
  });
}

/** @returns the id of a report that was taken on */
export async function ordered(caller: Caller, input: Record<string, unknown>): Promise<string> {
  const answer = await order(caller, input);
  expect(answer.codes, answer.text).toEqual([]);
  const report = answer.data?.createUsageReport as Report | undefined;
  return report?.id ?? '';
}

export async function look(caller: Caller, id: string): Promise<Report> {
  const answer = await caller.ask(`query ($id: ID!) { usageReport(id: $id) { ${FIELDS} } }`, { id });
  expect(answer.codes, answer.text).toEqual([]);
  return answer.data?.usageReport as Report;
}

/** Waits until a report says what is wanted of it. */
export function until(caller: Caller, id: string, isWanted: (report: Report) => boolean): Promise<Report> {
  return vi.waitFor(
    async () => {
      const report = await look(caller, id);
      if (!isWanted(report)) throw new Error(`the report is ${JSON.stringify(report)}`);
      return report;
    },
    { timeout: 50_000, interval: 100 },
  );
}

export const ready = (caller: Caller, id: string) =>
  until(caller, id, ({ state, problem }) => {
    if (state === 'failed') throw new Error(problem ?? 'failed');
    return state === 'ready';
  });

export interface Downloaded {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What a browser or curl gets of a path. `stopAfterBytes` breaks the connection off there. */
export function download(
  origin: string,
  path: string,
  caller: Pick<Caller, 'cookie'>,
  headers: Record<string, string> = {},
  { method = 'GET', stopAfterBytes = Number.POSITIVE_INFINITY } = {},
): Promise<Downloaded> {
  const sent = { ...(caller.cookie === null ? {} : { cookie: caller.cookie }), ...headers };
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(path, origin), { method, headers: sent, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      let size = 0;
      const done = () => {
        const body = Buffer.concat(chunks);
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body });
      };
      incoming.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size < stopAfterBytes) return;
        done();
        outgoing.destroy();
      });
      incoming.on('end', done);
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

/** RFC 4180, for files without line breaks in cells. */
export function parseCsv(body: Buffer): { readonly columns: string[]; readonly rows: Record<string, string>[] } {
  const text = body.toString();
  expect(text.startsWith('\ufeff')).toBe(true);
  expect(text.endsWith('\r\n')).toBe(true);
  const [head, ...lines] = text.slice(1, -2).split('\r\n').map(cellsOf);
  const columns = head ?? [];
  return {
    columns,
    rows: lines.map((cells) => {
      expect(cells).toHaveLength(columns.length);
      return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
    }),
  };
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

/** Columns and rows of a Parquet file as ClickHouse reads it by itself from where it is downloaded. */
export async function readParquet(
  clickhouseUrl: string,
  origin: string,
  path: string,
  { cookie }: Pick<Caller, 'cookie'>,
) {
  const source = `url('${new URL(path, origin)}', 'Parquet', 'auto', headers('cookie'='${cookie}'))`;
  const ask = async (sql: string) => {
    const url = new URL('/', clickhouseUrl);
    url.search = new URLSearchParams({
      query: `${sql} FORMAT JSONEachRow`,
      schema_inference_make_columns_nullable: '0',
      output_format_json_quote_64bit_integers: '1',
      output_format_json_quote_decimals: '1',
    }).toString();
    const answer = await fetch(url, { method: 'POST' });
    const text = await answer.text();
    expect(answer.status, text).toBe(200);
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, string>);
  };
  const described = await ask(`DESCRIBE ${source}`);
  return {
    types: Object.fromEntries(described.map(({ name, type }) => [name, type])),
    rows: await ask(`SELECT * FROM ${source}`),
  };
}
