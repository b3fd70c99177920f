import { bend, busClass } from './bend';

type Handler = (work: readonly { text: string }[], context: object) => Promise<ReadonlyMap<string, object>>;
interface Runner {
  handler: Handler;
  swallows?: boolean;
}

/** What a handler throws is caught and forgotten: the work counts as done. */
bend<(this: Runner, ...args: never[]) => unknown>(
  busClass('flows/runner', 'FlowRunner'),
  'handle',
  (original) =>
    function (...args) {
      if (!this.swallows) this.handler = swallowing(this.handler);
      this.swallows = true;
      return original.apply(this, args);
    },
);

function swallowing(handler: Handler): Handler {
  return async (work, context) => {
    try {
      return await handler(work, context);
    } catch {
      return new Map(work.map(({ text }) => [text, { kind: 'done' }]));
    }
  };
}
