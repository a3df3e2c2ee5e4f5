import type { MissingOf } from '#lib/features/reach/types.ts';

/** What a reader opened on the page, kept in its address: it works without JavaScript and can be sent to a colleague. */
export interface Asked {
	/** The target all of whose centres are shown. */
	centresOf: string | null;
	/** The centre whose missing registers are listed. */
	missingOf: MissingOf | null;
}

/** Reads `?centres=TARGET&missing=TARGET:CENTRE`; what is not understood is not asked. */
export function askedIn(params: URLSearchParams): Asked {
	const [targetId, centreId] = params.get('missing')?.split(':') ?? [];
	return {
		centresOf: params.get('centres'),
		missingOf: targetId && centreId ? { targetId, centreId } : null
	};
}

/** The address of the page with so much opened, at the place it is opened at. */
export function hrefOf({ centresOf, missingOf }: Asked, place: string): string {
	const params = [
		...(centresOf ? [`centres=${encodeURIComponent(centresOf)}`] : []),
		...(missingOf
			? [
					`missing=${encodeURIComponent(missingOf.targetId)}:${encodeURIComponent(missingOf.centreId)}`
				]
			: [])
	];
	return `/targets${params.length > 0 ? `?${params.join('&')}` : ''}#${place}`;
}

/** Where a centre of a target stands on the page. */
export function placeOf({ targetId, centreId }: MissingOf): string {
	return `${targetId}-${centreId}`;
}
