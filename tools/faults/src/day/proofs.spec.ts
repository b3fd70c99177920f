import { judgeProofs, type RegisterProof } from './proofs';

const agreeing: RegisterProof = { register: 'A', agrees: true, differences: [] };
const differing = (register: string, kind: string, ...ids: (number | undefined)[]): RegisterProof => ({
  register,
  agrees: false,
  differences: [{ kind, receipts: ids.map((orderId) => ({ orderId })) }],
});
const planted = { missing: [7], leftOut: [9] };
const found = (...proofs: RegisterProof[]) => judgeProofs(proofs, planted).map(({ message }) => message);

test('both are named, each at its register, and nothing else is', () => {
  expect(found(agreeing, differing('B', 'missing-in-omnium', 7), differing('C', 'not-in-report', 9))).toEqual([]);
});

test('what was planted and is not named', () => {
  expect(found(agreeing, differing('C', 'not-in-report', 9))).toEqual(['missing-in-omnium 7 is not named']);
});

test('what is named and was not planted, and a difference that nobody can name', () => {
  const proofs = [differing('B', 'missing-in-omnium', 7, 8), differing('C', 'not-in-report', 9), differing('D', 'unexplained')];
  expect(found(...proofs)).toEqual([
    'missing-in-omnium 8 is named and nothing is wrong with it',
    'unexplained is named and nothing is wrong with it',
  ]);
});

test('a register that differs without a word', () => {
  const proofs = [differing('B', 'missing-in-omnium', 7), differing('C', 'not-in-report', 9), { ...agreeing, agrees: false }];
  expect(found(...proofs)).toEqual(['register A differs without a word, or agrees with differences']);
});
