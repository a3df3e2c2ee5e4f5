import { ADULT_AGE, ageOn } from '#lib/features/people/rules.ts';
import { CONSENT_GIVERS, known, type ConsentPurpose } from '#lib/platform/db/vocabularies.ts';
import { ASSENT_AGE, ownAgeFor } from './age.rules.ts';
import type {
	Adult,
	Asked,
	GiverRef,
	MayNot,
	Reason,
	Saying,
	Standing,
	StandingState,
	Tally,
	Terms
} from './types.ts';

/** How a section goes about it until it says otherwise: what every session needs, and pictures. */
export const DEFAULT_TERMS: Omit<Terms, 'country'> = {
	purposes: ['take_part', 'photo'],
	onMissing: 'warn',
	ownAge: null,
	validMonths: 12,
	version: 0
};

/**
 * Why an adult may not consent for a child; null when they may. Nobody under age; no unrelated adult, whatever their
 * standing in the camp; no staff but for their own family; for a child without family only a legal guardian
 * (domain.md 6.1).
 */
export function mayNotConsent(adult: Adult, { isAlone }: Pick<Asked, 'isAlone'>): MayNot | null {
	if (adult.age !== null && adult.age < ADULT_AGE) return 'under_age';
	if (adult.relation === 'other') return 'unrelated';
	if (adult.isStaff && adult.relation === 'guardian') return 'staff';
	return isAlone && adult.relation !== 'guardian' ? 'alone' : null;
}

/**
 * How a purpose stands on `today`, a civil date: the child's word and a guardian's, each by itself, of each giver the
 * latest. A no of either side is final for the purpose; a yes holds `validMonths`; from the age of own decision the
 * child's word alone counts, and from the eighteenth birthday only what was said since.
 */
export function standingOf(
	purpose: ConsentPurpose,
	of: { asked: Asked; adults: readonly Adult[]; sayings: readonly Saying[] },
	terms: Terms,
	today: string
): Standing {
	const age = ageOn(of.asked, today);
	const said = latestOf(of.sayings.filter((one) => one.purpose === purpose));
	const decidesAlone = age >= ownAgeFor(purpose, terms);
	const self = selfSide(said, { age, asked: of.asked, terms, today });
	const guardian = age >= ADULT_AGE ? null : guardianSide(said, of, terms, today);
	if (decidesAlone || guardian === null)
		return together(self ? [self] : [], guardian && isNo(guardian) ? ['guardian_no_noted'] : []);
	return together([...(self ? [self] : []), guardian]);
}

/** Whether a section lets nobody into a cohort before they agreed to take part. */
export function asksFirst({ onMissing, purposes }: Pick<Terms, 'onMissing' | 'purposes'>): boolean {
	return onMissing === 'block' && purposes.includes('take_part');
}

/** How many of some people stand how for a purpose. */
export function tallyOf(standings: readonly (Standing | undefined)[]): Tally {
	const tally: Tally = { given: 0, missing: 0, refused: 0 };
	for (const standing of standings) if (standing) tally[sideOf(standing.state)] += 1;
	return tally;
}

/** Of the six ways a purpose may stand the three that something follows from. */
export function sideOf(state: StandingState): keyof Tally {
	if (state === 'given') return 'given';
	return state === 'refused' || state === 'conflict' ? 'refused' : 'missing';
}

/** What each giver said last: by the day it was said, on one day by when it was written down. */
export function latestOf(sayings: readonly Saying[]): Saying[] {
	const latest = new Map<string, Saying>();
	for (const saying of sayings) {
		const before = latest.get(keyOf(saying));
		if (!before || isAfter(saying, before)) latest.set(keyOf(saying), saying);
	}
	return [...latest.values()];
}

/** One word for who said something, `contact.ID`. */
export function keyOf({ giver, id }: GiverRef): string {
	return id === '' ? giver : `${giver}.${id}`;
}

