/** An adult who runs sessions. */
export interface Facilitator {
	id: string;
	name: string;
}
