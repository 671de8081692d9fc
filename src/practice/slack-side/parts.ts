import type { MethodParts } from './methods/arguments.ts';
import type { Line } from './line.ts';
import type { Post } from './payloads.ts';
import type { SlackApp } from './wire.ts';

/** What every request of the page is answered with and from. */
export type Parts = MethodParts & {
  line: Line;
  post: Post;
  app: SlackApp;
  /** The absolute address under which a dropped file would lie. */
  fileAddress: () => string;
  /** Told of an answer that Slack would not take, with what it would say against it. */
  onMistake: (what: string, details: string[]) => void;
};
