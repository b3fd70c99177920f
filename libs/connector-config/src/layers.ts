import { ConnectorRecord } from './record-shape';
import { Report, Severity } from './problem';
import { ReadProperty, ReadRecord } from './read-record';
import { findSetting, Setting } from './settings';

export type Origin = 'market' | 'global' | 'default';

/** One record of the two, nearest first. */
export interface Layer {
  origin: Exclude<Origin, 'default'>;
  record: ReadRecord;
}

/** A property's value and where it came from. `text` undefined: a variable is missing, already reported. */
export interface Found {
  text: string | undefined;
  reference: boolean;
  origin: Layer['origin'];
  report: Report;
}

/** An entry of a group of properties. */
export interface FoundInGroup extends Found {
  key: string;
}

/** A market's view of its records: the market's own first, then the tenant's. */
export class Layers {
  constructor(
    readonly layers: readonly Layer[],
    readonly settings: readonly Setting[],
    /** Where to report what stands on no level. */
    readonly report: Report,
    /** false: a level could not be read, so what seems missing may stand there. */
    readonly complete = true,
  ) {}

  /** Reports something that stands on no level, unless a level is unknown. */
  missing(severity: Severity, code: string, message: string): void {
    if (this.complete) this.report[severity](code, message);
  }

  /** The value of a setting that stands at most once per record. An empty value counts as not set. */
  property(key: string): Found | undefined {
    return this.all(key)[0];
  }

  /** Every entry of a setting, all from the nearest record that has any. */
  all(key: string): Found[] {
    for (const { origin, record } of this.layers) {
      const entries = record.properties.filter(
        (entry) => entry.text?.trim() !== '' && findSetting(this.settings, entry.key, entry.keyGroup)?.key === key,
      );
      if (entries.length > 0) return entries.map((entry) => this.found(entry, origin));
    }
    return [];
  }

  /** The entries of a group, one per key in any case: those of all records, the nearest record's for a key. Doubles are reported. */
  group(name: string): FoundInGroup[] {
    const found = new Map<string, FoundInGroup>();
    for (const { origin, record } of this.layers) {
      const seen = new Set<string>();
      for (const entry of record.properties.filter(({ keyGroup }) => keyGroup?.toLowerCase() === name.toLowerCase())) {
        const key = entry.key.trim();
        const id = key.toLowerCase();
        if (seen.has(id))
          this.onBehalf(entry.report).error(
            'PROPERTY_TWICE',
            `"${key}" stands twice in the group "${name}" of one record. Keep one of them.`,
          );
        seen.add(id);
        if (entry.text?.trim() !== '' && !found.has(id)) found.set(id, { key, ...this.found(entry, origin) });
      }
    }
    return [...found.values()];
  }

  /** Reports every setting that stands twice in one record and may not. */
  refuseDoubles(): void {
    for (const { record } of this.layers) {
      const seen = new Set<string>();
      for (const entry of record.properties) {
        const setting = findSetting(this.settings, entry.key, entry.keyGroup);
        if (!setting || setting.many) continue;
        if (seen.has(setting.key))
          this.onBehalf(entry.report).error('PROPERTY_TWICE', `"${setting.key}" stands twice in one record. Keep one of them.`);
        seen.add(setting.key);
      }
    }
  }

  field<K extends keyof ConnectorRecord>(
    key: K,
  ): { value: NonNullable<ConnectorRecord[K]>; origin: Layer['origin']; report: Report } | undefined {
    for (const { origin, record } of this.layers) {
      const value = record.shape[key];
      if (value !== undefined && value !== null) return { value, origin, report: this.onBehalf(record.report.inside(key)) };
    }
    return undefined;
  }

  /** The place in the record, named as a matter of this market even when the tenant's record is at fault. */
  onBehalf(report: Report): Report {
    const { tenant, market } = this.report.place;
    return report.in({ tenant, market });
  }

  private found(entry: ReadProperty, origin: Layer['origin']): Found {
    return { text: entry.text, reference: entry.reference, origin, report: this.onBehalf(entry.report) };
  }
}
