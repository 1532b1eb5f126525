/** Takes up the text a model read or wrote; what is no text is only noted. */
export class TextSink {
  readonly texts: string[] = [];
  /** Something was read or written that has no text: an image, a sound, a file. */
  hasOther = false;

  add(text: unknown): void {
    if (typeof text === 'string' && text !== '') this.texts.push(text);
  }

  /** Arguments of a tool come as JSON text, or as the object it stands for. */
  addJson(value: unknown): void {
    if (typeof value === 'string') this.add(value);
    else if (value !== undefined && value !== null) this.add(JSON.stringify(value));
  }
}
