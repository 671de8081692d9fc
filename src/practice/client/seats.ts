/** The two places at the screen. */
export const sides = ['left', 'right'] as const;
export type Side = (typeof sides)[number];

/** Who sits where: a person's key, or null for an empty chair. */
export type Seats = Record<Side, string | null>;

/** Reads the seats from the address, so that a reload or a bookmark finds everybody again. */
export function seatsFromUrl(url: string): Seats {
  const { searchParams } = new URL(url);
  return { left: searchParams.get('left'), right: searchParams.get('right') };
}

/** Sits somebody down. Whoever sits on the other side already changes sides: nobody is in two places. */
export function seatsWith(seats: Seats, side: Side, person: string | null): Seats {
  const other = side === 'left' ? 'right' : 'left';
  const moved = person !== null && seats[other] === person ? { [other]: seats[side] } : {};
  return { ...seats, ...moved, [side]: person };
}

/** The address that says who sits where. */
export function urlWithSeats(url: string, seats: Seats): string {
  const next = new URL(url);
  for (const side of sides) {
    const person = seats[side];
    if (person === null) next.searchParams.delete(side);
    else next.searchParams.set(side, person);
  }
  return next.href;
}
