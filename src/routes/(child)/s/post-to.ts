import { createContext } from 'svelte';

/**
 * Where a form of a ballot's page posts to, by the action's name. The address says whose page it is: one left
 * open in another tab may be an earlier child's, and must not act on the ballot of the next.
 */
export const [postTo, setPostTo] = createContext<(action: string) => string>();
