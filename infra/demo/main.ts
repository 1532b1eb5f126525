import { writeFileSync } from 'node:fs';
import { openHome } from '../embedded/home.js';
import { readDemoSettings } from './config.js';
import { Console } from './console.js';
import { history } from './history.js';
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

const { untilMs = Date.now(), isHistoryStored } = readState(home);
if (!isHistoryStored) {
  changeState(home, { untilMs });
  await sendHistory(history(scene, untilMs), { ...settings, snapshotVersion: await newestSnapshot(console) });
  changeState(home, { isHistoryStored: true });
}
writeFileSync(settings.readyFile, '');
await traffic(scene, settings.proxyUrl, stopping.signal);
