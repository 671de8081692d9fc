import { Router, type NextFunction, type Request, type Response } from 'express';
import { bundledClient } from './bundle.ts';

/** Everything comes from here, nothing from elsewhere: a card cannot make the page call out. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const html = `<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>Practice workspace</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/practice/app.css" />
    <script type="module" src="/practice/app.js"></script>
  </head>
  <body>
    <div id="app"></div>
    <noscript>The practice workspace needs JavaScript. Nothing here is real.</noscript>
  </body>
</html>
`;

/** The page and its bundle, built when it is first asked for. */
export function pageRouter(): Router {
  const router = Router();
  router.get('/', strict, (_req, res) => {
    res.type('html').send(html);
  });
  router.get('/practice/app.js', strict, async (_req, res) => {
    res.type('js').send((await bundledClient()).script);
  });
  router.get('/practice/app.css', strict, async (_req, res) => {
    res.type('css').send((await bundledClient()).style);
  });
  return router;
}

function strict(_req: Request, res: Response, next: NextFunction): void {
  res.set({
    'content-security-policy': contentSecurityPolicy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  next();
}
