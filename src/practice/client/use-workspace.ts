import { useEffect, useReducer } from 'react';
import type { WireEvent } from '../wire.ts';
import { emptyWorkspace, follow, type Workspace } from './workspace.ts';

/** Follows what these people see, live; begins again from snapshots whenever the line was cut. */
export function useWorkspace(people: string[]): Workspace {
  const [workspace, tell] = useReducer(follow, emptyWorkspace);
  const watched = people.join(',');

  useEffect(() => {
    if (watched === '') return;
    const source = new EventSource(`/practice/api/events?people=${encodeURIComponent(watched)}`);
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
  }, [watched]);

  return workspace;
}
