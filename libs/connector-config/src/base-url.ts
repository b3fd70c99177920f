import { isIPv4 } from 'node:net';
import { Report } from './problem';

/** The URL without a trailing slash, or undefined after the fault was reported. The URL itself is never quoted: it may hold a password. */
export function parseBaseUrl(text: string, report: Report): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    report.error('URL_INVALID', 'This is not a web address. Write it in full, starting with https://.');
    return undefined;
  }
  if (url.username !== '' || url.password !== '')
    return refuse(report, 'URL_CREDENTIALS', 'The address holds a user or password. Put credentials into the properties.');
  if (url.search !== '' || url.hash !== '')
    return refuse(report, 'URL_QUERY', 'The address must end with its path. Leave out everything from "?" or "#" on.');
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return refuse(
      report,
      'URL_NOT_HTTPS',
      'The address must start with https://, since keys travel with every call. Only a loopback address may use http://.',
    );
  }
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url;
}

/** Sitoo's base URL as its back office shows it, up to and including `/v2`. */
export function parseSitooBaseUrl(text: string, report: Report): string | undefined {
  const url = parseBaseUrl(text, report);
  if (!url) return undefined;
  if (url.pathname.endsWith('/v2')) return url.href;
  return refuse(
    report,
    'URL_NOT_V2',
    'The Sitoo base URL must end with /v2. Leave out /accounts/… and what follows; account and e-shop are properties.',
  );
}

/** Omnium's host. `/api` belongs to the routes and is not part of it. */
export function parseOmniumBaseUrl(text: string, report: Report): string | undefined {
  const url = parseBaseUrl(text, report);
  if (!url) return undefined;
  if (/\/api$/i.test(url.pathname)) return refuse(report, 'URL_WITH_API', 'Leave out /api at the end, such as https://api.omnium.no.');
  return url.href.replace(/\/$/, '');
}

export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || (isIPv4(name) && name.startsWith('127.'));
}

function refuse(report: Report, code: string, message: string): undefined {
  report.error(code, message);
  return undefined;
}
