import { afterEach, expect, it } from 'vitest';
import { UploadWatch } from './upload.js';

let watch: UploadWatch;
afterEach(() => watch.close());

it('cuts an upload that brings less than 10 KiB in 10 s, and no other', () => {
  watch = new UploadWatch();
  const cut: string[] = [];
  const add = (name: string) => watch.add(() => cut.push(name));
  const [slow, steady, held] = [add('slow'), add('steady'), add('held')];
  const startMs = performance.now();
  held.isAwaited = false;
  for (let second = 1; second <= 30; second++) {
    slow.windowBytes += 100;
    steady.windowBytes += 1_100;
    watch.sweep(startMs + second * 1_000);
  }
  expect(cut).toEqual(['slow']);
});
