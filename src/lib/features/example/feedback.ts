/** What children said after the sessions of the last weeks, and one code that is open today. Invented. */
import type { KeyRing } from '../../platform/crypto/keyring.ts';
import { seal } from '../../platform/crypto/sealed.ts';
import { addDays, minutesOf, timeAt } from '../../platform/clock/days.ts';
import { instantOf } from '../../platform/clock/zone.ts';
import type { FormLength, NewRow } from '../../platform/db/schema.ts';
import {
	formFor,
	isOpen,
	optionsOf,
	type Answer,
	type Band,
	type Form,
	type Item
} from '#lib/features/asking/bank.rules.ts';
import { ageOn } from '../people/rules.ts';
import { FEWEST_SHOWN } from '../feedback/disclosure.rules.ts';
import { bandsFor, lengthOf } from '../feedback/rules.ts';
import { ASKED_DAYS, MOTHERS_ASKED } from './asking.ts';
import { CAST, COHORTS, OPEN_CODE, SECTIONS } from './cast.ts';
import { CHANGES, IDEAS, MOTHERS_CHANGES } from './children-words.ts';
import type { CohortPlan } from './cohorts.ts';
import { dice, exampleId, type Dice } from './invent.ts';
import { came } from './registers.ts';

/** How far back results go. */
const DAYS = 75;
/** How children lean, from the first option to the last: like most, not all alike. */
const LEANING = [0.1, 0.3, 0.7, 1, 0.9];
const LEANING_OF_THREE = [0.2, 0.45, 1];
const LEANING_OF_BEST = [1, 0.45, 0.2, 0.05];

/** Words of the last day with sessions, and of so many before it, wait for their reader; earlier ones were cleared. */
const UNREAD_DAYS = 2;
/** Until so many days ago coordinators have said how many answered; the latest sessions wait for their word. */
const VOUCHED_DAYS = 6;

export interface Feedback {
	codes: NewRow<'feedback_code'>[];
	vouches: NewRow<'feedback_vouch'>[];
	counts: NewRow<'feedback_count'>[];
	words: NewRow<'feedback_words'>[];
}

/** Closed codes with their results for held sessions of these cohorts, most of them vouched for, and today's open one. */
export function listen(
	plans: readonly CohortPlan[],
	sessions: readonly NewRow<'session'>[],
	marks: readonly NewRow<'mark'>[],
	persons: readonly NewRow<'person'>[],
	ring: KeyRing,
	today: string
): Feedback {
	const feedback: Feedback = { codes: [], vouches: [], counts: [], words: [] };
	const births = new Map(persons.map(({ id, birth_year }) => [id, birth_year]));
	const there = Map.groupBy(
		marks.filter(({ code }) => came(code)),
		({ session_id }) => session_id
	);
	const lastHeld = sessions.reduce(
		(last, { status, on_date }) => (status === 'held' && on_date > last ? on_date : last),
		''
	);
	const unreadFrom = addDays(lastHeld, -UNREAD_DAYS);
	const byCohort = Map.groupBy(sessions, ({ cohort_id }) => cohort_id);
	for (const plan of plans) {
		const own = byCohort.get(plan.id) ?? [];
		const held = own.filter(
			({ status, on_date }) => status === 'held' && on_date >= addDays(today, -DAYS)
		);
		own.forEach((session, i) => {
			const length = lengthOf(i + 1, own.length);
			if (held.includes(session)) {
				const ages = (there.get(session.id) ?? []).map(({ person_id }) =>
					ageOn({ birthYear: births.get(person_id)! }, session.on_date)
				);
				const isFlooded = plan.id === COHORTS.swallows && session === held.at(-2);
				hear(feedback, ring, { session, plan, length, ages, today, isFlooded, unreadFrom });
			}
			if (plan.id === COHORTS.littleStars && session.on_date === today)
				feedback.codes.push(codeOf(session, plan, { length, code: OPEN_CODE, closedAt: null }));
		});
	}
	return feedback;
}

interface Heard {
	session: NewRow<'session'>;
	plan: CohortPlan;
	length: FormLength;
	/** Of those who were there. */
	ages: number[];
	today: string;
	/** From this civil date on words wait for their reader. */
	unreadFrom: string;
	/** More forms were begun than the cohort has members: nothing of it counts. */
	isFlooded: boolean;
}

