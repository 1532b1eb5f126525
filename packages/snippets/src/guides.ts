import { claudeCode } from './clients/claude-code.js';
import { codex } from './clients/codex.js';
import { editor } from './clients/editor.js';
import { geminiCli } from './clients/gemini-cli.js';
import { opencode } from './clients/opencode.js';
import { aiSdk } from './code/ai-sdk.js';
import { curl, modelList } from './code/curl.js';
import { go } from './code/go.js';
import { java } from './code/java.js';
import { langchainPython, langchainTypescript } from './code/langchain.js';
import { python } from './code/python.js';
import { typescript } from './code/typescript.js';
import { type CodeSample, codeGuide, type Guide, type GuideId, type Step } from './guide.js';
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

/** How to ask the upstream through the provider for the models it offers. null: its API has no such list for a token. */
export function discoveryStep(target: SnippetTarget): Step | null {
  return modelList(subjectOf(target));
}
