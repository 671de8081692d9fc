import { z } from 'zod';
import { Prisma } from './generated/client.ts';
import { EncryptionError } from './encryption.ts';

export type StoreTrouble =
  /** No database, or no connection to be had in time. Nothing was saved. */
  | 'unavailable'
  /** Took longer than a person can be kept waiting. Nothing was saved, unless it was lost in the very commit. */
  | 'timeout'
  /** Somebody else was at the same thing at the same moment. Trying again is right. */
  | 'conflict'
  /** The database's own rules refused: another school, or not in the audience. */
  | 'refused'
  /** A stored value does not open or is not what it must be. */
  | 'damaged'
  /** What was to be changed is not there, or not for this scope. */
  | 'missing'
  /** The disk of the database is full. */
  | 'full'
  | 'unexpected';

/** Something went wrong with storing; the message is a code and never holds a value. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly code: StoreTrouble;
  /** SQLSTATE, Prisma's code or the name of a column: for the log. */
  readonly detail: string;
  constructor(code: StoreTrouble, detail: string) {
    super(`${code} (${detail})`);
    this.code = code;
    this.detail = detail;
  }
}

const byPrismaCode: Record<string, StoreTrouble> = {
  P1001: 'unavailable',
  P1002: 'unavailable',
  P1008: 'timeout',
  P1017: 'unavailable',
  P2002: 'conflict',
  P2024: 'unavailable',
  P2025: 'missing',
  P2028: 'timeout',
  P2034: 'conflict',
  P2037: 'unavailable',
};

const bySqlState: Record<string, StoreTrouble> = {
  '23001': 'refused',
  '23505': 'conflict',
  '40001': 'conflict',
  '40P01': 'conflict',
  '42501': 'refused',
  '53100': 'full',
  '53300': 'unavailable',
  '55P03': 'conflict',
  '57014': 'timeout',
  '57P01': 'unavailable',
  '57P02': 'unavailable',
  '57P03': 'unavailable',
  '25P03': 'timeout',
};

/**
 * What an error of Prisma, of its driver or of the encryption means. Their messages can hold values, so
 * nothing of them is kept but codes. Errors that are none of these are the caller's own and stay as they are.
 */
export function asFault(error: unknown): unknown {
  if (error instanceof StoreFault) return error;
  if (error instanceof EncryptionError) return new StoreFault('damaged', error.message);
  if (error instanceof z.ZodError) return new StoreFault('damaged', 'shape');
  const state = sqlStateOf(error);
  if (state !== null) return new StoreFault(troubleOf(state), state);
  if (error instanceof Prisma.PrismaClientKnownRequestError)
    return new StoreFault(byPrismaCode[error.code] ?? 'unexpected', error.code);
  if (error instanceof Prisma.PrismaClientInitializationError)
    return new StoreFault('unavailable', error.errorCode ?? 'start');
  if (isOfPrisma(error)) return new StoreFault('unexpected', error.name);
  return isConnectionError(error) ? new StoreFault('unavailable', 'connection') : error;
}

function troubleOf(state: string): StoreTrouble {
  return bySqlState[state] ?? (state.startsWith('08') ? 'unavailable' : 'unexpected');
}

function isOfPrisma(error: unknown): error is Error {
  return (
    error instanceof Prisma.PrismaClientUnknownRequestError ||
    error instanceof Prisma.PrismaClientRustPanicError ||
    error instanceof Prisma.PrismaClientValidationError ||
    (error instanceof Error && error.name === 'DriverAdapterError')
  );
}

const sqlState = /^[0-9A-Z]{5}$/;

/** The SQLSTATE, wherever Prisma and its adapter have put it. */
function sqlStateOf(error: unknown, depth = 0): string | null {
  if (typeof error !== 'object' || error === null || depth > 4) return null;
  const fields = new Map<string, unknown>(Object.entries(error));
  const found = fields.get('originalCode') ?? (fields.has('severity') ? fields.get('code') : null);
  if (typeof found === 'string' && sqlState.test(found)) return found;
  const inner = error instanceof Error ? error.cause : undefined;
  for (const next of [
    fields.get('meta'),
    fields.get('driverAdapterError'),
    fields.get('cause'),
    inner,
  ]) {
    const state = sqlStateOf(next, depth + 1);
    if (state !== null) return state;
  }
  return null;
}

const connectionCodes = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'];

function isConnectionError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && connectionCodes.includes(String(error.code))) return true;
  // node-postgres has no codes for these three.
  return /^(Connection terminated|timeout (exceeded )?when trying to connect|Query read timeout)/.test(
    error.message,
  );
}
