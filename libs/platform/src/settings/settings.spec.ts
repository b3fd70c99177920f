import { describeSettings, readSettings, SettingsInvalid, type Setting } from './settings';
import { decimal, integer, key32, list, oneOf } from './parse';

const table = {
  brokers: { env: 'BROKERS', why: 'Kafka', parse: list } as Setting<string[]>,
  port: { env: 'PORT', why: 'a port', default: 80, parse: integer(1, 65_535) } as Setting<number>,
  key: { env: 'KEY', why: 'a key', secret: true, parse: key32 } as Setting<Buffer>,
};
const key = Buffer.alloc(32, 7).toString('base64');

test('reads, parses and fills in defaults', () => {
  expect(readSettings(table, { BROKERS: 'a:1, b:2', KEY: key })).toEqual({ brokers: ['a:1', 'b:2'], port: 80, key: Buffer.alloc(32, 7) });
});

test('names every problem at once and repeats no value', () => {
  const read = () => readSettings(table, { PORT: 'eighty', KEY: 'planted-secret' });
  expect(read).toThrow(SettingsInvalid);
  try {
    read();
  } catch (error) {
    const { problems, message } = error as SettingsInvalid;
    expect(problems).toHaveLength(3);
    expect(message).toContain('BROKERS is missing');
    expect(message).toContain('PORT: must be a whole number from 1 to 65535');
    expect(message).not.toContain('planted-secret');
    expect(message).not.toContain('eighty');
  }
});

test('the summary for the log shows no secret', () => {
  const values = readSettings(table, { BROKERS: 'a:1', KEY: key });
  expect(describeSettings(table, values)).toEqual({ BROKERS: ['a:1'], PORT: 80, KEY: '[secret]' });
});

test('numbers and choices are bounded', () => {
  expect(() => decimal(0, 1)('2')).toThrow('from 0 to 1');
  expect(() => decimal(0, 1)(' ')).toThrow();
  expect(() => oneOf('a', 'b')('c')).toThrow('a, b');
});
