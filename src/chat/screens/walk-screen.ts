import { walkElements, type WalkDrawing } from '../cards/walk-elements.ts';
import type { Screen } from '../elements.ts';

/** The walk in a dialog: the only place where a restricted case is walked, and Slack's place for every case. */
export function walkScreen(drawing: WalkDrawing): Screen {
  return {
    title: 'What to do',
    elements: walkElements(drawing),
    fields: [],
    submit: null,
    buttons: [],
  };
}
