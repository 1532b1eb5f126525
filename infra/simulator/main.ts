import { readConfig } from './config.js';
import { startSimulator } from './start-simulator.js';

const simulator = await startSimulator(readConfig());
process.stdout.write(`simulator ready at ${simulator.url} (OpenAI base URL ${simulator.url}/v1)\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    simulator.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
