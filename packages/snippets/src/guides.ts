import { claudeCode } from './clients/claude-code.js';
import { codex } from './clients/codex.js';
import { editor } from './clients/editor.js';
import { geminiCli } from './clients/gemini-cli.js';
import { opencode } from './clients/opencode.js';
import { aiSdk } from './code/ai-sdk.js';
import { curl, modelListUrl } from './code/curl.js';
import { go } from './code/go.js';
import { java } from './code/java.js';
import { langchainPython, langchainTypescript } from './code/langchain.js';
import { python } from './code/python.js';
import { typescript } from './code/typescript.js';
import { type CodeSample, codeGuide, type Guide, type GuideId } from './guide.js';
import { type SnippetTarget, type Subject, subjectOf } from './target.js';

const SAMPLES: readonly (readonly [GuideId, string, (subject: Subject) => CodeSample | null])[] = [
  ['curl', 'curl', curl],
  ['python', 'Python', python],
  ['typescript', 'TypeScript', typescript],
  ['go', 'Go', go],
  ['java', 'Java', java],
  ['langchain-python', 'LangChain (Python)', langchainPython],
  ['langchain-typescript', 'LangChain (TypeScript)', langchainTypescript],
  ['ai-sdk', 'Vercel AI SDK', aiSdk],
];

/** Programs in the languages and frameworks that can call the provider. */
export function codeGuides(target: SnippetTarget): Guide[] {
  const subject = subjectOf(target);
  return SAMPLES.flatMap(([id, label, sampleOf]) => {
    const sample = sampleOf(subject);
    return sample === null ? [] : [codeGuide(id, label, sample)];
  });
}

/** One call for a terminal, as the `curl` guide has it. */
export function curlCommand(target: SnippetTarget): string {
  return curl(subjectOf(target)).code;
}

/** Coding clients and editors that can work through the provider. */
export function clientGuides(target: SnippetTarget): Guide[] {
  const subject = subjectOf(target);
  return [
    claudeCode(subject, target.model !== null),
    codex(subject),
    geminiCli(subject),
    opencode(subject),
    editor(subject),
  ].filter((guide) => guide !== null);
}

/** Where a client finds the models the upstream offers. null: its API has no such list for a gateway token. */
export function discoveryUrl(target: SnippetTarget): string | null {
  return modelListUrl(subjectOf(target));
}
