/** What takes up bytes that come in any number of pieces. */
export interface ByteSink {
  push(bytes: Buffer, from?: number, to?: number): unknown;
}
