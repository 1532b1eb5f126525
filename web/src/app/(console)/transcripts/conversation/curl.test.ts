import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { curlOf } from './curl';

test.each(['{"a":1}', "it's", "'; rm -rf / #", '$(id) `id` "x" \\ \n new line', "'''", ''])(
  'a shell gives curl the body %j as it was',
  (body) => {
    const text = curlOf({ proxyUrl: 'http://localhost/llm/v1/providers/a', path: 'v1/chat', contentType: 'a/b', body });
    const printed = execFileSync(
      '/bin/sh',
      ['-c', `curl() { for one in "$@"; do printf '%s\\0' "$one"; done; }\n${text}`],
      {
        env: { NODE_ENV: 'test', WEIR_TOKEN: 'weir_x' },
      },
    ).toString();
    expect(printed.split('\0').slice(0, -1)).toEqual([
      'http://localhost/llm/v1/providers/a/v1/chat',
      ...['-H', 'x-weir-authorization: Bearer weir_x', '-H', 'content-type: a/b', '--data-raw', body],
    ]);
  },
);
