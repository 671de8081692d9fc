import { everyClauseIsCarried, everyClauseNamesSteps } from './checks/clauses.ts';
import { everyStepHasASource, sourcesExist } from './checks/origins.ts';
import {
  everyCaseCanEnd,
  everyEndCanBeChosen,
  everyGateCanOpen,
  everyStepCanBeReached,
  noQuestionDependsOnItself,
  nothingMandatoryIsForbiddenForGood,
} from './checks/reach.ts';
import {
  addedProceduresAreKnown,
  conditionsNameWhatExists,
  optionsAndFieldsAreDistinct,
  proceduresReferToWhatExists,
  switchesAreDeclared,
} from './checks/references.ts';
import {
  choicesFitThePlatforms,
  itStepsHaveATask,
  mandatoryStepsAreRecorded,
  stepsWithADialogRecordNothing,
  perChildConditionsAreInPerChildSteps,
  prohibitionsDoNotDependOnNot,
  requiredWordsAreThere,
  stepsAreInOnePlaceOnly,
  titlesAreDistinct,
  neversAreSentences,
  titlesAreShort,
} from './checks/shape.ts';
import { nobodyIsHeldBack, wordsAreCalm, wordsHoldNoNumberOrAddress } from './checks/words.ts';
import type { Check, CheckContext, Problem } from './checks/problem.ts';
import type { Policy } from './procedure.ts';

export type { CheckContext, ClauseRow, Problem } from './checks/problem.ts';

const checks: Check[] = [
  conditionsNameWhatExists,
  proceduresReferToWhatExists,
  addedProceduresAreKnown,
  switchesAreDeclared,
  optionsAndFieldsAreDistinct,
  everyStepCanBeReached,
  noQuestionDependsOnItself,
  everyGateCanOpen,
  nothingMandatoryIsForbiddenForGood,
  everyEndCanBeChosen,
  everyCaseCanEnd,
  mandatoryStepsAreRecorded,
  stepsWithADialogRecordNothing,
  choicesFitThePlatforms,
  neversAreSentences,
  titlesAreShort,
  titlesAreDistinct,
  requiredWordsAreThere,
  itStepsHaveATask,
  prohibitionsDoNotDependOnNot,
  perChildConditionsAreInPerChildSteps,
  stepsAreInOnePlaceOnly,
  everyStepHasASource,
  sourcesExist,
  everyClauseNamesSteps,
  everyClauseIsCarried,
  wordsAreCalm,
  nobodyIsHeldBack,
  wordsHoldNoNumberOrAddress,
];

/** Everything that is wrong with a pack and the procedures it adopts. Empty: a case may run under it. */
export function checkPolicy(policy: Policy, context: CheckContext): Problem[] {
  return checks.flatMap((check) => check(policy, context));
}
