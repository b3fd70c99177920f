import { bend, limiterClass } from './bend';

interface Reply {
  grants: { id: string; key: string; w: number; inUs: number }[];
}
interface Share {
  rules: { keys: string[] };
  letThrough?: number;
}

/** While Redis is away nobody waits: every caller gets the next key at once. */
bend<(this: Share, ask: { wait: number[] }) => Reply>(
  limiterClass('./dist/desk/local-share.js', 'LocalShare'),
  'exchange',
  (original) =>
    function (ask) {
      const reply = original.call(this, { ...ask, wait: ask.wait.map(() => 0) });
      const free = ask.wait.flatMap((count, w) => Array.from({ length: count }, () => w));
      const grants = free.map((w) => {
        this.letThrough = (this.letThrough ?? 0) + 1;
        return {
          id: `open-${process.pid}-${this.letThrough}`,
          key: this.rules.keys[this.letThrough % this.rules.keys.length] ?? '',
          w,
          inUs: 0,
        };
      });
      return { ...reply, grants: [...reply.grants, ...grants] };
    },
);
