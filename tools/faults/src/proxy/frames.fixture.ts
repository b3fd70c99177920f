/** A request of Kafka's form: version 1, body = three bytes. */
export function request(apiKey: number, correlationId: number, clientId: string): Buffer {
  const name = Buffer.from(clientId);
  const frame = Buffer.alloc(14 + name.length + 3);
  frame.writeInt32BE(frame.length - 4, 0);
  frame.writeInt16BE(apiKey, 4);
  frame.writeInt16BE(1, 6);
  frame.writeInt32BE(correlationId, 8);
  frame.writeInt16BE(name.length === 0 ? -1 : name.length, 12);
  name.copy(frame, 14);
  return frame;
}

export function response(correlationId: number, body: string): Buffer {
  const frame = Buffer.alloc(8 + body.length);
  frame.writeInt32BE(frame.length - 4, 0);
  frame.writeInt32BE(correlationId, 4);
  frame.write(body, 8);
  return frame;
}
