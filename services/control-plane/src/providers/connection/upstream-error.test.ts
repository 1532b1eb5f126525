import { expect, test } from 'vitest';
import { upstreamErrorOf } from './upstream-error.js';

test.each([
  ['{"error":{"message":"Incorrect API key","type":"invalid_request_error"}}', 'Incorrect API key'],
  ['{"type":"error","error":{"type":"not_found_error","message":"model: x"}}', 'model: x'],
  ['{"error":"model not found"}', 'model not found'],
  ['{"detail":[{"msg":"field required"}]}', 'field required'],
  ['{"object":"error","message":"bad"}', 'bad'],
  ['plain\n\ntext\u0000 with\tgaps', 'plain text with gaps'],
  ['{"cut":', '{"cut":'],
  ['', null],
  ['  \n', null],
])('%j says %j', (body, expected) => {
  expect(upstreamErrorOf(body, false)).toBe(expected);
});

test('of a web page only the title is quoted', () => {
  expect(upstreamErrorOf('<html><head><title>502 Bad\nGateway</title></head><body>x</body></html>', true)).toBe(
    '502 Bad Gateway',
  );
  expect(upstreamErrorOf('<html><script>alert(1)</script></html>', true)).toBeNull();
});

test('is shortened', () => {
  expect(upstreamErrorOf('x'.repeat(5000), false)).toHaveLength(400);
});
