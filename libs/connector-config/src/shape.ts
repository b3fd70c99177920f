import { ClassConstructor, plainToInstance } from 'class-transformer';
import { ValidationError, validateSync } from 'class-validator';
import { isJsonObject, JsonObject, withKnownKeys } from './json';
import { Report } from './problem';
import { ConnectorRecord, HEADER_KEYS, PROPERTY_KEYS, RECORD_KEYS } from './record-shape';

/** The record with every key in its known spelling, or undefined after every fault of its shape was reported. */
export function decodeRecord(source: JsonObject, report: Report): ConnectorRecord | undefined {
  const { values, doubled } = withKnownKeys(source, RECORD_KEYS);
  for (const key of doubled) {
    report.inside(key).error('KEY_TWICE', `"${key}" stands twice, in different upper and lower case. Keep one of them.`);
  }
  if (Array.isArray(values.properties)) values.properties = elements(values.properties, PROPERTY_KEYS);
  if (Array.isArray(values.customHeaders)) values.customHeaders = elements(values.customHeaders, HEADER_KEYS);
  const record = decodeShape(ConnectorRecord, values, report);
  return doubled.length === 0 ? record : undefined;
}

/** Turns plain JSON into an instance of a class that carries class-validator rules; undefined when a rule is broken (reported). */
export function decodeShape<T extends object>(shape: ClassConstructor<T>, source: JsonObject, report: Report): T | undefined {
  const instance = plainToInstance(shape, source);
  const faults = validateSync(instance, { forbidUnknownValues: false });
  for (const fault of faults) reportFault(fault, report);
  return faults.length === 0 ? instance : undefined;
}

function elements(items: unknown[], known: readonly string[]): unknown[] {
  return items.map((item) => (isJsonObject(item) ? withKnownKeys(item, known).values : item));
}

function reportFault(fault: ValidationError, report: Report): void {
  const here = report.inside(/^\d+$/.test(fault.property) ? `[${fault.property}]` : fault.property);
  const [message] = Object.values(fault.constraints ?? {});
  if (message !== undefined) here.error('RECORD_SHAPE', `"${fault.property}" ${words(message)}.`);
  for (const child of fault.children ?? []) reportFault(child, here);
}

/** class-validator has its own sentence for a list element that is not an object. */
function words(message: string): string {
  return message.startsWith('each value in nested') || message.startsWith('nested property')
    ? 'must be a list of objects with "key" and "value"'
    : message;
}
