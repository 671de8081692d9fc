import { startPractice } from './start-practice.ts';

/* The workspace with the echo bot, to look at: node test/practice/support/serve.ts */

const { url, practice } = await startPractice(3979);
await practice.install();
process.stdout.write(`${url}/?left=hillside.amy-lowe&right=hillside.priya-nair\n`);
