/** What an adult here has to do with a concern. */
export type AdultPart = 'done-by' | 'done-to' | 'not-sure';

/** The option of `spine/adult-part` as routing reads it; anything but a clear answer is a doubt. */
export function asPart(option: string | undefined): AdultPart {
  return option === 'done-by' || option === 'done-to' ? option : 'not-sure';
}
