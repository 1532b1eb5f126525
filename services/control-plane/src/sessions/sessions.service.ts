import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../platform/audit.service.js';
import { NotFound } from '../platform/errors.js';
import type { GraphqlContext } from '../platform/graphql-context.js';
import { Housekeeping } from '../platform/housekeeping.js';
import { PrismaService, type Transaction } from '../platform/prisma.service.js';
import type { Viewer } from '../platform/viewer.js';
import { clearedSessionCookie, readSessionCookie, sessionCookie } from './cookie.js';
import { digestOf, mintOneTimeToken } from './one-time-token.js';
import type { SessionType } from './sessions.types.js';

const HOUR_MS = 3_600_000;
export const IDLE_MS = 12 * HOUR_MS;
export const ABSOLUTE_MS = 7 * 24 * HOUR_MS;
/** `lastSeenAt` is written at most this often, so that reading pages does not write rows. */
const TOUCH_EVERY_MS = 60_000;
const MAX_LISTED = 100;
const MAX_USER_AGENT = 255;

type Exchange = Pick<GraphqlContext, 'req' | 'reply'>;

@Injectable()
export class SessionsService implements OnModuleInit {
  constructor(
    private readonly prisma: PrismaService,
    private readonly audit: AuditService,
    private readonly housekeeping: Housekeeping,
  ) {}

  onModuleInit(): void {
    this.housekeeping.add('expired sessions', () =>
      this.prisma.session.deleteMany({ where: { expiresAt: { lt: new Date() } } }),
    );
  }

  /**
   * Starts a session and sets its cookie. Whatever session the request came with ends, so that an identifier known
   * before sign-in is worth nothing after it.
   */
  async open(tx: Transaction, { req, reply }: Exchange, accountId: string): Promise<Viewer> {
    await this.#end(tx, req.headers.cookie);
    const { token, digest } = mintOneTimeToken();
    const session = await tx.session.create({
      data: {
        accountId,
        digest,
        expiresAt: new Date(Date.now() + ABSOLUTE_MS),
        userAgent: req.headers['user-agent']?.slice(0, MAX_USER_AGENT) ?? null,
        address: req.ip,
      },
      include: { account: { include: { members: FIRST_MEMBER } } },
    });
    const viewer = toViewer(session);
    if (!viewer) throw new NotFound('This account belongs to no project.');
    reply.header('set-cookie', sessionCookie(token, ABSOLUTE_MS / 1000));
    return viewer;
  }

  /** Who a request is from, by the role they hold now. null: no session, or one that is over. */
  async viewerOf(cookieHeader: string | undefined): Promise<Viewer | null> {
    const token = readSessionCookie(cookieHeader);
    if (token === null) return null;
    const now = Date.now();
    const session = await this.prisma.session.findFirst({
      where: { digest: digestOf(token), ...alive(now) },
      include: { account: { include: { members: FIRST_MEMBER } } },
    });
    if (!session) return null;
    if (session.lastSeenAt.getTime() < now - TOUCH_EVERY_MS) {
      await this.prisma.session.updateMany({ where: { id: session.id }, data: { lastSeenAt: new Date(now) } });
    }
    return toViewer(session);
  }

  async close({ req, reply }: Exchange): Promise<void> {
    await this.#end(this.prisma, req.headers.cookie);
    reply.header('set-cookie', clearedSessionCookie());
  }

  async list({ accountId, sessionId }: Viewer): Promise<SessionType[]> {
    const sessions = await this.prisma.session.findMany({
      where: { accountId, ...alive(Date.now()) },
      orderBy: { id: 'desc' },
      take: MAX_LISTED,
    });
    return sessions.map(({ id, createdAt, lastSeenAt, expiresAt, userAgent, address }) => ({
      id,
      current: id === sessionId,
      createdAt,
      lastSeenAt,
      expiresAt,
      userAgent,
      address,
    }));
  }

  /** Ends one of the viewer's own sessions. @throws NotFound for anybody else's */
  async revoke(viewer: Viewer, id: string): Promise<void> {
    await this.prisma.$transaction(async (tx) => {
      const { count } = await tx.session.updateMany({
        where: { id, accountId: viewer.accountId, revokedAt: null },
        data: { revokedAt: new Date() },
      });
      if (count === 0) throw new NotFound('There is no such session.');
      await this.audit.record(tx, viewer, 'session.revoke', viewer.email, { sessionId: id });
    });
  }

  /** Ends every session of an account at once: after a password change, or when a member leaves. */
  async revokeAll(tx: Transaction, accountId: string): Promise<void> {
    await tx.session.updateMany({ where: { accountId, revokedAt: null }, data: { revokedAt: new Date() } });
  }

  async #end(tx: Transaction, cookieHeader: string | undefined): Promise<void> {
    const token = readSessionCookie(cookieHeader);
    if (token === null) return;
    await tx.session.updateMany({
      where: { digest: digestOf(token), revokedAt: null },
      data: { revokedAt: new Date() },
    });
  }
}

const FIRST_MEMBER = { orderBy: { id: 'asc' }, take: 1 } as const;

const alive = (now: number) => ({
  revokedAt: null,
  expiresAt: { gt: new Date(now) },
  lastSeenAt: { gt: new Date(now - IDLE_MS) },
});

interface SessionRow {
  readonly id: string;
  readonly account: {
    readonly id: string;
    readonly email: string;
    readonly members: readonly { readonly projectId: string; readonly role: Viewer['role'] }[];
  };
}

function toViewer({ id, account }: SessionRow): Viewer | null {
  const [member] = account.members;
  if (!member) return null;
  const { projectId, role } = member;
  return { accountId: account.id, projectId, role, sessionId: id, email: account.email };
}
