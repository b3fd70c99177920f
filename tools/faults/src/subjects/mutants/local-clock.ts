import { bend, limiterClass } from './bend';

type Command = (this: object, script: string, keys: number, ...args: (string | number)[]) => Promise<unknown>;

const redisClock = "redis.call('TIME')";
const Redis = limiterClass('ioredis', 'Redis');

/** The script counts time by the clock of the process that asks: seconds and microseconds come as two more arguments. */
bend<Command>(
  Redis,
  'eval',
  (original) =>
    function (script, keys, ...args) {
      if (!script.includes(redisClock)) throw new Error('the limiter asks for the time in another way now');
      const ownClock = script.replace(redisClock, `{ ARGV[${args.length - keys + 1}], ARGV[${args.length - keys + 2}] }`);
      const now = Date.now();
      return original.call(this, ownClock, keys, ...args, Math.floor(now / 1000), (now % 1000) * 1000);
    },
);

/** The script that Redis knows by its hash is not the one to run. */
bend<Command>(Redis, 'evalsha', () => () => Promise.reject(new Error('NOSCRIPT No matching script.')));
