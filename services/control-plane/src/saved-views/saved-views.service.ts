import { Injectable } from '@nestjs/common';
import { Conflict, Forbidden, NotFound } from '../platform/errors.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import {
  type SavedViewInput,
  type SavedViewRow,
  type SavedViewType,
  toSavedView,
  WITH_OWNER,
} from './saved-views.types.js';
import { parseView } from './view-input.js';

const MAX_OF_A_PERSON = 200;
const MAX_LISTED = 1_000;

/** One's own views and those that others share. Whose view is not seen does not exist. */
@Injectable()
export class SavedViewsService {
  constructor(private readonly prisma: PrismaService) {}

  /** By name; one's own first. */
  async list({ projectId, accountId }: Viewer): Promise<SavedViewType[]> {
    const rows = await this.prisma.savedView.findMany({
      where: seenBy({ projectId, accountId }),
      include: WITH_OWNER,
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: MAX_LISTED,
    });
    const views = rows.map((row) => toSavedView(row, accountId));
    return [...views.filter(({ mine }) => mine), ...views.filter(({ mine }) => !mine)];
  }

  /** @throws InputError, Forbidden, Conflict `NAME_TAKEN`, `VIEWS_FULL` */
  async create(viewer: Viewer, input: SavedViewInput): Promise<SavedViewType> {
    const { projectId, accountId } = viewer;
    const view = parseView(input);
    mayShare(viewer, view.shared);
    return this.#alone(accountId, async (tx) => {
      if ((await tx.savedView.count({ where: { projectId, accountId } })) >= MAX_OF_A_PERSON) {
        throw new Conflict('VIEWS_FULL', `You have ${MAX_OF_A_PERSON} saved views. Delete one first.`);
      }
      await this.#nameIsFree(tx, { projectId, accountId, name: view.name });
      const row = await tx.savedView.create({ data: { ...view, projectId, accountId }, include: WITH_OWNER });
      return toSavedView(row, accountId);
    });
  }

  /** @throws InputError, Forbidden, NotFound, Conflict `NAME_TAKEN` */
  async update(viewer: Viewer, id: string, input: SavedViewInput): Promise<SavedViewType> {
    const view = parseView(input);
    const { accountId: owner, shared } = await this.#changeable(viewer, id);
    if (!shared) mayShare(viewer, view.shared);
    return this.#alone(owner, async (tx) => {
      await this.#nameIsFree(tx, { projectId: viewer.projectId, accountId: owner, name: view.name }, id);
      const { count } = await tx.savedView.updateMany({ where: { id, projectId: viewer.projectId }, data: view });
      if (count === 0) throw new NotFound('There is no such saved view.');
      const row = await tx.savedView.findUniqueOrThrow({ where: { id }, include: WITH_OWNER });
      return toSavedView(row, viewer.accountId);
    });
  }

  /** @throws Forbidden, NotFound */
  async delete(viewer: Viewer, id: string): Promise<boolean> {
    await this.#changeable(viewer, id);
    const { count } = await this.prisma.savedView.deleteMany({ where: { id, projectId: viewer.projectId } });
    if (count === 0) throw new NotFound('There is no such saved view.');
    return true;
  }

  async #changeable(viewer: Viewer, id: string): Promise<SavedViewRow> {
    const row = await this.prisma.savedView.findFirst({ where: { id, ...seenBy(viewer) }, include: WITH_OWNER });
    if (!row) throw new NotFound('There is no such saved view.');
    if (row.accountId === viewer.accountId || viewer.role === 'admin') return row;
    throw new Forbidden(
      `Only ${row.account.displayName} or an admin may change this view. Save it under a name of your own.`,
    );
  }

  async #nameIsFree(tx: Transaction, where: { projectId: string; accountId: string; name: string }, but?: string) {
    const taken = await tx.savedView.findFirst({ where, select: { id: true } });
    if (!taken || taken.id === but) return;
    throw new Conflict('NAME_TAKEN', `There is a saved view ${where.name} already. Choose another name.`, 'input.name');
  }

  /** One change of a person's views at a time, so that counts and names hold. */
  #alone<T>(owner: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`saved-views ${owner}`}, 0))`;
      return work(tx);
    });
  }
}

function seenBy({ projectId, accountId }: Pick<Viewer, 'projectId' | 'accountId'>) {
  return { projectId, OR: [{ accountId }, { shared: true }] };
}

function mayShare({ role }: Viewer, shared: boolean): void {
  if (shared && role === 'viewer')
    throw new Forbidden('A viewer keeps views, and does not share them with the project.');
}
