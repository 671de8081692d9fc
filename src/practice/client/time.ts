const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });

/** 10:42. */
export function clockTime(iso: string): string {
  return clock.format(new Date(iso));
}

/** Mon 4 May. */
export function dayName(iso: string): string {
  return day.format(new Date(iso)).replace(',', '');
}
