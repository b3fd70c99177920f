import { Witness } from './witness';

describe('a witness', () => {
  it('sees nothing wrong with work in order, one at a time, collapsed or not', () => {
    const witness = new Witness();
    for (const numbers of [[1], [4, 7], [9]]) {
      witness.begin('a', numbers);
      witness.begin('b', [numbers[0]! + 100]);
      witness.end('a', numbers);
      witness.end('b', [numbers[0]! + 100]);
    }
    expect(witness.seen).toEqual({ calls: 6, notices: 7, overlaps: 0, disorder: 0, repeats: 0 });
  });

  it('sees a key that is worked on twice at a time', () => {
    const witness = new Witness();
    witness.begin('a', [1]);
    witness.begin('a', [2]);
    expect(witness.seen.overlaps).toBe(1);
  });

  it('sees an older notice after a newer one, and a repeated one', () => {
    const witness = new Witness();
    witness.begin('a', [5]);
    witness.end('a', [5]);
    witness.begin('a', [3]);
    witness.end('a', [3]);
    witness.begin('a', [5]);
    expect(witness.seen).toMatchObject({ disorder: 1, repeats: 1 });
  });
});
