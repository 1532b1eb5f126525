export type { Guide, GuideId, Language, SettingValue, Step } from './guide.js';
export { clientGuides, codeGuides, curlCommand, discoveryUrl } from './guides.js';
export { type Dialect, dialectOf, fallbackModel, keyVariable, type SnippetTarget, sdkBaseUrl } from './target.js';
export { exportToken, TOKEN_PLACEHOLDER } from './token.js';
