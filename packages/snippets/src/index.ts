export type { Guide, GuideId, Language, Step } from './guide.js';
export { clientGuides, codeGuides, discoveryStep } from './guides.js';
export { type Dialect, dialectOf, fallbackModel, keyVariable, type SnippetTarget, sdkBaseUrl } from './target.js';
export { exportToken, TOKEN_PLACEHOLDER } from './token.js';
