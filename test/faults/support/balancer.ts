import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What stands in front of the replicas, and is all that the platforms know. */
export type Balancer = {
  url: string;
  /** Where requests go from now on, in turn. */
  to(ports: readonly number[]): void;
  close(): void;
};

/** A request that reaches nobody is answered 502; none is sent twice, since it may have had its effect. */
export async function startBalancer(): Promise<Balancer> {
  let ports: readonly number[] = [];
  let turn = 0;
  const server = createServer((incoming, response) => {
    const port = ports[turn++ % Math.max(1, ports.length)];
    if (port === undefined) refuse(response);
    else pass(incoming, response, port);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    to: (next) => {
      ports = next;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function pass(incoming: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url, headers } = incoming;
  const outgoing = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false });
  outgoing.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  outgoing.on('error', () => {
    refuse(response);
  });
  incoming.pipe(outgoing);
}

function refuse(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(502).end();
}
