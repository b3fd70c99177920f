/**
 * Kafka's wire format as far as a proxy needs it: every message is preceded by its length (4 bytes); a request begins with API key,
 * API version, correlation id and client id, a response with the correlation id (kafka.apache.org/protocol).
 */
export const apis = {
  produce: 0,
  fetch: 1,
  metadata: 3,
  offsetCommit: 8,
  findCoordinator: 10,
  joinGroup: 11,
  heartbeat: 12,
  syncGroup: 14,
} as const;

export type Api = keyof typeof apis;

export interface RequestHead {
  apiKey: number;
  apiVersion: number;
  correlationId: number;
  /** What the client calls itself; empty when it gives no name. */
  clientId: string;
}

const lengthBytes = 4;
/** Larger than any request or response of these runs; beyond it the bytes are not Kafka's. */
const maxFrameBytes = 128 * 1024 * 1024;

/** Cuts a stream of bytes into whole messages, length included. */
export class FrameReader {
  private pending: Buffer = Buffer.alloc(0);

  /** The messages that are complete with this chunk. @throws RangeError when the bytes cannot be Kafka's */
  push(chunk: Buffer): Buffer[] {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    const frames: Buffer[] = [];
    while (this.pending.length >= lengthBytes) {
      const size = this.pending.readInt32BE(0);
      if (size < 0 || size > maxFrameBytes) throw new RangeError(`a message of ${size} bytes`);
      if (this.pending.length < lengthBytes + size) break;
      frames.push(this.pending.subarray(0, lengthBytes + size));
      this.pending = this.pending.subarray(lengthBytes + size);
    }
    return frames;
  }
}

export function requestHead(frame: Buffer): RequestHead {
  const nameBytes = frame.length >= 14 ? frame.readInt16BE(12) : -1;
  return {
    apiKey: frame.readInt16BE(4),
    apiVersion: frame.readInt16BE(6),
    correlationId: frame.readInt32BE(8),
    clientId: nameBytes > 0 ? frame.toString('utf8', 14, 14 + nameBytes) : '',
  };
}

export function responseCorrelationId(frame: Buffer): number {
  return frame.readInt32BE(lengthBytes);
}
