import { Inject, Injectable } from '@nestjs/common';
import { type UnpricedModel, unpricedModels, usageSilence } from '@weir/clickhouse';
import { providerType } from '@weir/contracts';
import { CONFIG, type Config } from '../platform/config.js';
import { PrismaService } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { UsageReader } from '../usage/reader.service.js';
import type { NoticeType } from './notices.types.js';
import { longSilences } from './silence.js';
import { modelUnpriced, usageMissing } from './wording.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How far back answers without usage are looked for. */
const SILENCE_DAYS = 7;

/** What somebody should act on for the figures to be complete. */
@Injectable()
export class NoticesService {
  constructor(
    private readonly reader: UsageReader,
    private readonly prisma: PrismaService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async list({ projectId }: Viewer): Promise<NoticeType[]> {
    const now = Date.now();
    const [silences, models] = await Promise.all([this.silences(projectId, now), this.unpriced(projectId, now)]);
    return [...silences, ...models];
  }

  /** A provider that is gone is nothing to act on. */
  private async silences(projectId: string, now: number): Promise<NoticeType[]> {
    const from = Math.floor(now / HOUR_MS) * HOUR_MS - SILENCE_DAYS * DAY_MS;
    const [found, providers] = await Promise.all([
      this.reader.ask((reader) => usageSilence(reader, { projectId, from, to: now })),
      this.prisma.provider.findMany({ where: { projectId, deletedAt: null }, select: { name: true, type: true } }),
    ]);
    const types = new Map(providers.map(({ name, type }) => [name, providerType.safeParse(type).data ?? null]));
    const mine = found.filter(({ provider }) => types.has(provider));
    const atLeast = this.config.usageNoticeCalls;
    return longSilences(mine, atLeast, (name) => types.get(name) ?? null).map((one) => usageMissing(one, atLeast));
  }

  private async unpriced(projectId: string, now: number): Promise<NoticeType[]> {
    const scope = { projectId, from: now - DAY_MS, to: now };
    const found = await this.reader.ask((reader) => unpricedModels(reader, scope, now));
    const priceable = found.filter(({ reason }) => reason !== 'usage_unknown');
    const byModel = Map.groupBy(priceable, ({ provider, model }) => `${provider}\n${model}`);
    return [...byModel.values()].map((rows) => modelUnpriced(rows as [UnpricedModel, ...UnpricedModel[]]));
  }
}
