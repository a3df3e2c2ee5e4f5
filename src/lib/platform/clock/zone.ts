/** Where wall time meets instants. Sessions are stored as wall time + zone; zone rules may still change. */

/** The clock the server goes by: UTC milliseconds. */
export type Clock = () => number;

/** A clock that stood at `startsAt` when it was made and runs on from there, for demonstrations and tests. */
export function clockFrom(startsAt: number): Clock {
	const madeAt = Date.now();
	return () => startsAt + (Date.now() - madeAt);
}

/** The civil date it is in a zone. */
export function dateIn(zone: string, now: number): string {
	return at(zone, now).toPlainDate().toString();
}

/** The wall time `HH:MM` it is in a zone. */
export function timeIn(zone: string, now: number): string {
	return at(zone, now).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** The instant of a wall time. A time that happens twice means the first; one that does not exist, the hour after. */
export function instantOf(date: string, time: string, zone: string): number {
	return Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone, {
		disambiguation: 'compatible'
	}).epochMilliseconds;
}

/** Whether the clocks of a zone make a wall time ambiguous: `missing` in spring, `twice` in autumn. */
export function clockNotice(date: string, time: string, zone: string): 'missing' | 'twice' | null {
	const wall = Temporal.PlainDateTime.from(`${date}T${time}`);
	const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
	const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
	if (earlier.epochMilliseconds === later.epochMilliseconds) return null;
	return earlier.toPlainDateTime().equals(wall) ? 'twice' : 'missing';
}

function at(zone: string, now: number): Temporal.ZonedDateTime {
	return Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
}
