import { Injectable } from '@nestjs/common';
import { AuditService } from '../platform/audit.service.js';
import { Conflict, InputError, NotFound } from '../platform/errors.js';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { Configuration } from '../publishing/configuration.service.js';
import type { CreateAppInput } from './apps.inputs.js';
import { type AppType, toAppType, WITH_TOKENS } from './apps.types.js';
import { isId, parseLabel } from './label.js';

const MAX_LISTED = 1_000;

@Injectable()
export class AppsService {
  constructor(
    private readonly prisma: PrismaService,
    private readonly configuration: Configuration,
    private readonly audit: AuditService,
  ) {}

  async list({ projectId }: Viewer): Promise<AppType[]> {
    const orderBy = { name: 'asc' } as const;
    const rows = await this.prisma.app.findMany({
      where: { projectId },
      include: WITH_TOKENS,
      orderBy,
      take: MAX_LISTED,
    });
    return rows.map(toAppType);
  }

  async get({ projectId }: Viewer, id: string): Promise<AppType | null> {
    if (!isId(id)) return null;
    const row = await this.prisma.app.findFirst({ where: { id, projectId }, include: WITH_TOKENS });
    return row && toAppType(row);
  }

  /** @throws InputError, Conflict `NAME_TAKEN` */
  async create(viewer: Viewer, input: CreateAppInput): Promise<AppType> {
    const { projectId } = viewer;
    const name = parseLabel(input.name, 'name');
    return this.configuration.change(projectId, async (tx) => {
      if (await tx.app.findFirst({ where: { projectId, name } })) {
        throw new Conflict('NAME_TAKEN', `There is an app named ${name} already. Choose another name.`, 'name');
      }
      const environment = await tx.environment.findFirst({ where: { projectId, name: input.environment } });
      if (!environment) {
        throw new InputError('ENVIRONMENT_UNKNOWN', 'Choose one of the environments of this project.', 'environment');
      }
      const data = { projectId, name, environmentId: environment.id };
      const row = await tx.app.create({ data, include: WITH_TOKENS });
      await this.audit.record(tx, viewer, 'app.create', name, { environment: environment.name });
      return toAppType(row);
    });
  }

  /** Its tokens go with it, and stop at once. @throws InputError, NotFound */
  async delete(viewer: Viewer, id: string, confirmName: string): Promise<boolean> {
    return this.configuration.change(viewer.projectId, async (tx) => {
      const row = isId(id) ? await tx.app.findFirst({ where: { id, projectId: viewer.projectId } }) : null;
      if (!row) throw new NotFound('There is no such app.');
      if (confirmName !== row.name) {
        throw new InputError('CONFIRMATION_DIFFERS', `Type ${row.name} to confirm.`, 'confirmName');
      }
      await tx.app.delete({ where: { id: row.id } });
      await this.audit.record(tx, viewer, 'app.delete', row.name);
      return true;
    });
  }
}
