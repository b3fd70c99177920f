import { parseApiKey } from './api-key';
import { Found, Layers } from './layers';
import { Secret, SECRET_PLACEHOLDER } from './secret';
import { ADVISED_API_KEYS, LIVE_WEBHOOK_TOKENS } from './settings';

/** Sample values of public documentation: everybody knows them. */
const SAMPLE_TOKENS = ['stupidsecret', 'replace_me', 'changeme'];
const SHORTEST_TOKEN = 16;

interface Entry {
  text: string;
  found: Found;
}

/** The market's pool of keys, each in the form that follows `Basic `. Empty: the market needs credentials. */
export function readApiKeys(layers: Layers, accountNumber: number | undefined): Secret[] {
  const pool = new Map<string, Secret>();
  const entries = secretEntries(layers, 'ApiKey');
  for (const { text, found } of entries) {
    const key = parseApiKey(text);
    if (!key)
      found.report.error(
        'API_KEY_FORM',
        'An API key must be "API id:password" or base64 of it, as Sitoo shows under "Add Request Header". Several keys are joined with ||.',
      );
    else if (pool.has(key.secret.reveal()))
      found.report.warning(
        'API_KEY_TWICE',
        'The same API key stands twice; the second one adds nothing. Make one more key in the Sitoo back office.',
      );
    else {
      pool.set(key.secret.reveal(), key.secret);
      warnOfAccount(key.account, accountNumber, found);
    }
  }
  warnOfFewKeys(layers, pool.size, entries);
  return [...pool.values()];
}

function warnOfAccount(account: string | undefined, accountNumber: number | undefined, found: Found): void {
  if (account === undefined || accountNumber === undefined || Number(account) === accountNumber) return;
  found.report.warning('API_KEY_ACCOUNT', `The API key is not of the account ${accountNumber}. Compare "AccountNumber" and the key's id.`);
}

/** Says nothing while a key could not be read: that has its own problem. */
function warnOfFewKeys(layers: Layers, size: number, entries: readonly Entry[]): void {
  if (isMissing(layers, 'ApiKey', entries)) {
    layers.missing(
      'warning',
      'API_KEY_MISSING',
      'The market has no Sitoo API key, so no call is made for it. Add properties "ApiKey", at least three.',
    );
  } else if (size < ADVISED_API_KEYS && size === entries.length && isComplete(layers, 'ApiKey')) {
    layers.missing(
      'warning',
      'API_KEYS_FEW',
      `The market has ${size} API key(s). At least ${ADVISED_API_KEYS} are advised, since Sitoo serves one call at a time and key.`,
    );
  }
}

/** The tokens Sitoo may send, the new one first. Empty: no event can be accepted, the market needs credentials. */
export function readWebhookTokens(layers: Layers): Secret[] {
  const entries = secretEntries(layers, 'WebhookApiKey');
  if (isMissing(layers, 'WebhookApiKey', entries)) {
    layers.missing(
      'warning',
      'WEBHOOK_TOKEN_MISSING',
      'The market has no "WebhookApiKey", so no event of Sitoo can be accepted. Add it, equal to api_token of the event subscription.',
    );
  }
  return liveTokens(entries, 'Sitoo');
}

/** The tokens Omnium may send, the new one first. Empty: no event of Omnium is accepted; its changes are found by polling. */
export function readOmniumWebhookTokens(layers: Layers): Secret[] {
  return liveTokens(secretEntries(layers, 'OmniumWebhookApiKey'), 'Omnium');
}

function liveTokens(entries: readonly Entry[], sender: 'Sitoo' | 'Omnium'): Secret[] {
  const place = sender === 'Sitoo' ? 'the Sitoo back office' : "Omnium's event subscription";
  for (const { text, found } of entries) {
    if (text.length >= SHORTEST_TOKEN && !SAMPLE_TOKENS.includes(text.toLowerCase())) continue;
    found.report.warning(
      'WEBHOOK_TOKEN_WEAK',
      `The webhook key is a sample value or shorter than ${SHORTEST_TOKEN} characters. Use a long random one, here and in ${place}.`,
    );
  }
  const extra = entries[LIVE_WEBHOOK_TOKENS];
  if (extra)
    extra.found.report.error(
      'WEBHOOK_TOKENS_MANY',
      `At most ${LIVE_WEBHOOK_TOKENS} webhook keys can be live at a time. Remove the oldest.`,
    );
  return entries.map(({ text }) => new Secret(text));
}

/** One entry per value, `||` taken apart, with the faults common to all secrets reported. */
function secretEntries(layers: Layers, key: string): Entry[] {
  return layers.all(key).flatMap((found) => {
    if (found.text === undefined) return [];
    const parts = found.text.split('||').map((part) => part.trim());
    const values = parts.filter((part) => part !== '');
    if (values.length > 0) warnIfWrittenOut(found);
    return values.filter((part) => part !== SECRET_PLACEHOLDER).map((text) => ({ text, found }));
  });
}

/** Nothing stands there; a value that could not be filled in is reported elsewhere. */
function isMissing(layers: Layers, key: string, entries: readonly Entry[]): boolean {
  return entries.length === 0 && isComplete(layers, key);
}

function isComplete(layers: Layers, key: string): boolean {
  return layers.all(key).every(({ text }) => text !== undefined && !text.includes(SECRET_PLACEHOLDER));
}

/** A secret belongs into the environment; the placeholder of an export is no secret at all. */
export function warnIfWrittenOut(found: Found): void {
  if (found.text?.includes(SECRET_PLACEHOLDER)) {
    found.report.error(
      'SECRET_PLACEHOLDER',
      `The value is the placeholder ${SECRET_PLACEHOLDER} of an export. Put a reference to the secret there, \${NAME}.`,
    );
  } else if (!found.reference) {
    found.report.warning(
      'SECRET_IN_FILE',
      'A secret is written out in the file. Put a reference there, ${NAME}, and the secret into the environment.',
    );
  }
}
