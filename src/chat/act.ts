import type { Action } from './action.ts';
import { askStep, choose, claim, confirmClosing, saveStep, type Press } from './case-acting.ts';
import { ask, save } from './case-asking.ts';
import {
  bringWalk,
  showAnswers,
  showDetails,
  showRecord,
  showSteps,
  showWalk,
} from './case-reading.ts';
import { stopCard } from './cards/plain-cards.ts';
import type { Context } from './context.ts';
import { answerQuestion } from './duties.ts';
import type { Reply } from './interaction.ts';
import { cases, mine } from './lists.ts';
import { recordOwnDuty } from './own-duty.ts';
import { addToConcern, stillWorried } from './own-concern.ts';
import { continueRaising, startRaising } from './raise.ts';
import { flagPicture } from './send-concern.ts';
import { switchPolicy } from './switch-policy.ts';
import { declineTask, finishTask, giveToIt, openTask } from './tasks.ts';

/** Does what a button or form means, for the person whose it is. */
export async function act(context: Context, action: Action, press: Press): Promise<Reply> {
  switch (action.type) {
    case 'start':
      return start(context, action);
    case 'raise':
      return continueRaising(context, action, press.values);
    case 'search-staff':
      return { type: 'nothing' };
    case 'monitoring':
      return answerQuestion(context, action);
    case 'add-words':
      return addToConcern(context, action, press);
    case 'still-worried':
      return stillWorried(context, action, press);
    case 'own-duty':
      return recordOwnDuty(context, action, press);
    case 'claim':
      return claim(context, action.case, press);
    case 'show-details':
      return showDetails(context, action.case, action.page, press.surface);
    case 'show-record':
      return showRecord(context, action, press.surface);
    case 'show-walk':
      return showWalk(context, action.case, press.surface);
    case 'show-steps':
      return showSteps(context, action.case, press.surface);
    case 'show-answers':
      return showAnswers(context, action.case, action.page, press.surface);
    case 'bring-walk':
      return bringWalk(context, action.case);
    case 'choose':
      return choose(context, action, press);
    case 'ask-step':
      return askStep(context, action, press);
    case 'save-step':
      return saveStep(context, action, press);
    case 'ask':
      return ask(context, action, press);
    case 'save':
      return save(context, action, press);
    case 'give-task':
      return giveToIt(context, action, press);
    case 'confirm-closing':
      return confirmClosing(context, action.case, press);
    case 'switch-policy':
      return switchPolicy(context, action.case, press);
    case 'open-task':
      return openTask(context, action, press);
    case 'finish-task':
      return finishTask(context, action, press);
    case 'decline-task':
      return declineTask(context, action, press);
  }
}

async function start(context: Context, action: Action & { type: 'start' }): Promise<Reply> {
  switch (action.what) {
    case 'raise':
      return startRaising(context, action.link);
    case 'mine':
      return { type: 'message', card: await mine(context) };
    case 'cases':
      return { type: 'message', card: await cases(context) };
    case 'picture':
      return { type: 'message', card: stopCard(context.school, await flagPicture(context)) };
  }
}
