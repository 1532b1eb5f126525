import { z } from 'zod';

const settings = z.object({
  home: z.string(),
  /** Written once the set-up is made and the history stored. */
  readyFile: z.string(),
  controlUrl: z.string(),
  consoleUrl: z.string(),
  proxyUrl: z.string(),
  doorUrl: z.string(),
  doorToken: z.string(),
  queueUrl: z.string(),
  upstream: z.object({ url: z.string(), key: z.string() }),
  admin: z.object({ email: z.string(), password: z.string() }),
});
export type DemoSettings = z.infer<typeof settings>;

/** All of it in one variable, which `npm start -- --demo` sets. */
export const DEMO_VARIABLE = 'WEIR_DEMO';

/** @throws when this was not started by `npm start -- --demo` */
export function readDemoSettings(env: NodeJS.ProcessEnv): DemoSettings {
  return settings.parse(JSON.parse(env[DEMO_VARIABLE] ?? '{}'));
}
