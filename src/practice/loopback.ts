import type { NextFunction, Request, Response } from 'express';

const loopbackAddresses = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether this URL points at the machine itself. */
export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && loopbackNames.has(new URL(url).hostname);
}

/**
 * Lets only this machine in. The Host check keeps out a web page that made its own name point here
 * (DNS rebinding); the Origin check keeps out a form or script of another site.
 */
export function loopbackOnly(req: Request, res: Response, next: NextFunction): void {
  if (isFromHere(req)) {
    next();
    return;
  }
  res.status(403).type('text/plain').send('The practice workspace answers this machine only.\n');
}

function isFromHere(req: Request): boolean {
  const host = req.headers.host ?? '';
  const origin = req.headers.origin;
  return (
    loopbackAddresses.has(req.socket.remoteAddress ?? '') &&
    isLoopbackUrl(`http://${host}`) &&
    (origin === undefined || origin === `http://${host}`)
  );
}
