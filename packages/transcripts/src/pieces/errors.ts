/** Stored bytes do not make up the body they were cut from. */
export class RebuildError extends Error {
  override readonly name = 'RebuildError';
  readonly retryable = false;

  constructor(
    readonly code: 'piece_missing' | 'piece_altered' | 'skeleton_broken',
    message: string,
  ) {
    super(message);
  }
}
