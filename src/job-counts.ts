import type { JobReport } from './jobs/rounds.ts';

/** How often each job of this process ended how, for `/metrics`. */
export type JobCounts = { count(report: JobReport): void; lines(): string[] };

export function createJobCounts(): JobCounts {
  const counts = new Map<string, number>();
  return {
    count: ({ job, outcome, count = 1 }) => {
      const labels = `job="${job}",outcome="${outcome}"`;
      counts.set(labels, (counts.get(labels) ?? 0) + count);
    },
    lines: () => [
      '# HELP concern_jobs_total What the jobs of this process did.',
      '# TYPE concern_jobs_total counter',
      ...[...counts].map(([labels, many]) => `concern_jobs_total{${labels}} ${String(many)}`),
    ],
  };
}
