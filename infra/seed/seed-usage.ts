import { postHeartbeat } from '../demo/send-history.js';
import { SEED_PROXY } from './events-sql.js';
import { fill, type SeedPlan, type SeedProgress } from './fill.js';
import { fetchPriceBook } from './price-book.js';
import type { SeedServer } from './server.js';
import { type Admin, deleteGone, setUp } from './set-up.js';

export interface SeedTarget {
  readonly admin: Admin;
  readonly server: SeedServer;
  readonly doorUrl: string;
  readonly doorToken: string;
}

export class RealEvents extends Error {
  readonly code = 'REAL_EVENTS';
}

export interface Seeded {
  readonly projectId: string;
  readonly events: number;
}

/**
 * Providers, apps and their usage in the project of the admin. The control plane is told of the events as a proxy tells
 * of its own, so that its meter agrees.
 * @throws RealEvents where the project has events that were not made up, unless they are said to be welcome
 */
export async function seedUsage(
  { admin, server, doorUrl, doorToken }: SeedTarget,
  plan: SeedPlan & { readonly amongRealEvents: boolean },
  onProgress: (progress: SeedProgress) => void,
): Promise<Seeded> {
  const { viewer } = await admin.ask<{ viewer: { project: { id: string; name: string } } }>(
    '{ viewer { project { id name } } }',
  );
  const real = await realEvents(server, viewer.project.id);
  if (real > 0 && !plan.amongRealEvents) {
    throw new RealEvents(
      `Project ${viewer.project.name} has ${real} events of its own, and nothing takes made-up ones out again. Use another home, or add --among-real-events.`,
    );
  }
  const scene = await setUp(admin);
  const book = await fetchPriceBook(doorUrl, doorToken);
  const events = await fill(server, plan, scene, book, onProgress);
  await deleteGone(admin);
  await postHeartbeat(doorUrl, doorToken, {
    ...{ proxyId: SEED_PROXY, snapshotVersion: 0, snapshotAgeMs: 0, inFlight: 0 },
    journals: [
      {
        journalId: `${SEED_PROXY}-${plan.seed}-${plan.events}-${plan.days}-${plan.untilMs}`,
        ...{ appended: events, confirmed: events, quarantined: 0 },
      },
    ],
  });
  return { projectId: scene.projectId, events };
}

async function realEvents(server: SeedServer, projectId: string): Promise<number> {
  const [found] = await server.query<{ events: number }>(
    `SELECT count() AS events FROM usage_events_v1 WHERE project_id = {projectId:UUID} AND proxy_id != '${SEED_PROXY}'`,
    { projectId },
  );
  return found?.events ?? 0;
}
