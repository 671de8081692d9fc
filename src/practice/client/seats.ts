import type { Platform } from '../wire.ts';

/** The two places at the screen. */
export const sides = ['left', 'right'] as const;
export type Side = (typeof sides)[number];

/** Somebody, by key, and where they sit. */
export type Seat = { person: string; platform: Platform };

/** Who sits where; null for an empty chair. */
export type Seats = Record<Side, Seat | null>;

/** Reads the seats from the address, so that a reload or a bookmark finds everybody again. */
export function seatsFromUrl(url: string): Seats {
  const { searchParams } = new URL(url);
  const seat = (side: Side): Seat | null => {
    const person = searchParams.get(side);
    const platform = searchParams.get(`${side}In`) === 'slack' ? 'slack' : 'teams';
    return person === null ? null : { person, platform };
  };
  return { left: seat('left'), right: seat('right') };
}

/** Sits somebody down. Whoever sits on the other side already changes sides: nobody is in two places. */
export function seatsWith(seats: Seats, side: Side, seat: Seat | null): Seats {
  const other = side === 'left' ? 'right' : 'left';
  const isThere = seat !== null && seats[other]?.person === seat.person;
  return { ...seats, ...(isThere ? { [other]: seats[side] } : {}), [side]: seat };
}

/** The address that says who sits where. Teams goes without saying. */
export function urlWithSeats(url: string, seats: Seats): string {
  const next = new URL(url);
  for (const side of sides) {
    const seat = seats[side];
    next.searchParams.delete(side);
    next.searchParams.delete(`${side}In`);
    if (seat !== null) next.searchParams.set(side, seat.person);
    if (seat?.platform === 'slack') next.searchParams.set(`${side}In`, 'slack');
  }
  return next.href;
}

/** The keys of those who sit on this platform, each once. */
export function seatedOn(seats: Seats, platform: Platform): string[] {
  const there = sides.flatMap((side) => {
    const seat = seats[side];
    return seat?.platform === platform ? [seat.person] : [];
  });
  return [...new Set(there)];
}
