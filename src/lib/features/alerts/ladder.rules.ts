import { ALERT_STEPS } from '#lib/platform/db/vocabularies.ts';
import type { Named, Recipient, Staff, Waiting } from './types.ts';

/**
 * Who is told of something that waits, the first `told` steps of those with anybody in them. Focal points come first, but
 * for those who are named for later; when all of them are, they are first all the same. Where nobody is named for later, whoever
 * can name somebody is, and so they are of words that nobody who is named for them may read. Nobody who ran the session, raised it, or, of a complaint about staff, works at the centre or ran any there.
 */
export function recipientsOf(
	waiting: Waiting,
	people: { staff: readonly Staff[]; named: readonly Named[]; ran: ReadonlySet<string> },
	told: number
): Recipient[] {
	const mayHear = people.staff.filter(
		(one) =>
			!people.ran.has(one.id) &&
			one.id !== waiting.raisedBy &&
			!(waiting.isAboutStaff && worksAt(one, waiting.centreId))
	);
	const readers = new Set(mayHear.filter(({ isFocalPoint }) => isFocalPoint).map(({ id }) => id));
	const forIt = new Set([...readers].filter((id) => waiting.onlyFor?.includes(id) ?? true));
	const named = people.named.filter(
		({ centreId, accountId }) =>
			(centreId === null || centreId === waiting.centreId) &&
			(accountId === null || readers.has(accountId))
	);
	const later = new Set(named.flatMap(({ accountId }) => accountId ?? []));
	const first = [...forIt].filter((id) => !later.has(id));
	const steps = ALERT_STEPS.map((step): Recipient[] =>
		step === 'focal_points'
			? (first.length > 0 ? first : [...forIt]).map((id) => account(step, id))
			: named
					.filter((one) => one.step === step)
					.map(({ id, accountId, channel }) =>
						accountId === null
							? { step, accountId, responderId: id, channel }
							: account(step, accountId)
					)
	);
	if (named.length === 0 || forIt.size === 0)
		steps.push(
			mayHear.filter(({ hearsOfIt }) => hearsOfIt).map(({ id }) => account('outside', id))
		);
	return onceEach(steps)
		.filter((step) => step.length > 0)
		.slice(0, told)
		.flat();
}

/** Whether somebody works at a centre; with none, whether at any. */
function worksAt({ centreIds }: Staff, centreId: string | null): boolean {
	if (centreIds === null) return true;
	return centreId === null ? centreIds.length > 0 : centreIds.includes(centreId);
}

/** Whoever stands at an earlier step is told there alone. */
function onceEach(steps: readonly Recipient[][]): Recipient[][] {
	const met = new Set<string>();
	return steps.map((step) =>
		step.filter(({ accountId, responderId }) => {
			const id = accountId ?? responderId!;
			return !met.has(id) && met.add(id);
		})
	);
}

function account(step: Recipient['step'], accountId: string): Recipient {
	return { step, accountId, responderId: null, channel: null };
}
