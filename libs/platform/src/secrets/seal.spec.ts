import { randomBytes } from 'node:crypto';
import { open, seal } from './seal';

const key = randomBytes(32);

test('what was sealed opens with the same key, whatever its bytes', () => {
  for (const plain of [Buffer.alloc(0), Buffer.from('æøå'), randomBytes(4096)]) expect(open(seal(plain, key), key)).toEqual(plain);
});

test('the same text never looks the same twice', () => {
  expect(seal(Buffer.from('a'), key)).not.toBe(seal(Buffer.from('a'), key));
});

test('another key, a changed byte and a foreign text are refused', () => {
  const sealed = seal(Buffer.from('receipt'), key);
  expect(() => open(sealed, randomBytes(32))).toThrow();
  expect(() => open(`${sealed.slice(0, -2)}AA`, key)).toThrow();
  expect(() => open('receipt', key)).toThrow('not a sealed text');
});
