import { countsOf, timing, callsOf } from './day-figures.mjs';
import { seconds } from './phases.mjs';
import { webOrderProgress } from './web-orders.mjs';

/** A terminal gets four lines that are drawn over; anything else a line every few seconds. */
const plainEveryMs = 5000;
const barWidth = 30;

export class LiveView {
  drawn = 0;
  lastPlain = 0;

  constructor(out = process.stdout) {
    this.out = out;
    this.live = out.isTTY === true;
  }

  show(seen) {
    if (this.live) return this.redraw(liveLines(seen, this.out.columns ?? 100));
    if (Date.now() - this.lastPlain < plainEveryMs) return;
    this.lastPlain = Date.now();
    this.out.write(`    ${plainLine(seen)}\n`);
  }

  redraw(lines) {
    // Up over the lines of before, clear from there to the end of the screen, draw.
    const up = this.drawn > 0 ? `\x1b[${this.drawn}A\x1b[0J` : '';
    this.out.write(`${up}${lines.join('\n')}\n`);
    this.drawn = lines.length;
  }

  end() {
    this.drawn = 0;
  }
}

function liveLines(seen, width) {
  const { order, merged, parked, skipped, open, wrong } = countsOf(seen.places);
  const filled = Math.round((barWidth * seen.sent) / seen.planned);
  return [
    `  ${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}  ${seen.sent} of ${seen.planned} receipts sent, ${seconds(seen.elapsedMs)}`,
    `  in Omnium ${order}   returned ${merged}   parked ${parked}   skipped ${skipped}   on the way ${open}${wrong ? `   WRONG ${wrong}` : ''}${after('   ', webOrderProgress(seen.webOrders))}`,
    `  event to order ${timing(seen.durations)}`,
    `  ${callsOf(seen)}`,
  ].map((line) => line.slice(0, width - 1));
}

export function plainLine(seen) {
  const { order, merged, parked, skipped, open, wrong } = countsOf(seen.places);
  return `${seconds(seen.elapsedMs)}: ${seen.sent} of ${seen.planned} sent, ${order} in Omnium, ${merged} returned, ${parked} parked, ${skipped} skipped, ${open} on the way${wrong ? `, ${wrong} WRONG` : ''}${after(', ', webOrderProgress(seen.webOrders))}`;
}

function after(separator, text) {
  return text === '' ? '' : `${separator}${text}`;
}
