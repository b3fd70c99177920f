/** Loaded with `node --require` before everything else: the wall clock of this process is off by `FAULTS_CLOCK_SHIFT_MS`. */
const shiftMs = Number(process.env['FAULTS_CLOCK_SHIFT_MS'] ?? 0);
const trueDate = Date;
const now = (): number => trueDate.now() + shiftMs;

globalThis.Date = new Proxy(trueDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new trueDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

// A module, so that its names are its own.
export {};
