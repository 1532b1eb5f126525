export { type AnswerText, answerText } from './answer/index.js';
export { isEstimable, type PromptText, promptText, writesText } from './prompt.js';
