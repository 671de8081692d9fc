/** How much is new; nothing when nothing is. */
export function UnreadMark({ count }: { count: number }) {
  if (count === 0) return null;
  return (
    <span className="unread">
      {count}
      <span className="only-heard"> unread</span>
    </span>
  );
}
