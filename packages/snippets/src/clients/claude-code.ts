import { type Guide, shellStep } from '../guide.js';
import { code, shell } from '../literal.js';
import type { Subject } from '../target.js';

/** https://code.claude.com/docs/en/llm-gateway */
export function claudeCode(subject: Subject, isModelChosen: boolean): Guide | null {
  const environment = environmentOf(subject);
  if (environment === null) return null;
  const { model, passthrough, dialect } = subject;
  return {
    id: 'claude-code',
    label: 'Claude Code',
    install: 'npm install -g @anthropic-ai/claude-code',
    steps: [
      shellStep(
        'Environment',
        code(
          environment,
          isModelChosen && [
            `export ANTHROPIC_MODEL=${shell(model)}`,
            // The small model it uses for titles and summaries; without this it would ask for one that may not be listed.
            `export ANTHROPIC_DEFAULT_HAIKU_MODEL=${shell(model)}`,
          ],
          'export CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1',
        ),
      ),
      shellStep('Run', 'claude'),
    ],
    values: [],
    note:
      passthrough && dialect === 'anthropic'
        ? 'Your own sign-in, a Claude subscription too, goes to the upstream unchanged; the token travels beside it.'
        : 'A claude.ai sign-in is not used while these are set. Put the lines into your shell’s profile to keep them.',
  };
}

function environmentOf({ dialect, proxyUrl, passthrough, region, project, location }: Subject): string[] | null {
  const header = 'export ANTHROPIC_CUSTOM_HEADERS="x-weir-authorization: Bearer $WEIR_TOKEN"';
  switch (dialect) {
    case 'anthropic':
      return [
        `export ANTHROPIC_BASE_URL=${shell(proxyUrl)}`,
        passthrough ? header : 'export ANTHROPIC_AUTH_TOKEN="$WEIR_TOKEN"',
      ];
    case 'bedrock':
      return [
        'export CLAUDE_CODE_USE_BEDROCK=1',
        `export ANTHROPIC_BEDROCK_BASE_URL=${shell(proxyUrl)}`,
        `export AWS_REGION=${shell(region)}`,
        ...(passthrough ? [header] : ['export AWS_BEARER_TOKEN_BEDROCK="$WEIR_TOKEN"']),
      ];
    case 'vertex':
      return [
        'export CLAUDE_CODE_USE_VERTEX=1',
        `export ANTHROPIC_VERTEX_BASE_URL=${shell(`${proxyUrl}/v1`)}`,
        `export ANTHROPIC_VERTEX_PROJECT_ID=${shell(project)}`,
        `export CLOUD_ML_REGION=${shell(location)}`,
        ...(passthrough ? [] : ['export CLAUDE_CODE_SKIP_VERTEX_AUTH=1']),
        header,
      ];
    default:
      return null;
  }
}
