/** A steady stream of notices. */
export interface Feed {
  topic: string;
  partitions: number;
  /** So many keys in turn, or a fresh key for every notice. */
  keys: number | 'fresh';
  /** All notices of partition 0 are of one key. */
  hotKey: boolean;
  perSecond: number;
}

/** Where notice `n` of a feed goes. A key begins with its partition, and never changes it. Pure. */
export function placeOf(
  { partitions, keys, hotKey }: Pick<Feed, 'partitions' | 'keys' | 'hotKey'>,
  n: number,
): { partition: number; id: string } {
  const key = keys === 'fresh' ? n : n % keys;
  const partition = key % partitions;
  return { partition, id: partition === 0 && hotKey ? '0-hot' : `${partition}-${key}` };
}
