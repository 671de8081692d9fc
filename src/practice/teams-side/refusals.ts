import type { Response } from 'express';

/** Answers with an error in the connector's own form, `{ error: { code, message } }`. */
export function refuse(res: Response, status: number, code: string): void {
  res.status(status).json({ error: { code, message: code } });
}
