/*
 * Every fault that the specification names, injected here or not, with the reason. `docs/faults.md` is made from it.
 */

export type FaultId = `R${number}`;

/** `in`: files of this run that inject it. `elsewhere`: who does, or why nobody does. */
export type FaultRow = { id: FaultId; fault: string; in: string[]; elsewhere?: string };

export const matrix: readonly FaultRow[] = [
  { id: 'R1', fault: 'kill -9 before the commit of a concern', in: ['intake'] },
  { id: 'R2', fault: 'kill -9 after the commit, before the answer', in: ['intake'] },
  { id: 'R3', fault: 'kill -9 while a message is sent', in: ['sending'] },
  {
    id: 'R4',
    fault: 'The database away, or the way to it broken at any one statement',
    in: ['intake', 'database'],
  },
  { id: 'R5', fault: 'The database frozen; connections that nobody answers', in: ['database'] },
  { id: 'R6', fault: 'The database restarted under load', in: ['database'] },
  {
    id: 'R7',
    fault: 'Disk full',
    in: ['database'],
    elsewhere: 'Only where the user may mount a small disk; skipped elsewhere.',
  },
  {
    id: 'R8',
    fault: 'Asked to wait: 429, with a sensible or a senseless time',
    in: ['sending', 'slack'],
  },
  {
    id: 'R9',
    fault: '5xx, resets, half answers, redirects, silence',
    in: ['sending', 'slack'],
    elsewhere:
      'Fifteen minutes and longer: test/journeys/clocks-outage.test.ts, with a clock that is put forward.',
  },
  { id: 'R10', fault: 'Slack refuses for good', in: ['slack'] },
  { id: 'R11', fault: 'Teams 412, 429, 502, 504', in: ['sending'] },
  { id: 'R12', fault: 'Teams refuses for good', in: ['sending'] },
  { id: 'R13', fault: 'The same form five times at once, across replicas', in: ['replicas'] },
  { id: 'R14', fault: 'Three press at once', in: ['replicas'] },
  {
    id: 'R15',
    fault: 'Presses out of order',
    in: [],
    elsewhere:
      'Needs no broken process: stale presses are in the journeys and in test/slack/tampering.test.ts.',
  },
  {
    id: 'R16',
    fault: 'Clocks wrong by ten minutes either way',
    in: ['replicas'],
    elsewhere: 'Both clock changes and bank holidays: test/journeys/clocks.test.ts.',
  },
  {
    id: 'R17',
    fault: 'Weekly jobs on five replicas, one killed every few seconds',
    in: ['replicas'],
    elsewhere: 'With 25 schools instead of 2,000, to stay within minutes.',
  },
  { id: 'R18', fault: 'A weekly job missed', in: ['replicas'] },
  {
    id: 'R19',
    fault: 'A changed procedure in the middle of a case',
    in: [],
    elsewhere:
      'No fault of a process: a case is pinned to the digest of its policy, see test/policies and the journeys.',
  },
  {
    id: 'R20',
    fault: 'Old and new version at once',
    in: [],
    elsewhere:
      'There is no released version before this one. Migrations from several replicas at once: test/postgres/migrate.test.ts.',
  },
  { id: 'R21', fault: 'A message that can never be drawn', in: ['sending'] },
  { id: 'R22', fault: 'A process that stands still while it sends', in: ['sending'] },
  {
    id: 'R23',
    fault: 'Slow readers use up the connections',
    in: [],
    elsewhere: 'Needs no process of its own: test/postgres/trouble.test.ts.',
  },
  { id: 'R24', fault: 'SIGTERM at any moment', in: ['replicas'] },
  {
    id: 'R25',
    fault: 'kill -9 again and again',
    in: ['replicas'],
    elsewhere:
      'Payloads that would end a process: test/slack/guard.test.ts, in a process of its own.',
  },
  {
    id: 'R26',
    fault: 'Key management away',
    in: [],
    elsewhere: 'There is none: the key is in the environment, and a wrong one stops the start.',
  },
  {
    id: 'R27',
    fault: 'Slack’s trigger too old',
    in: [],
    elsewhere: 'Nothing is stored then: test/slack/window.test.ts.',
  },
  { id: 'R28', fault: 'The bot’s access taken back', in: ['slack', 'sending'] },
  {
    id: 'R29',
    fault: 'Nobody reacts',
    in: [],
    elsewhere:
      'Takes half an hour of real time: test/journeys/urgent.test.ts, with a clock that is put forward.',
  },
  {
    id: 'R30',
    fault: 'Yesterday’s backup restored',
    in: ['restore'],
    elsewhere:
      'Each trigger by itself, and a copy that leaves no trace: test/postgres/data-home.test.ts. Nothing is erased yet that a copy could bring back.',
  },
  {
    id: 'R31',
    fault: 'A hundred requests in a second',
    in: [],
    elsewhere: 'A measurement, not a fault: `npm run bench:intake`.',
  },
  {
    id: 'R32',
    fault: 'Failover to a replica that lags',
    in: [],
    elsewhere:
      'Belongs to whoever runs Postgres: with an asynchronous replica the last concerns before a failover can be lost. Ask for a synchronous one. What waits is marked as sent again, see R30.',
  },
];
