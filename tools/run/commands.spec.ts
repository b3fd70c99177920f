import { missingPackages } from './ensure-dependencies.mjs';
import { outputOf, tasksOf } from './nx.mjs';
import { apps, portVariable } from './processes.mjs';

describe('dependencies', () => {
  const wanted = {
    '': {},
    'apps/one': { version: '0.0.0' },
    'node_modules/@connector/one': { link: true },
    'node_modules/a': { version: '2.0.0' },
  };

  it('are there when every package has the version of the lock file', () => {
    expect(missingPackages(wanted, { 'node_modules/a': { version: '2.0.0' } })).toEqual([]);
  });

  it('are missing when a package is absent or of another version', () => {
    expect(missingPackages(wanted, {})).toEqual(['node_modules/a']);
    expect(missingPackages(wanted, { 'node_modules/a': { version: '1.9.0' } })).toEqual(['node_modules/a']);
  });

  it('may lack optional packages, which are for other platforms', () => {
    const optional = { 'node_modules/a-darwin': { version: '1.0.0', optional: true } };
    expect(missingPackages(optional, {})).toEqual([]);
    expect(missingPackages(optional, { 'node_modules/a-darwin': { version: '0.9.0' } })).toEqual(['node_modules/a-darwin']);
  });
});

describe('the tasks of an nx run', () => {
  it('are read from its trace', () => {
    const trace = [
      { name: 'thread_name', ph: 'M', args: { name: 'Group #1' } },
      { name: 'mapping:lint', ph: 'X', dur: 2000, args: { target: { project: 'mapping', target: 'lint' }, status: 'failure' } },
    ];
    expect(tasksOf(trace)).toEqual([{ name: 'mapping:lint', project: 'mapping', target: 'lint', status: 'failure', ms: 2 }]);
  });

  it('have their output cut out of the whole', () => {
    const output =
      '\n> nx run run:lint  [local cache]\n\n> eslint\r\n\n> nx run mapping:lint\n\n> eslint\n\n  3:1  error  no\n\n NX   Running failed\n';
    expect(outputOf('mapping:lint', output)).toBe('> eslint\n\n  3:1  error  no');
    expect(outputOf('other:lint', output)).toBe('');
  });
});

describe('the apps', () => {
  it('have a variable of their own for every port', () => {
    expect(apps.flatMap(({ name, ports }) => ports.map((port) => portVariable(name, port)))).toEqual([
      'WEBHOOK_GATEWAY_HTTP_PORT',
      'WEBHOOK_GATEWAY_HEALTH_PORT',
      'ORDER_SYNC_HEALTH_PORT',
      'SCHEDULER_HTTP_PORT',
      'SCHEDULER_HEALTH_PORT',
    ]);
  });
});
