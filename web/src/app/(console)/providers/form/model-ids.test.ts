import { describe, expect, it } from 'vitest';
import { modelIdProblem, modelsProblem, parseModelIds } from './model-ids';

describe('model ids', () => {
  it('come out of a paste, each once and in order', () => {
    expect(
      parseModelIds(' gpt-4o \r\n\n- gpt-4o-mini\nmeta-llama/Llama-3.3-70B-Instruct, qwen3:8b\n"gpt-4o"\n'),
    ).toEqual(['gpt-4o', 'gpt-4o-mini', 'meta-llama/Llama-3.3-70B-Instruct', 'qwen3:8b']);
    expect(parseModelIds(' \n ')).toEqual([]);
  });

  it('are refused with a reason when no upstream could know them', () => {
    expect(modelIdProblem('gpt 4o')).toMatch(/has a space/);
    expect(modelIdProblem('a\u0000b')).toMatch(/cannot be shown/);
    expect(modelIdProblem('x'.repeat(256))).toMatch(/longer than 255/);
    expect(modelIdProblem('qwen3:8b')).toBeNull();
    expect(modelsProblem(['ok', 'not ok'])).toMatch(/not ok/);
    expect(modelsProblem(['ok'])).toBeNull();
  });
});
