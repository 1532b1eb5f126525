import { Injectable } from '@nestjs/common';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import type { EnvironmentType } from './environments.types.js';

const MAX_ENVIRONMENTS = 100;

@Injectable()
export class EnvironmentsService {
  constructor(private readonly prisma: PrismaService) {}

  /** In the order in which they were made, so production comes first. */
  list({ projectId }: Viewer): Promise<EnvironmentType[]> {
    return this.prisma.environment.findMany({
      where: { projectId },
      select: { id: true, name: true },
      orderBy: { id: 'asc' },
      take: MAX_ENVIRONMENTS,
    });
  }
}
