import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/*
 * The other end of Socket Mode: a WebSocket server of the few frames that Slack uses, so that no
 * package is needed for a test.
 */

export type SocketServer = {
  /** The HTTP server's `upgrade` handler. */
  upgrade(request: IncomingMessage, socket: Duplex): void;
  /** Sends an envelope and gives what was acknowledged with it; null when nothing came. */
  deliver(type: string, payload: object, acceptsResponse: boolean): Promise<unknown>;
  /** Sends these very characters. */
  sendRaw(text: string): void;
  /** Slack recycles the connection. */
  recycle(): void;
  connections(): number;
  close(): void;
};

const magic = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

export function createSocketServer(ackMs = 3000): SocketServer {
  const sockets = new Set<Duplex>();
  const waiting = new Map<string, (payload: unknown) => void>();
  let opened = 0;
  const newest = () => [...sockets].at(-1);
  const send = (text: string) => newest()?.write(frame(1, Buffer.from(text)));
  return {
    upgrade: (request, socket) => {
      opened += 1;
      const key = request.headers['sec-websocket-key'] ?? '';
      const accept = createHash('sha1').update(`${key}${magic}`).digest('base64');
      socket.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
      );
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => sockets.delete(socket));
      readFrames(socket, (text) => {
        const { envelope_id, payload } = JSON.parse(text) as {
          envelope_id: string;
          payload: unknown;
        };
        waiting.get(envelope_id)?.(payload);
      });
      socket.write(frame(1, Buffer.from(JSON.stringify({ type: 'hello', num_connections: 1 }))));
    },
    deliver: (type, payload, acceptsResponse) => {
      const envelope_id = randomUUID();
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          resolve(null);
        }, ackMs);
        waiting.set(envelope_id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        send(
          JSON.stringify({ envelope_id, type, payload, accepts_response_payload: acceptsResponse }),
        );
      });
    },
    sendRaw: (text) => {
      send(text);
    },
    recycle: () => {
      send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    },
    connections: () => opened,
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function frame(opcode: number, data: Buffer): Buffer {
  const length =
    data.length < 126
      ? Buffer.from([data.length])
      : data.length < 65_536
        ? Buffer.from([126, data.length >> 8, data.length & 255])
        : Buffer.concat([Buffer.from([127, 0, 0, 0, 0]), uint32(data.length)]);
  return Buffer.concat([Buffer.from([0x80 | opcode]), length, data]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Clients mask what they send; a ping is answered and a close is returned. */
function readFrames(socket: Duplex, onText: (text: string) => void): void {
  let held = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    for (let read = readFrame(held); read !== null; read = readFrame(held)) {
      held = held.subarray(read.size);
      if (read.opcode === 1) onText(read.data.toString());
      if (read.opcode === 9) socket.write(frame(10, read.data));
      if (read.opcode === 8) socket.end(frame(8, read.data));
    }
  });
}

function readFrame(bytes: Buffer): { opcode: number; data: Buffer; size: number } | null {
  if (bytes.length < 6) return null;
  const short = bytes.readUInt8(1) & 127;
  const start = 6 + (short === 126 ? 2 : short === 127 ? 8 : 0);
  if (bytes.length < start) return null;
  const length = lengthOf(bytes, short);
  if (bytes.length < start + length) return null;
  const mask = bytes.subarray(start - 4, start);
  const data = Buffer.from(bytes.subarray(start, start + length));
  for (let at = 0; at < data.length; at += 1) data[at] = (data[at] ?? 0) ^ (mask[at % 4] ?? 0);
  return { opcode: bytes.readUInt8(0) & 15, data, size: start + length };
}

function lengthOf(bytes: Buffer, short: number): number {
  if (short === 126) return bytes.readUInt16BE(2);
  return short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
}
