import { Environment } from './environment';
import { Report } from './problem';
import { RawRecord } from './raw-record';
import { readRecord, ReadRecord, recordName, recordsOf, SourceRecord } from './read-record';

export interface ConnectorsFile {
  records: RawRecord[];
  /** The one record of each name asked for, decoded. Absent or wrong: reported. */
  found: Map<string, ReadRecord>;
}

/** What to look for: the record's name, its type, and what to say when it is missing. */
export interface Wanted {
  name: string;
  type: string;
  typeRequired: boolean;
  ifMissing: string;
}

/** Picks the connector's own records out of a `connectors.json`; the others are kept and not looked into. */
export function readConnectors(content: unknown, wanted: readonly Wanted[], env: Environment, report: Report): ConnectorsFile {
  const sources = content === undefined ? [] : recordsOf(content, report);
  const found = new Map<string, ReadRecord>();
  for (const { source, report: at } of sources) {
    if (recordName(source) === undefined) at.error('RECORD_NAME', 'The record has no "name". Omnium tells connectors apart by it.');
  }
  for (const want of wanted) {
    const record = content === undefined ? undefined : pick(sources, want, env, report);
    if (record) found.set(want.name, record);
  }
  return { records: sources.map(({ source }) => new RawRecord(source)), found };
}

function pick(sources: readonly SourceRecord[], want: Wanted, env: Environment, report: Report): ReadRecord | undefined {
  const [first, ...others] = sources.filter(({ source }) => recordName(source)?.trim().toLowerCase() === want.name);
  if (!first) {
    report.error('CONNECTOR_MISSING', want.ifMissing);
    return undefined;
  }
  for (const { report: at } of others) {
    at.error(
      'CONNECTOR_TWICE',
      `This is a second "${want.name}" connector. There can be one per tenant and one per market; remove this or the other.`,
    );
  }
  checkName(first, want);
  const record = readRecord(first, env);
  if (record) checkType(record, want);
  return record;
}

function checkName({ source, report }: SourceRecord, want: Wanted): void {
  if (recordName(source) !== want.name)
    report.inside('name').error('CONNECTOR_NAME', `The name must be spelled exactly "${want.name}": Omnium looks for that.`);
}

function checkType(record: ReadRecord, want: Wanted): void {
  const { type } = record.shape;
  if (type === want.type || (type === undefined && !want.typeRequired)) return;
  record.report.inside('type').error('CONNECTOR_TYPE', `The type of the "${want.name}" connector must be "${want.type}".`);
}
