import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '@weir/contracts';
import { startTelemetry } from '@weir/telemetry';
import { appModule } from './app.module.js';
import { InstallationService } from './installation/installation.service.js';
import type { Config } from './platform/config.js';
import { GatedAdapter } from './platform/gated-adapter.js';
import { InternalRoutes } from './platform/internal-server.js';
import { LIMITS } from './platform/limits/limits.plugin.js';
import { ServiceLogger } from './platform/service-logger.js';

export interface ControlPlane {
  readonly app: NestFastifyApplication;
  /** Where GraphQL is served, without a path. */
  readonly url: string;
  readonly internalUrl: string;
  /** Stops taking requests, lets those under way end, then closes everything. */
  stop(): Promise<void>;
}

const RECEIVE_TIMEOUT_MS = 15_000;
const KEEP_ALIVE_MS = 65_000;
/** For a collector to take what is left. */
const TELL_LAST_MS = 2_000;

/** Starts both ports. @throws what keeps it from starting, before anything listens */
export async function startControlPlane(config: Config): Promise<ControlPlane> {
  const logger = new ServiceLogger();
  const options = {
    bodyLimit: LIMITS.bodyBytes,
    trustProxy: config.trustedProxies,
    genReqId: () => newId(),
    requestTimeout: RECEIVE_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
  } as const;
  const adapter = new GatedAdapter(config, options, (message) => logger.error(message, 'Gate'));
  const identity = { serviceName: 'weir-control-plane', instanceId: newId() };
  const telemetry = await startTelemetry(config.telemetry, identity);
  const spans = telemetry?.spans ?? null;
  const app = await NestFactory.create<NestFastifyApplication>(appModule(config, spans), adapter, {
    abortOnError: false,
    forceCloseConnections: true,
    logger,
  });
  try {
    const internal = app.get(InternalRoutes);
    if (spans !== null) internal.tellOfDoor(spans);
    await app.init();
    const internalAddress = await internal.listen();
    await app.listen(config.port, config.host);
    await app.get(InstallationService).announce();
    const stop = async () => {
      internal.drain();
      await app.close();
      await internal.close();
      await telemetry?.stop(TELL_LAST_MS);
    };
    return {
      app,
      url: urlOf(app.getHttpServer().address() as AddressInfo),
      internalUrl: urlOf(internalAddress),
      stop,
    };
  } catch (error) {
    await telemetry?.stop(0);
    await app.close();
    throw error;
  }
}

function urlOf({ address, family, port }: AddressInfo): string {
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
