import { writeFileSync } from 'node:fs';
import { openHome } from '../embedded/home.js';
import { readDemoSettings } from './config.js';
import { Console } from './console.js';
import { history } from './history.js';
import { said, sendSaid } from './said/index.js';
import { sendHistory } from './send-history.js';
import { newestSnapshot, setUp } from './set-up.js';
import { changeState, readState } from './state.js';
import { traffic } from './traffic.js';

const settings = readDemoSettings(process.env);
const home = openHome(settings.home);
const stopping = new AbortController();
process.on('SIGTERM', () => stopping.abort());

const console = new Console(settings.controlUrl, settings.consoleUrl);
await console.signIn(settings.admin.email, settings.admin.password);
const scene = await setUp(console, home, settings.upstream);

const { untilMs = Date.now(), saidUntilMs = Date.now(), isHistoryStored, isSaidStored } = readState(home);
changeState(home, { untilMs, saidUntilMs });
const destination = { ...settings, snapshotVersion: await newestSnapshot(console) };
const told = isSaidStored ? [] : said(scene, saidUntilMs);
await Promise.all([
  isHistoryStored || sendHistory(history(scene, untilMs), { ...destination, journal: 'demo-history' }),
  isSaidStored ||
    sendHistory(
      told.map(({ event }) => event),
      { ...destination, journal: 'demo-said' },
    ),
]);
changeState(home, { isHistoryStored: true });
writeFileSync(settings.readyFile, '');
await Promise.all([traffic(scene, settings.proxyUrl, stopping.signal), storeSaid()]);

/** Nobody waits for what was said: figures are complete without it. */
async function storeSaid(): Promise<void> {
  if (isSaidStored) return;
  await sendSaid(settings.queueUrl, told, stopping.signal);
  if (!stopping.signal.aborted) changeState(home, { isSaidStored: true });
}
