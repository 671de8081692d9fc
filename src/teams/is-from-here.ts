import type { IncomingMessage } from 'node:http';

/** The part of a request that tells where it comes from. */
export type Origin = {
  socket: { remoteAddress?: string | undefined };
  headers: IncomingMessage['headers'];
};

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOCAL_PAGE = /^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;
const PASSED_ON = ['forwarded', 'x-forwarded-for', 'via'];

/** Not from another machine, not passed on by a proxy, and not by a stranger's page open in a browser here. */
export function isFromHere({ socket, headers }: Origin): boolean {
  const isNear = LOOPBACK.test(socket.remoteAddress ?? '');
  const isDirect = !PASSED_ON.some((name) => name in headers);
  const { origin } = headers;
  return isNear && isDirect && (origin === undefined || LOCAL_PAGE.test(origin));
}
