/** What the source and the target hold: a version per order. There is no conditional write at the target, as at Omnium. */
export class Orders {
  private readonly source = new Map<string, number>();
  private readonly target = new Map<string, number>();

  /** The order changes at its source. */
  change(key: string): number {
    const version = this.sourceOf(key) + 1;
    this.source.set(key, version);
    return version;
  }

  sourceOf(key: string): number {
    return this.source.get(key) ?? 0;
  }

  targetOf(key: string): number {
    return this.target.get(key) ?? 0;
  }

  /** Writes what the caller has, whatever is there. Says whether it was a create of something that existed. */
  write(key: string, version: number, create: boolean): { doubled: boolean } {
    const doubled = create && this.target.has(key);
    this.target.set(key, version);
    return { doubled };
  }
}
