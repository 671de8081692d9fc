import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A message as the server was given it. */
export type SeenMail = { from: string; to: string; text: string };

export type FakeSmtp = {
  url: string;
  seen: SeenMail[];
  /** What it says to the next of these commands instead of its own answer; null: it breaks the connection. */
  next(command: 'RCPT' | 'DATA' | 'END', answer: string | null): void;
  stop(): void;
};

/** As much of a mail server as is needed to take a message, refuse one, or break. On this machine only. */
export async function startFakeSmtp(): Promise<FakeSmtp> {
  const seen: SeenMail[] = [];
  const planned: { command: string; answer: string | null }[] = [];
  const server = createServer((socket) => {
    converse(socket, seen, (command) => {
      const at = planned.findIndex((one) => one.command === command);
      return at < 0 ? undefined : planned.splice(at, 1)[0]?.answer;
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    seen,
    next: (command, answer) => planned.push({ command, answer }),
    stop: () => server.close(),
  };
}

const usual: Record<string, string> = {
  EHLO: '250 fake',
  MAIL: '250 OK',
  RCPT: '250 OK',
  DATA: '354 go on',
  END: '250 taken',
  QUIT: '221 bye',
};

function converse(
  socket: Socket,
  seen: SeenMail[],
  plannedFor: (command: string) => string | null | undefined,
): void {
  let mail: SeenMail = { from: '', to: '', text: '' };
  let reading = false;
  socket.on('error', () => undefined);
  const answer = (command: string): boolean => {
    const planned = plannedFor(command);
    if (planned === null) socket.destroy();
    else socket.write(`${planned ?? usual[command] ?? '502 no'}\r\n`);
    return planned === undefined;
  };
  socket.write('220 fake\r\n');
  createInterface({ input: socket }).on('line', (line) => {
    if (reading && line !== '.') {
      mail.text += `${line}\n`;
      return;
    }
    const command = reading ? 'END' : (line.split(' ')[0] ?? '').toUpperCase();
    const address = /<(.*?)>/.exec(line)?.[1] ?? '';
    if (command === 'MAIL') mail = { from: address, to: '', text: '' };
    if (command === 'RCPT') mail.to = address;
    const took = answer(command);
    reading = command === 'DATA' && took;
    if (command === 'END' && took) seen.push(mail);
  });
}
