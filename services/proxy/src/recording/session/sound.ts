import { createHash, hash } from 'node:crypto';

/** Sound that passes in many messages: it is counted and hashed, and left out. */
export class Sound {
  private messages = 0;
  private bytes = 0;
  private readonly sha256 = createHash('sha256');

  /** @param type of the messages */
  constructor(
    private readonly type: string,
    private readonly itemId: string | null,
  ) {}

  add(base64: Buffer): void {
    const sound = Buffer.from(base64.toString('latin1'), 'base64');
    this.messages++;
    this.bytes += sound.length;
    this.sha256.update(sound);
  }

  /** What stands in the place of the messages. */
  note(): Buffer {
    const { type, itemId, messages, bytes } = this;
    const item = itemId === null ? {} : { item_id: itemId };
    const told = { type: 'weir.audio', left_out: type, ...item, messages, bytes, sha256: this.sha256.digest('hex') };
    return Buffer.from(JSON.stringify(told));
  }
}

const MEMBER = Buffer.from('"audio"');
/** Shorter than any sound. */
const INLINE = /("audio"\s*:\s*")([A-Za-z0-9+/_-]{64,}={0,2})"/g;

/** A message with the sound that stands in it replaced by its size and hash. In JSON, only a member is written like this. */
export function withoutSound(message: Buffer): Buffer {
  if (!message.includes(MEMBER)) return message;
  const text = message.toString('latin1').replace(INLINE, (_, member: string, base64: string) => {
    const sound = Buffer.from(base64, 'base64');
    return `${member}[audio left out: ${sound.length} bytes, sha256 ${hash('sha256', sound, 'hex')}]"`;
  });
  return Buffer.from(text, 'latin1');
}
