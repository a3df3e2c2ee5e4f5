/** The page of what was answered under a code of a session; `number` is 1 for its first. */
export function voicesOf(sessionId: string, number: number): string {
	return `/voices/${sessionId}${number === 1 ? '' : `?code=${number}`}`;
}
