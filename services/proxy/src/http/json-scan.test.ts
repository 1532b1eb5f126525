import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from './json-scan.js';

const scan = (text: string) => scanJson(Buffer.from(text));

describe('the scan of JSON text', () => {
  it('sees every top-level key that some parser takes for the model', () => {
    expect(scan('{"model":"a"}').modelKeys).toEqual(['model']);
    expect(scan('{"a":{"model":1},"model":"a","b":[{"model":2}],"model":"b"}').modelKeys).toEqual(['model', 'model']);
    expect(scan('{"mod\\u0065l":"a","Model":"b"}').modelKeys).toEqual(['model', 'Model']);
    expect(scan('{ "x" : "model" , "models" : [] }').modelKeys).toEqual(['models']);
    expect(scan('{"x":"\\"model\\":1","y":"a\\\\","model":"b"}').modelKeys).toEqual(['model']);
  });

  it('is not led astray by strings, however long they are and whatever they hold', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.string().map((text) => `\\"{[,:${text}`.repeat(30)),
          ),
        ),
        (values) => {
          const text = JSON.stringify({ before: values, model: 'm', after: { values } });
          expect(scan(text)).toEqual({ tooDeep: false, modelKeys: ['model'] });
        },
      ),
    );
  });

  it('stops at the hundredth level', () => {
    expect(scan(`${'['.repeat(100)}${']'.repeat(100)}`).tooDeep).toBe(false);
    expect(scan('['.repeat(101)).tooDeep).toBe(true);
    expect(scan('{"a":'.repeat(1_000_000)).tooDeep).toBe(true);
  });

  it('survives text that is no JSON', () => {
    for (const text of ['', '{', '"', '{"', '{"model', '{"model\\', '}}}}', '\\', '{"model"', ',,,:"']) {
      expect(() => scan(text)).not.toThrow();
      // Memory of its own: a step past the end throws, where a pooled buffer would hold a neighbour's bytes.
      expect(() => scanJson(Uint8Array.from(Buffer.from(text)))).not.toThrow();
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void scanJson(bytes)));
  });
});
