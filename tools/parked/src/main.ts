import { type ParkedNotice } from '@connector/contracts';
import { connectKafka, existingTopics, KafkaPublisher, readParked } from '@connector/event-bus';
import { runCommand, UsageError } from '@connector/platform';
import { readCommand, usage, type Command } from './arguments';
import { canReplay, dropRecords, publishPaced, replayRecord, replayTopic } from './replay';
import { byReason, select } from './select';

const print = (line: string) => void process.stdout.write(`${line}\n`);
const quiet = () => undefined;
const time = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

async function main(): Promise<number> {
  const command = readCommand(process.argv.slice(2));
  const brokers = process.env['KAFKA_BROKERS']?.split(',');
  if (!brokers) throw new UsageError('KAFKA_BROKERS is not set');
  const parked = select(await readParked({ brokers }), command.filter);
  if (command.name === 'show') return show(parked);
  if (command.name === 'list') return list(parked);
  if (command.name === 'reasons') return reasons(parked);
  return change(command, parked, brokers);
}

function list(parked: readonly ParkedNotice[]): number {
  for (const { key, group, reason, parkedAt, attempts } of parked) {
    print(`${time(parkedAt)}  ${key.padEnd(28)} ${reason.code.padEnd(30)} ${String(attempts).padStart(2)} tries  ${group}`);
  }
  print(`${parked.length} parked`);
  return 0;
}

function reasons(parked: readonly ParkedNotice[]): number {
  for (const { group, code, count, oldest, message } of byReason(parked)) {
    print(`${String(count).padStart(6)}  ${code.padEnd(30)} since ${time(oldest)}  ${group}\n        ${message}`);
  }
  print(`${parked.length} parked`);
  return 0;
}

function show(parked: readonly ParkedNotice[]): number {
  for (const notice of parked)
    print(JSON.stringify({ ...notice, firstSeenAt: time(notice.firstSeenAt), parkedAt: time(notice.parkedAt) }, null, 2));
  if (parked.length === 0) print('nothing is parked under this key');
  return parked.length === 0 ? 1 : 0;
}

async function change(
  command: Extract<Command, { name: 'replay' | 'drop' }>,
  parked: readonly ParkedNotice[],
  brokers: string[],
): Promise<number> {
  const topics = await existingTopics({ brokers });
  const chosen = command.name === 'replay' ? parked.filter((notice) => canReplay(notice) && topics.has(replayTopic(notice))) : parked;
  const verb = command.name === 'replay' ? 'published again' : 'taken off the list';
  reasons(chosen);
  if (parked.length > chosen.length)
    print(`${parked.length - chosen.length} cannot be replayed: never decoded, or of a topic that is gone`);
  if (!command.yes) {
    print(`${chosen.length} would be ${verb}. Add --yes to do it.`);
    return 0;
  }
  const publisher = new KafkaPublisher(connectKafka({ brokers, clientId: 'parked', report: quiet }), quiet);
  await publisher.connect();
  const now = Date.now();
  const records = chosen.flatMap((notice) => (command.name === 'replay' ? [replayRecord(notice)] : dropRecords(notice, command.note, now)));
  const pace = command.name === 'replay' ? command.perSecond : 1_000;
  await publishPaced(publisher, records, pace, (ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  await publisher.close();
  print(`${chosen.length} ${verb}.`);
  return 0;
}

runCommand(main, usage);
