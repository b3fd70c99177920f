import type { LoggerService } from '@nestjs/common';
import pino, { type Logger } from 'pino';

export type { Logger };

/**
 * JSON lines on standard output, one fact per line: `event` is stable and searchable, the other fields are ids, numbers and codes.
 * Payloads, people and secrets have no place in a line; the redaction list is only the second net.
 */
export function createLogger(app: string, level: string): Logger {
  return pino({
    level,
    base: { app },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    messageKey: 'event',
    redact: { paths: ['*.authorization', '*.password', '*.clientSecret', '*.apiKey', '*.token', 'headers', 'body'], censor: '[redacted]' },
  });
}

/** Nest's own messages in the same shape. Its chatter while wiring modules is debug. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context, message: String(message) }, 'nest');
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context, message: String(message) }, 'nest');
  }

  error(message: unknown, _stack?: string, context?: string): void {
    this.logger.error({ context, message: String(message) }, 'nest');
  }

  debug(message: unknown, context?: string): void {
    this.logger.debug({ context, message: String(message) }, 'nest');
  }
}
