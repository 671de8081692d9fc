import type { Screen } from './elements.ts';

/** Shown the instant somebody asks for the form, before anything is looked up: 999 comes first. */
export const firstScreen: Screen = {
  title: 'Raise a concern',
  elements: [
    { type: 'heading', text: 'Is anyone in danger right now?' },
    { type: 'text', text: 'Ring 999 first. Do not wait for this form.', tone: 'danger' },
    { type: 'text', text: 'One moment …', tone: 'quiet' },
  ],
  fields: [],
  submit: null,
  buttons: [],
};
