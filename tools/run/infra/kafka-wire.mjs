import { connect } from 'node:net';

/** Two requests of Kafka's protocol, enough to know that a broker works: header version 1, client id `run`. */
const requests = {
  apiVersions: { key: 18, version: 0, body: Buffer.alloc(0) },
  /** Metadata 4: no topics (length 0), no topic creation. */
  metadata: { key: 3, version: 4, body: Buffer.from([0, 0, 0, 0, 0]) },
};

/** Whether a broker answers ApiVersions without an error. */
export async function answersApiVersions(address) {
  const answer = await ask(address, requests.apiVersions);
  return answer !== undefined && answer.length >= 6 && answer.readInt16BE(4) === 0;
}

/** How many brokers of the cluster take work, as this broker sees it; 0 when it does not answer. */
export async function liveBrokers(address) {
  const answer = await ask(address, requests.metadata);
  // Correlation id, throttle time, then the array of brokers.
  return answer !== undefined && answer.length >= 12 ? answer.readInt32BE(8) : 0;
}

/** The request's bytes, length first. */
export function encode({ key, version, body }, correlationId = 1, clientId = 'run') {
  const head = Buffer.alloc(14 + clientId.length);
  head.writeInt32BE(head.length - 4 + body.length, 0);
  head.writeInt16BE(key, 4);
  head.writeInt16BE(version, 6);
  head.writeInt32BE(correlationId, 8);
  head.writeInt16BE(clientId.length, 12);
  head.write(clientId, 14, 'ascii');
  return Buffer.concat([head, body]);
}

/** One question over a connection of its own. Undefined when there is no complete answer within a second. */
function ask(address, request) {
  return exchange(address, encode(request), (bytes) => {
    if (bytes.length < 4 || bytes.length < 4 + bytes.readInt32BE(0)) return undefined;
    return bytes.subarray(4, 4 + bytes.readInt32BE(0));
  });
}

/** Sends bytes to `host:port` and resolves with what `complete` makes of the answer, or undefined. */
export function exchange(address, bytes, complete, withinMs = 1000) {
  const colon = address.lastIndexOf(':');
  return new Promise((resolve) => {
    const socket = connect({ host: address.slice(0, colon), port: Number(address.slice(colon + 1)) });
    let received = Buffer.alloc(0);
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(withinMs, () => finish(undefined));
    socket.on('error', () => finish(undefined));
    socket.on('close', () => finish(undefined));
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      const answer = complete(received);
      if (answer !== undefined) finish(answer);
    });
  });
}