/** Whom a word of `keyOf` means. */
export function refOf(key: string): GiverRef {
	const [giver = '', id = ''] = key.split('.');
	return { giver: known(CONSENT_GIVERS, giver), id };
}

/** The last day, civil, on which a yes of that day holds. */
export function holdsUntil(saidOn: string, validMonths: number): string {
	const [year, month, day] = saidOn.split('-').map(Number) as [number, number, number];
	const last = new Date(Date.UTC(year, month - 1 + validMonths + 1, 0)).getUTCDate();
	return new Date(Date.UTC(year, month - 1 + validMonths, Math.min(day, last)))
		.toISOString()
		.slice(0, 10);
}

/** What comes of which reasons, what weighs most first. */
const STATES: readonly (readonly [StandingState, readonly Reason[]])[] = [
	['refused', ['self_no', 'guardian_no', 'former_no']],
	['conflict', ['guardians_differ']],
	['asked_anew', ['turned_adult']],
	['missing', ['self_missing', 'guardian_missing']],
	['expired', ['self_expired', 'guardian_expired']]
];

type Side = 'yes' | Reason;
type Latest = readonly Saying[];

function selfSide(
	said: Latest,
	{ age, asked, terms, today }: { age: number; asked: Asked; terms: Terms; today: string }
): Side | null {
	const own = said.find(({ giver }) => giver === 'self');
	if (!own) return age >= ASSENT_AGE ? 'self_missing' : null;
	if (own.said !== 'yes') return 'self_no';
	if (age >= ADULT_AGE && own.saidOn < adultFrom(asked)) return 'turned_adult';
	return today > holdsUntil(own.saidOn, terms.validMonths) ? 'self_expired' : 'yes';
}

function guardianSide(
	said: Latest,
	{ asked, adults }: { asked: Asked; adults: readonly Adult[] },
	terms: Terms,
	today: string
): Side {
	const listed = new Map(adults.map((adult) => [keyOf(adult), adult]));
	const guardians = said.filter(({ giver }) => giver !== 'self');
	const counting = guardians.filter((one) => {
		const adult = listed.get(keyOf(one));
		return adult ? mayNotConsent(adult, asked) === null : one.giver === 'unnamed' && !asked.isAlone;
	});
	const yes = counting.filter((one) => one.said === 'yes');
	const no = counting.some((one) => one.said !== 'yes');
	if (no) return yes.length > 0 ? 'guardians_differ' : 'guardian_no';
	const former = guardians.filter(
		(one) => one.giver !== 'unnamed' && !listed.has(keyOf(one)) && one.said !== 'yes'
	);
	if (former.some((one) => !yes.some(({ saidOn }) => saidOn > one.saidOn))) return 'former_no';
	if (yes.length === 0) return 'guardian_missing';
	const holds = yes.some(({ saidOn }) => today <= holdsUntil(saidOn, terms.validMonths));
	return holds ? 'yes' : 'guardian_expired';
}

/** Both sides as one: a no first, then what has to be asked. */
function together(sides: readonly Side[], noted: readonly Reason[] = []): Standing {
	const reasons = sides.filter((side) => side !== 'yes');
	const state = STATES.find(([, because]) => reasons.some((one) => because.includes(one)))?.[0];
	return { state: state ?? 'given', reasons: [...reasons, ...noted] };
}

function isNo(side: Side): boolean {
	return side === 'guardian_no' || side === 'guardians_differ' || side === 'former_no';
}

/** The first civil date on which somebody is an adult, as `ageOn` counts. */
function adultFrom({ birthYear, birthMonth }: Asked): string {
	return `${birthYear + ADULT_AGE}-${String(birthMonth ?? 1).padStart(2, '0')}-01`;
}

function isAfter(one: Saying, other: Saying): boolean {
	return one.saidOn === other.saidOn
		? one.recordedAt >= other.recordedAt
		: one.saidOn > other.saidOn;
}
