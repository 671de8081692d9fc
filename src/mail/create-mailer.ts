import nodemailer from 'nodemailer';
import type { Mailer, MailSent } from '../chat/mail.ts';

export type MailOptions = {
  /** SMTP_URL, with user and password where the server wants them. */
  url: string;
  /** MAIL_FROM. */
  from: string;
  /** Told the code of what went wrong, never an address. */
  onTrouble: (code: string) => void;
};

/** Long for a mail server, shorter than an attempt to deliver may take. In milliseconds. */
const patienceMs = 8_000;
const laterMs = 60_000;

/**
 * E-mail by the school's own server. One connection for each message, encrypted unless the server is on this
 * machine; nothing is fetched or attached.
 */
export function createMailer({ url, from, onTrouble }: MailOptions): Mailer {
  const transport = nodemailer.createTransport(
    {
      url,
      requireTLS: !isHere(url),
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    },
    // Nobody is to answer, and no machine is to answer for them.
    { from, headers: { 'auto-submitted': 'auto-generated' } },
  );
  return {
    send: async (to, { subject, text }) => {
      try {
        const signal = AbortSignal.timeout(patienceMs * 1.5);
        await transport.sendMail({ to, subject, text, signal });
        return { type: 'sent' };
      } catch (error) {
        const fault = faultOf(error);
        onTrouble(fault.code);
        return sentAfter(fault);
      }
    },
  };
}

function isHere(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}

/** `reached`: whether there was ever a connection. */
type Fault = { code: string; reply: number; reached: boolean };

function faultOf(error: unknown): Fault {
  const { code, responseCode, syscall } = error as Record<string, unknown>;
  return {
    code: typeof code === 'string' && /^E[A-Z0-9]{2,20}$/.test(code) ? code : 'EUNKNOWN',
    reply: typeof responseCode === 'number' ? responseCode : 0,
    reached: syscall !== 'connect' && code !== 'EDNS',
  };
}

/** What will be the same however often it is tried. */
const lasting = ['EAUTH', 'ENOAUTH', 'ETLS', 'EREQUIRETLS', 'ECONFIG'];

/** A connection that breaks may have carried the message; a 5xx answer will be given again. */
function sentAfter({ code, reply, reached }: Fault): MailSent {
  if (reply >= 500 || lasting.includes(code)) return { type: 'refused' };
  return reply >= 400 || !reached ? { type: 'later', waitMs: laterMs } : { type: 'unclear' };
}