/** One closed code: most of those who were there have sent a ballot, each the form of their age. */
function hear(feedback: Feedback, ring: KeyRing, heard: Heard): void {
	const { session, plan, length, ages, today, isFlooded, unreadFrom } = heard;
	const chance = dice(`feedback ${session.id}`);
	const most = bandsFor(ages, { ageFrom: plan.ages[0], ageTo: plan.ages[1] });
	const share = 0.6 + 0.4 * chance.roll();
	// Where no adult is among them all answer the form of most, as on one tablet that goes around.
	const groups: [Band, number][] = most.band
		? [[most.band, ages.length]]
		: most.bands.map((band) => [band, ages.filter((age) => isOf(band, age)).length]);
	const isRead = session.on_date < unreadFrom;
	const isAsked =
		plan.run?.version === 'mothersAndDaughters' && session.on_date >= addDays(today, -ASKED_DAYS);
	const asked = isAsked ? MOTHERS_ASKED : null;
	let sentCount = 0;
	for (const [band, count] of groups) {
		const sent = Math.round(count * share);
		sentCount += sent;
		if (!isFlooded)
			answer(feedback, ring, { session, form: formFor(band, length, asked), sent, chance, isRead });
	}
	const endsAt = instantOf(
		session.on_date,
		timeAt(minutesOf(session.start_time) + session.minutes),
		session.zone
	);
	const isVouched = session.on_date < addDays(today, -VOUCHED_DAYS);
	feedback.codes.push({
		...codeOf(session, plan, { length, code: codeFor(session.id), closedAt: endsAt }),
		asked_version_id: asked?.id ?? null,
		started_count: isFlooded ? plan.memberCount + 28 : sentCount,
		member_count: plan.memberCount
	});
	if (isVouched && !isFlooded && sentCount > 0)
		feedback.vouches.push({
			code_id: session.id,
			section_id: SECTIONS.lebanon,
			answered_count: sentCount,
			vouched_by: plan.centre === 1 ? CAST.coordinator.id : CAST.manager.id,
			vouched_on: addDays(session.on_date, 1)
		});
}

function isOf(band: Band, age: number): boolean {
	return bandsFor([age], { ageFrom: age, ageTo: age }).band === band;
}

function answer(
	feedback: Feedback,
	ring: KeyRing,
	given: { session: NewRow<'session'>; form: Form; sent: number; chance: Dice; isRead: boolean }
): void {
	const { session, form, sent, chance, isRead } = given;
	const mood = chance.roll() * 0.6;
	const keys = { code_id: session.id, section_id: SECTIONS.lebanon, form: form.id };
	for (const item of form.items) {
		const tally = new Map<Answer, number>();
		for (let n = 0; n < sent; n += 1) {
			const one = answerTo(form, item, chance, mood);
			tally.set(one, (tally.get(one) ?? 0) + 1);
		}
		for (const [answer, ballot_count] of tally)
			feedback.counts.push({ ...keys, item, answer, ballot_count });
		const written = Array.from({ length: tally.get('answered') ?? 0 }, (_, n) =>
			writtenBy(ring, keys, form, item, n, chance)
		);
		// Of fewer than five nothing is left once they were read.
		if (isRead && written.length < FEWEST_SHOWN) continue;
		feedback.words.push(
			...written.map((row) => ({
				...row,
				state: isRead ? ('cleared' as const) : ('waiting' as const)
			}))
		);
	}
}

function answerTo(form: Form, item: Item, chance: Dice, mood: number): Answer {
	const roll = chance.roll();
	if (roll < 0.06) return 'skipped';
	if (roll < 0.1) return 'dont_know';
	if (isOpen(item, form)) return chance.roll() < 0.55 ? 'answered' : 'skipped';
	const options = optionsOf(item, form)!;
	const leaning =
		item === 'best' ? LEANING_OF_BEST : options.length === 3 ? LEANING_OF_THREE : LEANING;
	const weights = options.map((_, at) => mood / 2 + leaning[at]!);
	let left = chance.roll() * weights.reduce((sum, weight) => sum + weight, 0);
	return options.find((_, at) => (left -= weights[at]!) < 0) ?? options.at(-1)!;
}

function writtenBy(
	ring: KeyRing,
	keys: { code_id: string; section_id: string; form: string },
	form: Form,
	item: Item,
	nth: number,
	chance: Dice
): NewRow<'feedback_words'> {
	const id = exampleId(`words ${keys.code_id} ${form.band} ${item} ${nth}`);
	const place = { table: 'feedback_words', column: 'words_sealed', row: id };
	const ofChildren = item === 'idea' ? IDEAS : CHANGES;
	const words = chance.pick(form.band === 'adult' ? MOTHERS_CHANGES : ofChildren);
	return { ...keys, id, item, words_sealed: seal(ring, place, words) };
}

function codeOf(
	session: NewRow<'session'>,
	plan: CohortPlan,
	{ length, code, closedAt }: { length: FormLength; code: string; closedAt: number | null }
): NewRow<'feedback_code'> {
	return {
		// The one code of its session.
		id: session.id,
		session_id: session.id,
		section_id: SECTIONS.lebanon,
		code,
		length,
		opened_by: plan.staffIds[0]!,
		opened_at: instantOf(session.on_date, session.start_time, session.zone),
		closed_at: closedAt,
		started_count: 0
	};
}

/** Eight digits of a session's own, the same every time. */
function codeFor(sessionId: string): string {
	return String(dice(`code ${sessionId}`).between(10_000_000, 99_999_999));
}
