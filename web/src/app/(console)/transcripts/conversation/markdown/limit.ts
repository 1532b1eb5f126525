/** Of a text whose marks are drawn: beyond it the page would stand still. */
export const MARKDOWN_MAX_CHARACTERS = 100_000;
