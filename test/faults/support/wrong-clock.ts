/*
 * This machine's clock, wrong by WRONG_BY_MS milliseconds: for every part of the process, whoever asks.
 */

const wrongBy = Number(process.env['WRONG_BY_MS'] ?? 0);

if (wrongBy !== 0) {
  const Right = Date;
  const now = () => Right.now() + wrongBy;
  globalThis.Date = new Proxy(Right, {
    construct: (target, given, as) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, as) as Date,
    apply: () => new Right(now()).toString(),
    get: (target, name) => (name === 'now' ? now : (Reflect.get(target, name) as unknown)),
  });
}
