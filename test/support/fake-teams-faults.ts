import type { NextFunction, Request, Response } from 'express';

/** What goes wrong with a call. `reset-after`: Teams did it, but the answer is lost. */
export type Fault =
  | {
      type: 'status';
      status: number;
      code?: string;
      subCode?: string;
      headers?: Record<string, string>;
    }
  | { type: 'reset' }
  | { type: 'reset-after' }
  | { type: 'cut' }
  | { type: 'hang' }
  /** Teams does it and answers; just before, or between the two, something happens to somebody. */
  | { type: 'meanwhile'; when: 'before' | 'after'; run: () => void }
  | { type: 'answer'; status: number; contentType: string; body: string }
  | { type: 'redirect'; to: string };

export type Match = (call: { method: string; path: string; body?: unknown }) => boolean;

type Planned = { times: number; match: Match; fault: Fault };

export type Faults = {
  /** The next `times` calls that match go wrong. */
  next(fault: Fault, times?: number, match?: Match): void;
  clear(): void;
  middleware: (request: Request, response: Response, next: NextFunction) => void;
};

export function createFaults(): Faults {
  let planned: Planned[] = [];
  const take = (request: Request): Fault | null => {
    const one = planned.find(({ match }) => match(request));
    if (!one) return null;
    if (--one.times === 0) planned = planned.filter((other) => other !== one);
    return one.fault;
  };
  return {
    next: (fault, times = 1, match = () => true) => planned.push({ times, match, fault }),
    clear: () => (planned = []),
    middleware: (request, response, next) => {
      const fault = take(request);
      if (fault) inflict(fault, response, next);
      else next();
    },
  };
}

function inflict(fault: Fault, response: Response, next: NextFunction): void {
  switch (fault.type) {
    case 'status': {
      const { status, code = 'ServiceError', subCode, headers = {} } = fault;
      response
        .status(status)
        .set(headers)
        .json({ error: { code, subCode, message: 'planned' } });
      return;
    }
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'reset-after':
      response.json = () => {
        response.socket?.resetAndDestroy();
        return response;
      };
      next();
      return;
    case 'meanwhile':
      meanwhile(fault, response, next);
      return;
    case 'cut':
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': '400' });
      response.write('{"id":"17');
      setTimeout(() => response.socket?.resetAndDestroy(), 20);
      return;
    case 'hang':
      return;
    case 'answer':
      response.status(fault.status).type(fault.contentType).send(fault.body);
      return;
    case 'redirect':
      response.redirect(302, fault.to);
  }
}

function meanwhile(
  { when, run }: Fault & { type: 'meanwhile' },
  response: Response,
  next: NextFunction,
): void {
  const answer = response.json.bind(response);
  if (when === 'before') run();
  else
    response.json = (body) => {
      run();
      return answer(body);
    };
  next();
}
