import type { BeadState } from './bead.ts';

/** One session in a week. A busy one belongs to others: only its time and place are known. */
export interface WeekItem {
	id: string;
	time: string;
	title?: string;
	place?: string;
	who?: string;
	state?: BeadState;
	href?: string;
	childLed?: boolean;
	busy?: boolean;
}

/** One day: `weekday` ("Mon") and `day` ("4") are shown, `label` ("Monday 4 May") is read aloud. */
export interface WeekDay {
	date: string;
	weekday: string;
	day: string;
	label: string;
	today?: boolean;
	closed?: string;
	items: WeekItem[];
}
