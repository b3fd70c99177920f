/** .NET's TimeSpan text as Omnium writes it: `[d.]hh:mm:ss[.fffffff]`. */
const TIME_SPAN = /^(?:(\d{1,4})\.)?([01]?\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.(\d{1,7}))?$/;

/** Milliseconds (rounded up, so that a tiny span never turns into zero), or undefined when the text is not a time span. */
export function parseTimeSpan(text: string): number | undefined {
  const match = TIME_SPAN.exec(text.trim());
  if (!match) return undefined;
  const [, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  const whole = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1000 + Math.ceil(Number(fraction.padEnd(7, '0')) / 10_000);
}
