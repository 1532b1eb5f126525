import { APPS, type CallKind, type DemoApp, type DemoProvider, PROVIDERS } from './plan.js';
import type { Random } from './random.js';

/** The demo's plan with the ids that the control plane gave it. */
export interface Scene {
  readonly projectId: string;
  readonly providerIds: Readonly<Record<string, string>>;
  readonly apps: Readonly<Record<string, { readonly id: string; readonly tokenId: string; readonly token: string }>>;
}

export interface DrawnCall {
  readonly app: DemoApp;
  readonly provider: DemoProvider;
  readonly kind: CallKind;
  readonly user: string;
}

/** Who calls what, drawn by weight. */
export function drawCall(random: Random): DrawnCall {
  const app = random.pick(APPS.map((choice) => [choice, choice.weight] as const));
  const providers = PROVIDERS.filter(({ name }) => app.providers.includes(name));
  const provider = random.pick(
    providers.map((choice) => [choice, choice.kinds.reduce((sum, { weight }) => sum + weight, 0)] as const),
  );
  const kind = random.pick(provider.kinds.map((choice) => [choice, choice.weight] as const));
  return { app, provider, kind, user: random.pick(app.users.map((user) => [user, 1] as const)) };
}
