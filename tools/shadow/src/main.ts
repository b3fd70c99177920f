import { openMarket } from '@connector/market';
import { runCommand } from '@connector/platform';
import { readCommand, usage } from './arguments';
import { compareMarket } from './compare';
import { describeReport } from './describe';

async function main(): Promise<number> {
  const { what, json, ...named } = readCommand(process.argv.slice(2), new Date());
  const market = await openMarket(named, process.env);
  try {
    const report = await compareMarket(what, market);
    const lines = json ? [JSON.stringify({ market: named.market, ...report }, null, 2)] : describeReport(named.market, report);
    process.stdout.write(`${lines.join('\n')}\n`);
    return report.groups.length === 0 && report.receipts.compared > 0 ? 0 : 1;
  } finally {
    await market.close();
  }
}

runCommand(main, usage);
