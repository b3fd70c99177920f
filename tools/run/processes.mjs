/** The connector's services: name, entry point after the build, and the ports each needs as environment variables. */
export const apps = [
  { name: 'webhook-gateway', main: 'apps/webhook-gateway/dist/main.js', ports: ['HTTP_PORT', 'HEALTH_PORT'] },
  { name: 'order-sync', main: 'apps/order-sync/dist/main.js', ports: ['HEALTH_PORT'] },
  { name: 'scheduler', main: 'apps/scheduler/dist/main.js', ports: ['HTTP_PORT', 'HEALTH_PORT'] },
];

/** The stand-ins for the two platforms. */
export const twins = [
  { name: 'sitoo-twin', main: 'tools/sitoo-twin/dist/main.js', port: 'SITOO_TWIN_PORT', seedFile: 'SITOO_TWIN_SEED_FILE' },
  { name: 'omnium-twin', main: 'tools/omnium-twin/dist/main.js', port: 'OMNIUM_TWIN_PORT', seedFile: 'OMNIUM_TWIN_SEED_FILE' },
];

/** The variable that fixes a port of one app: `HTTP_PORT` of webhook-gateway is `WEBHOOK_GATEWAY_HTTP_PORT`. */
export function portVariable(app, port) {
  return `${app.toUpperCase().replaceAll('-', '_')}_${port}`;
}
