import { useEffect, useReducer } from 'react';
import type { WireEvent } from '../wire.ts';
import { seatedOn, type Seats } from './seats.ts';
import { emptyWorkspace, follow, type Workspace } from './workspace.ts';

/** Follows what these people see, live; begins again from snapshots whenever the line was cut. */
export function useWorkspace(seats: Seats): Workspace {
  const [workspace, tell] = useReducer(follow, emptyWorkspace);
  const people = seatedOn(seats, 'teams').join(',');
  const slack = seatedOn(seats, 'slack').join(',');

  useEffect(() => {
    if (people === '' && slack === '') return;
    const query = new URLSearchParams({ people, slack });
    const source = new EventSource(`/practice/api/events?${query.toString()}`);
    source.onmessage = ({ data }) => {
      tell(JSON.parse(String(data)) as WireEvent);
    };
    source.onopen = () => {
      tell({ type: 'connected' });
    };
    source.onerror = () => {
      tell({ type: 'disconnected' });
    };
    return () => {
      source.close();
    };
  }, [people, slack]);

  return workspace;
}
