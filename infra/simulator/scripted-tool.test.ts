import { expect, it } from 'vitest';
import { scriptedTool, toolScript } from './scripted-tool.js';

it('a script survives being quoted into a prompt, and asks only for a tool that is offered', () => {
  const script = toolScript('bash', { command: `echo "it's" > 'a b'` });
  const turn = JSON.stringify({ content: JSON.stringify(`Please: ${script}. Thanks`) });
  expect(scriptedTool(turn, [undefined, 'read', 'bash'])).toEqual({
    name: 'bash',
    parameters: {},
    arguments: `{"command":"echo \\"it's\\" > 'a b'"}`,
  });
  expect(scriptedTool(turn, ['read'])).toBeNull();
  expect(scriptedTool('no script here', ['bash'])).toBeNull();
});
