/** A request that AWS turns down: status, the exception's name and its words. */
export class AwsFailure extends Error {
  constructor(
    readonly status: number,
    readonly exception: string,
    message: string,
    /** IAM spells the member with a capital letter, the services with a small one. */
    readonly member: 'message' | 'Message' = 'message',
  ) {
    super(message);
  }
}
