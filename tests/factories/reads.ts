import { getLocale } from '#lib/paraglide/runtime.js';
import type { Context } from '#lib/platform/command/context.ts';
import { inSection, type Reads } from '#lib/platform/reader/reads.ts';

/** Where a read waits, and tells that it does: two numbers that both threads see. */
export type Gate = Int32Array<SharedArrayBuffer>;
const [ARRIVED, OPENED] = [0, 1];

export function aGate(): Gate {
	return new Int32Array(new SharedArrayBuffer(8));
}

/** Resolves once a read stands at the gate. */
export async function arrivalAt(gate: Gate): Promise<void> {
	const arrival = Atomics.waitAsync(gate, ARRIVED, 0);
	if (arrival.async) await arrival.value;
}

export function openGate(gate: Gate): void {
	Atomics.store(gate, OPENED, 1);
	Atomics.notify(gate, OPENED);
}

/** Reads that tests plant beside the product's own. */
export const TEST_READS = {
	'centres seen': inSection<null, number>('see calendar', countCentres),
	/** Counts, and then keeps the thread, as a long computation does. */
	'centres seen, slowly': inSection('see calendar', async (ctx, { gate }: { gate: Gate }) => {
		const count = await countCentres(ctx);
		Atomics.store(gate, ARRIVED, 1);
		Atomics.notify(gate, ARRIVED);
		Atomics.wait(gate, OPENED, 0);
		return count;
	}),
	language: inSection<null, string>('see calendar', async () => getLocale()),
	write: inSection<null, void>('see calendar', async ({ db, scope }) => {
		await db.deleteFrom('centre').where('section_id', '=', scope.sectionId).execute();
	}),
	fail: inSection<null, never>('see calendar', async () => {
		throw Object.assign(new TypeError('with the name Amal in it'), { code: 'PLANTED' });
	}),
	die: inSection<null, never>('see calendar', async () => process.exit(3))
} satisfies Reads;

async function countCentres({ db, scope }: Context): Promise<number> {
	const { count } = await db
		.selectFrom('centre')
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('section_id', '=', scope.sectionId)
		.$if(scope.centreIds !== null, (query) => query.where('id', 'in', scope.centreIds!))
		.executeTakeFirstOrThrow();
	return count;
}
