import { Environment, resolveReferences, SourcedText } from './environment';
import { isJsonObject, JsonObject } from './json';
import { Report } from './problem';
import { ConnectorRecord } from './record-shape';
import { decodeRecord } from './shape';

export interface ReadProperty extends SourcedText {
  key: string;
  keyGroup: string | undefined;
  report: Report;
}

export interface ReadHeader extends SourcedText {
  name: string;
  report: Report;
}

/** A connector record that was decoded and whose environment references were filled in. */
export interface ReadRecord {
  shape: ConnectorRecord;
  host: SourcedText | undefined;
  properties: ReadProperty[];
  headers: ReadHeader[];
  report: Report;
}

/** One record of a file, not looked into yet, with its place. */
export interface SourceRecord {
  source: JsonObject;
  report: Report;
}

/** The records of one `connectors.json`: a list, one record alone, or Omnium's `{"connectors": […]}`. */
export function recordsOf(content: unknown, report: Report): SourceRecord[] {
  const inner = isJsonObject(content)
    ? (Object.entries(content).find(([key]) => key.toLowerCase() === 'connectors')?.[1] ?? [content])
    : content;
  if (!Array.isArray(inner)) {
    report.error('RECORDS_SHAPE', 'The file must hold a list of connector records, [ {…}, {…} ].');
    return [];
  }
  return inner.flatMap((item: unknown, index) => {
    const at = report.inside(`[${index}]`);
    if (isJsonObject(item)) return [{ source: item, report: at }];
    at.error('RECORDS_SHAPE', 'A connector record must be an object, {…}.');
    return [];
  });
}

/** The name a record goes by, whatever the case of its key; undefined when it has none. */
export function recordName(record: JsonObject): string | undefined {
  const name = Object.entries(record).find(([key]) => key.toLowerCase() === 'name')?.[1];
  return typeof name === 'string' ? name : undefined;
}

/** undefined: the shape is wrong, and every fault of it was reported. */
export function readRecord({ source, report }: SourceRecord, env: Environment): ReadRecord | undefined {
  const shape = decodeRecord(source, report);
  if (!shape) return undefined;
  const properties = shape.properties.map((property, index) => {
    const at = report.inside(`properties[${index}].value`);
    return { key: property.key, keyGroup: property.keyGroup, report: at, ...resolveReferences(property.value, env, at) };
  });
  const headers = shape.customHeaders.map((header, index) => {
    const at = report.inside(`customHeaders[${index}]`);
    return { name: header.key, report: at, ...resolveReferences(header.value, env, at) };
  });
  const host = shape.host === undefined ? undefined : resolveReferences(shape.host, env, report.inside('host'));
  return { shape, host, properties, headers, report };
}
