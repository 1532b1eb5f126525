import { createHash } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Prisma } from '@weir/prisma';
import { Throttled } from '../platform/errors.js';
import { Housekeeping } from '../platform/housekeeping.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import { networkOf } from './network.js';

interface Pace {
  /** Tries that cost no wait. */
  readonly free: number;
  /** The wait doubles with every further try, up to this. */
  readonly maxSeconds: number;
}

const FIRST_WAIT_SECONDS = 10;
const FORGET_AFTER_HOURS = 12;

/** Not `now()`: a try that began earlier and waited for this one's row would take it for a wait. */
const NO_WAIT = Prisma.sql`to_timestamp(0)`;

const STALE = Prisma.sql`known."updatedAt" < now() - make_interval(hours => ${FORGET_AFTER_HOURS}::int)`;

/** One person at one network; one network whoever is tried; one account from wherever it is tried. */
const PACES = {
  pair: { free: 5, maxSeconds: 900 },
  address: { free: 30, maxSeconds: 300 },
  email: { free: 20, maxSeconds: 300 },
} as const satisfies Record<string, Pace>;

/**
 * Slows guessing down without ever locking the owner out: the wait that an account gathers from everywhere holds only
 * for networks that already failed at it, so a right password from a fresh network is always tried.
 */
@Injectable()
export class ThrottleService implements OnModuleInit {
  constructor(
    private readonly prisma: PrismaService,
    private readonly housekeeping: Housekeeping,
  ) {}

  onModuleInit(): void {
    this.housekeeping.add(
      'sign-in throttle',
      () => this.prisma.$executeRaw`
        DELETE FROM "SignInThrottle" WHERE "updatedAt" < now() - make_interval(hours => ${FORGET_AFTER_HOURS}::int)`,
    );
  }

  /**
   * Counts a try before its password is looked at, so that tries at the same moment, or in one document, count as many.
   * @throws Throttled `SIGN_IN_THROTTLED`, the same for known and unknown e-mails; the try is then not counted
   */
  async take(email: string, ip: string): Promise<void> {
    const keys = keysOf(email, ip);
    // Always in this order, so that two tries never wait for each other's rows.
    await this.prisma.$transaction(async (tx) => {
      await this.#count(tx, keys.address, PACES.address);
      const failuresHere = await this.#count(tx, keys.pair, PACES.pair);
      await this.#count(tx, keys.email, PACES.email, failuresHere === 1);
    });
  }

  /** The try was right: it does not count, and this person starts afresh at this network. */
  async giveBack(tx: Transaction, email: string, ip: string): Promise<void> {
    const { address, pair, email: account } = keysOf(email, ip);
    await tx.$executeRaw`
      UPDATE "SignInThrottle" SET failures = GREATEST(failures - 1, 0), "blockedTill" = ${NO_WAIT} WHERE key = ${address}`;
    await tx.signInThrottle.deleteMany({ where: { key: pair } });
    await tx.$executeRaw`
      UPDATE "SignInThrottle" SET failures = GREATEST(failures - 1, 0) WHERE key = ${account}`;
  }

  /** @returns tries counted under this key, this one included */
  async #count(tx: Transaction, key: string, { free, maxSeconds }: Pace, evenIfBlocked = false): Promise<number> {
    const [counted] = await tx.$queryRaw<{ failures: number }[]>`
      INSERT INTO "SignInThrottle" AS known (key, failures, "blockedTill", "updatedAt") VALUES (${key}, 1, ${NO_WAIT}, now())
      ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN ${STALE} THEN 1 ELSE known.failures + 1 END,
        "blockedTill" = CASE
          WHEN ${STALE} OR known.failures < ${free}::int THEN ${NO_WAIT}
          ELSE now() + make_interval(secs =>
            LEAST(${maxSeconds}::float8, ${FIRST_WAIT_SECONDS}::float8 * power(2, LEAST(known.failures - ${free}::int, 20))))
        END,
        "updatedAt" = now()
      WHERE ${evenIfBlocked}::boolean OR known."blockedTill" <= now() OR ${STALE}
      RETURNING known.failures`;
    if (counted) return counted.failures;
    const row = await tx.signInThrottle.findUnique({ where: { key } });
    const waitMs = (row?.blockedTill.getTime() ?? 0) - Date.now();
    const seconds = Math.max(1, Math.ceil(waitMs / 1000));
    throw new Throttled('SIGN_IN_THROTTLED', `Too many tries. Try again in ${seconds} s.`, seconds);
  }
}

function keysOf(email: string, ip: string) {
  const who = createHash('sha256').update(email).digest('hex');
  const where = networkOf(ip);
  return { address: `address:${where}`, pair: `pair:${who}:${where}`, email: `email:${who}` };
}
