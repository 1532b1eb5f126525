import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeRecord, RECORD, scanRecords } from './record.js';

const texts = fc.array(fc.string({ maxLength: 200 }), { minLength: 1, maxLength: 20 });
const encodeAll = (payloads: string[]) => payloads.map((text) => encodeRecord(RECORD.close, text));
const decode = (bytes: Buffer) => scanRecords(bytes).records.map((record) => record.payload.toString('utf8'));

describe('journal records', () => {
  it('come back as they were written', () => {
    fc.assert(
      fc.property(texts, (payloads) => {
        expect(decode(Buffer.concat(encodeAll(payloads)))).toEqual(payloads);
      }),
    );
  });

  it('are kept up to a torn tail, wherever it is torn', () => {
    const payloads = ['first', 'second', 'third with ü'];
    const records = encodeAll(payloads);
    const bytes = Buffer.concat(records);
    for (let length = 0; length <= bytes.length; length++) {
      const whole = records.filter((_, i) => Buffer.concat(records.slice(0, i + 1)).length <= length).length;
      const scan = scanRecords(bytes.subarray(0, length));
      expect(scan.records.map((record) => record.payload.toString())).toEqual(payloads.slice(0, whole));
      expect(scan.damaged).toEqual([]);
    }
  });

  it('lose only the record that a flipped bit is in', () => {
    const payloads = Array.from({ length: 12 }, (_, i) => `record ${i} ${'x'.repeat(i * 7)}`);
    const bytes = Buffer.concat(encodeAll(payloads));
    for (let position = 0; position < bytes.length; position++) {
      const hurt = Buffer.from(bytes);
      hurt.writeUInt8(hurt.readUInt8(position) ^ 0x10, position);
      const kept = decode(hurt);
      expect(kept.length).toBe(payloads.length - 1);
      expect(payloads.filter((text) => kept.includes(text))).toEqual(kept);
    }
  });

  it('never throw on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        scanRecords(Buffer.from(noise));
      }),
    );
  });
});
