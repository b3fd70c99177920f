import { dirname, join } from 'node:path';
import type { Contract } from '@connector/testing';
import { loadContract } from '@connector/testing';
import { TwinAdmin } from './admin/admin';
import type { Clock } from './clock';
import { systemClock } from './clock';
import { buildServer } from './http/server';
import type { TenantSeed } from './seed';
import { devShop } from './seed';
import type { TwinSettings } from './settings';
import { defaultSettings } from './settings';
import { World } from './world';

export interface OmniumTwinOptions {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Default: one tenant, `DevShop`. */
  tenants?: readonly TenantSeed[];
  settings?: Partial<TwinSettings>;
  clock?: Clock;
}

export interface OmniumTwin {
  /** Base address, without a trailing slash: what a connector has as its Omnium host. */
  url: string;
  admin: TwinAdmin;
  /** Cuts every open connection and stops listening. */
  stop(): Promise<void>;
}

/** Starts a stand-in for Omnium. Rejects when the port is taken. */
export async function startOmniumTwin(options: OmniumTwinOptions = {}): Promise<OmniumTwin> {
  const settings = { ...defaultSettings, ...options.settings };
  const world = new World(options.tenants ?? [devShop], settings, await theContract(), options.clock ?? systemClock);
  const admin = new TwinAdmin(world);
  const server = buildServer(world, admin);
  const url = await server.listen({ port: options.port ?? 0, host: options.host ?? '127.0.0.1' });
  const stop = async (): Promise<void> => {
    await world.stop();
    await server.close();
  };
  return { url, admin, stop };
}

let contract: Promise<Contract> | undefined;

/** Reading and compiling the OpenAPI file takes about two seconds, so that twins of one process share it. */
function theContract(): Promise<Contract> {
  const folder = dirname(require.resolve('@connector/contracts/package.json'));
  contract ??= loadContract(join(folder, 'platforms', 'omnium.yaml'), { caseInsensitive: true });
  return contract;
}
