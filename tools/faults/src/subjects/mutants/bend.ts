import { createRequire } from 'node:module';
import { join } from 'node:path';

/**
 * Mutants are our own code with one thing bent at run time, inside the process under test: loaded with `node --require` before the app, so
 * that no faulty line exists in the library itself.
 */
const loaderOf = (lib: string) => createRequire(join(__dirname, '../../../../../libs', lib, 'package.json'));
const load = loaderOf('event-bus');

type Method = (this: never, ...args: never[]) => unknown;

/** The two methods of a kafkajs consumer that mutants bend. */
export interface FlowConsumer {
  run(config: object): unknown;
  subscribe(config: object): unknown;
}

/** A class of the built bus. @throws when the bus has no such class any more: then the mutant has to be adapted */
export function busClass(file: string, name: string): { prototype: object } {
  return classIn('event-bus', `./dist/${file}.js`, name);
}

/** A class of the built limiter, or of a package that it uses. @throws when there is no such class any more */
export function limiterClass(file: string, name: string): { prototype: object } {
  return classIn('rate-limiter', file, name);
}

function classIn(lib: string, file: string, name: string): { prototype: object } {
  const found = (loaderOf(lib)(file) as Record<string, { prototype: object } | undefined>)[name];
  if (!found) throw new Error(`${lib} has no ${name} in ${file}`);
  return found;
}

/** Replaces a method of a class; the new one is given the old one. */
export function bend<Bent extends Method>(target: { prototype: object }, method: string, make: (original: Bent) => Bent): void {
  const original: unknown = Reflect.get(target.prototype, method);
  if (typeof original !== 'function') throw new Error(`there is no method ${method} to bend`);
  Object.defineProperty(target.prototype, method, { value: make(original as Bent), configurable: true, writable: true });
}

/** Replaces one function of a module of the bus before anything else has loaded it. */
export function replaceFunction(file: string, name: string, replacement: (...args: never[]) => object): void {
  replaceIn('event-bus', file, name, () => replacement);
}

/** Replaces one function of the mapping; the new one is given the old one. */
export function bendMapping<Bent extends (...args: never[]) => object>(file: string, name: string, make: (original: Bent) => Bent): void {
  replaceIn('mapping', file, name, (original) => make(original as Bent));
}

function replaceIn(lib: string, file: string, name: string, make: (original: unknown) => unknown): void {
  const loader = loaderOf(lib);
  const path = loader.resolve(`./dist/${file}.js`);
  const exported = loader(path) as Record<string, unknown>;
  if (typeof exported[name] !== 'function') throw new Error(`${lib} has no function ${name} in ${file}`);
  loader.cache[path]!.exports = { ...exported, [name]: make(exported[name]) };
}

interface ConsumerConfig {
  groupId: string;
}

/** Changes how kafkajs consumers of the flow are used; those of the delay topics and of readers stay as they are. */
export function bendFlowConsumer(change: (consumer: FlowConsumer) => void): void {
  const { Kafka } = load('kafkajs') as { Kafka: { prototype: object } };
  // kafkajs defines its methods on the prototype, but its consumers are plain objects.
  bend<(this: object, config: ConsumerConfig) => FlowConsumer>(
    Kafka,
    'consumer',
    (original) =>
      function (this: object, config) {
        const consumer = original.call(this, config);
        if (!config.groupId.startsWith('reader.') && !config.groupId.endsWith('.delay')) change(consumer);
        return consumer;
      },
  );
}
