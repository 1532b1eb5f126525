import { createHash } from 'node:crypto';
import type { PrismaService } from '../../platform/prisma.service.js';
import { bytesOf } from '../file.js';

/** SHA-256 of a file as it is stored, hex. */
export async function sha256Of(prisma: PrismaService, reportId: string, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of bytesOf(prisma, reportId, 0, bytes)) hash.update(piece);
  return hash.digest('hex');
}
