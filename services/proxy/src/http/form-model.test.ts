import { expect, it } from 'vitest';
import { FormModel } from './form-model.js';

const TYPE = 'multipart/form-data; boundary=----weir7';
const part = (head: string, body: string) => `------weir7\r\n${head}\r\n\r\n${body}\r\n`;
const field = (name: string, value: string) => part(`Content-Disposition: form-data; name="${name}"`, value);
const file = part(
  'content-disposition: form-data; filename="model"; name="file"\r\ncontent-type: audio/wav',
  `RIFF${'x'.repeat(9_000)}\r\n--not\r\nname="model"\r\n\r\nnone`,
);
const END = '------weir7--\r\n';

function modelIn(body: string, size = body.length, type = TYPE): string | null {
  const form = FormModel.of(type);
  const bytes = Buffer.from(body);
  for (let at = 0; at < bytes.length; at += size) form?.push(bytes.subarray(at, at + size));
  return form?.model ?? null;
}

it.each<[string, string, string | null]>([
  ['before the file', field('model', 'gpt-image-1') + file + END, 'gpt-image-1'],
  ['after the file', file + field('language', 'en') + field('model', 'whisper-1') + END, 'whisper-1'],
  ['without quotes', part('CONTENT-DISPOSITION:form-data; name=model', 'whisper-1') + END, 'whisper-1'],
  ['twice the same', field('model', 'm') + field('model', 'm') + END, 'm'],
  ['not at all', file + END, null],
  ['empty', field('model', '') + END, null],
  ['twice, and not the same', field('model', 'a') + field('model', 'b') + END, null],
  ['too long', field('model', 'm'.repeat(2_000)) + END, null],
  ['after the end', END + field('model', 'm'), null],
  ['behind a head without end', part(`x: ${'y'.repeat(9_000)}`, '') + field('model', 'm') + END, 'm'],
])('a model named %s', (_, body, model) => {
  for (const size of [1, 7, 64, body.length]) expect(modelIn(body, size)).toBe(model);
});

it('takes the boundary as clients write it, and nothing else for a form', () => {
  const body = field('model', 'm') + END;
  expect(modelIn(body, 3, 'Multipart/Form-Data; charset=utf-8; Boundary="----weir7"')).toBe('m');
  expect(FormModel.of('multipart/form-data')).toBeNull();
  expect(FormModel.of('application/json; boundary=x')).toBeNull();
});
