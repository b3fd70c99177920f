import { connectKafka, KafkaPublisher, type OutgoingRecord } from '@connector/event-bus';
import { describeDay } from '@connector/mapping';
import { openMarket, type OpenMarket } from '@connector/market';
import { runCommand, UsageError } from '@connector/platform';
import { readCommand, usage, type Command } from './arguments';
import { noticesFor } from './import-named';
import { readDay, type RegisterDay } from './read-day';

const print = (line: string) => void process.stdout.write(`${line}\n`);
const quiet = () => undefined;

async function main(): Promise<number> {
  const command = readCommand(process.argv.slice(2));
  const brokers = process.env['KAFKA_BROKERS']?.split(',');
  if (command.importNamed && !brokers) throw new UsageError('KAFKA_BROKERS is not set');
  const connected = await openMarket(command, process.env);
  try {
    const { config, marketId } = connected;
    const place = { ...command, market: marketId, site: config.sitoo.siteId, timeZone: config.timeZone };
    const days = await readDay(place, connected);
    tell(days, command);
    if (command.importNamed && brokers) await importNamed(days, connected, brokers, command.json);
    return days.length > 0 && days.every(({ proof }) => proof.agrees) ? 0 : 1;
  } finally {
    await connected.close();
  }
}

function tell(days: readonly RegisterDay[], { json, register, date }: Command): void {
  if (json)
    return print(
      JSON.stringify(
        days.map(({ report, proof }) => ({ register, date, report: report.zreportid, ...plain(proof) })),
        null,
        2,
      ),
    );
  if (days.length === 0) print(`Sitoo has no Z-report of ${register} for ${date}: is the register closed, and is the till online?`);
  for (const { report, proof } of days) {
    print(`${register}, ${date}, Z-report ${report.zreportid}`);
    for (const line of describeDay(proof)) print(line);
  }
}

function plain({ differences, ...proof }: RegisterDay['proof']): object {
  const amounts = (lines: RegisterDay['proof']['differences'][number]['lines']) =>
    Object.fromEntries([...lines].map(([line, value]) => [line, value.toFixed(2)]));
  return { ...proof, differences: differences.map((one) => ({ ...one, lines: amounts(one.lines) })) };
}

async function importNamed(days: readonly RegisterDay[], { config }: OpenMarket, brokers: string[], isQuiet: boolean): Promise<void> {
  const records: OutgoingRecord[] = days.flatMap(({ proof }) => noticesFor(proof, config, Date.now()));
  if (records.length > 0) {
    const publisher = new KafkaPublisher(connectKafka({ brokers, clientId: 'trading-day', report: quiet }), quiet);
    await publisher.connect();
    await publisher.publish(records);
    await publisher.close();
  }
  if (!isQuiet) print(`${records.length} announced for import.`);
}

runCommand(main, usage);
